"""The same rows give the same table however they are brought; no file, however broken, gives a traceback."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.problems import InputError
from planner.domain.tables import AGENTS, VOLUME
from planner.importers import Imported, known_formats, read, read_table

CASES = Path(__file__).resolve().parents[2] / "cases"
CENTRE = load_plan(CASES / "plan.yaml").centre


def volume(rows: int = 40) -> pd.DataFrame:
    """VOLUME of Lisbon from midnight of a day of clock change, as typed cells."""
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "site": "LIS",
            "language": "pt",
            "channel": "voice",
            "interval_start": pd.date_range("2026-10-24T23:00Z", periods=rows, freq="30min"),
            "interval_min": 30,
            "offered": rng.integers(5, 20, rows),
            "answered": rng.integers(0, 5, rows),
            "talk_s": rng.gamma(2, 300, rows).round(2),
        }
    )


def imported(path: Path, **more: object) -> Imported:
    return read(path, centre=CENTRE, **more)


def codes(path: Path, **more: object) -> list[str]:
    with pytest.raises(InputError) as refused:
        imported(path, **more)
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    volume().to_csv(tmp_path / "volume.csv", index=False)
    return tmp_path / "volume.csv"


def test_a_table_written_and_read_is_the_table(csv: Path) -> None:
    pd.testing.assert_frame_equal(imported(csv).frame, VOLUME.check(volume()))


def test_csv_excel_and_parquet_give_the_same_table(csv: Path) -> None:
    expected = imported(csv).frame
    frame = volume()
    frame.to_parquet(csv.with_suffix(".parquet"))
    frame.assign(interval_start=frame["interval_start"].map(lambda t: t.isoformat())).to_excel(
        csv.with_suffix(".xlsx"), index=False
    )
    frame.to_csv(csv.with_name("german.csv"), sep=";", decimal=",", index=False, encoding="utf-16")
    for other in ("volume.parquet", "volume.xlsx", "german.csv"):
        pd.testing.assert_frame_equal(imported(csv.with_name(other)).frame, expected)


def test_a_local_clock_gives_the_same_table_but_for_the_doubled_hour(csv: Path) -> None:
    frame = volume()
    local = frame["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None)
    doubled = local.duplicated(keep=False)
    frame.assign(interval_start=local)[~doubled].to_csv(csv, index=False)
    expected = VOLUME.check(frame[~doubled])
    pd.testing.assert_frame_equal(imported(csv).frame, expected)
    frame.assign(interval_start=local).to_csv(csv, index=False)
    assert codes(csv) == ["ambiguous_local_time"] * 4


def test_shuffled_rows_and_columns_give_the_same_rows(csv: Path) -> None:
    expected = imported(csv).frame
    shuffled = volume().sample(frac=1, random_state=3)
    shuffled[list(shuffled.columns[::-1])].to_csv(csv, index=False)
    again = imported(csv).frame.sort_values("interval_start", ignore_index=True)
    pd.testing.assert_frame_equal(again, expected)


def test_reading_changes_neither_the_file_nor_the_next_reading(csv: Path) -> None:
    before = csv.read_bytes()
    first, second = imported(csv), imported(csv)
    assert csv.read_bytes() == before
    assert first.report == second.report
    pd.testing.assert_frame_equal(first.frame, second.frame)


def test_a_format_asked_for_is_used_and_an_unknown_one_names_the_known(csv: Path) -> None:
    assert imported(csv, format="volume").table is VOLUME
    assert set(codes(csv, format="agents")) == {"missing_column"}
    with pytest.raises(InputError, match="“avaya” is no importer; known: absences, agents"):
        imported(csv, format="avaya")


def test_every_format_says_how_its_source_counts() -> None:
    formats = known_formats()
    assert {"volume", "contacts", "agents", "absences", "evaluations", "events"} < set(formats)
    for name, each in formats.items():
        assert each.MEANING
        if each.TABLE is VOLUME:
            said = each.CONVENTIONS
            assert said.service_level and said.aht and said.attribution, name  # noqa: PT018


def test_no_two_formats_take_each_others_files() -> None:
    needs = {name: set(each.NEEDS) for name, each in known_formats().items()}
    assert not [(a, b) for a in needs for b in needs if a != b and needs[a] <= needs[b]]


def test_a_declared_table_is_read_without_a_centre_and_may_be_empty(tmp_path: Path) -> None:
    AGENTS.empty().to_csv(tmp_path / "nobody.csv", index=False)
    assert read_table(tmp_path / "nobody.csv", AGENTS).empty
    typed = VOLUME.check(volume())
    typed.to_csv(tmp_path / "volume.csv", index=False)
    pd.testing.assert_frame_equal(read_table(tmp_path / "volume.csv", VOLUME), typed)
    with pytest.raises(InputError, match="agent_id is missing"):
        read_table(tmp_path / "volume.csv", AGENTS)


def broken(whole: bytes, rng: np.random.Generator) -> bytes:
    """The file cut short, with bytes changed, or with a piece of it doubled."""
    at, length = int(rng.integers(1, len(whole))), int(rng.integers(1, 200))
    match rng.integers(3):
        case 0:
            return whole[:at]
        case 1:
            noise = rng.integers(0, 256, length, dtype=np.uint8).tobytes()
            return whole[:at] + noise + whole[at + length :]
        case _:
            return whole[:at] + whole[max(0, at - length) :]


def outcome(path: Path) -> str:
    """What a person is told: the report or the problems; anything else that is raised fails the test."""
    try:
        return str(imported(path).report)
    except InputError as refused:
        return str(refused)


@pytest.mark.parametrize("kind", ["csv", "utf-16", "xlsx", "parquet", "genesys"])
def test_a_broken_file_gives_problems_or_a_table_and_never_a_traceback(csv: Path, kind: str) -> None:
    frame = volume()
    path = csv.with_name(f"broken.{kind}")
    match kind:
        case "xlsx":
            frame.assign(interval_start=frame["interval_start"].dt.tz_localize(None)).to_excel(
                path, index=False
            )
        case "parquet":
            frame.to_parquet(path)
        case "genesys":
            path.write_bytes((CASES / "genesys" / "input.csv").read_bytes())
        case _:
            frame.to_csv(path, index=False, encoding="utf-16" if kind == "utf-16" else "utf-8")
    whole = path.read_bytes()
    for seed in range(40):
        path.write_bytes(broken(whole, np.random.default_rng(seed)))
        assert outcome(path)
