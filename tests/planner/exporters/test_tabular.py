"""What is written is read back the same, in every format; a spreadsheet runs nothing of it."""

from __future__ import annotations

import csv
import errno
import os
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.domain.table import Table
from planner.domain.tables import AGENTS, FORECAST, TABLES, VOLUME
from planner.exporters import known_formats, write_table
from planner.importers import read_table
from tests.planner.store.frames import MONDAY, agents, volume

SUFFIXES = (".csv", ".parquet", ".xlsx")


def drawn(table: Table, rows: int = 12) -> pd.DataFrame:
    """Any frame of a table: awkward texts, numbers with many digits, moments to the microsecond, holes."""
    rng = np.random.default_rng(len(table.name))
    texts = np.array(['ça, "va"', "línea\nnueva", "日本", " ; ", "1e5", "007", "true"])
    cells: dict[str, object] = {}
    for column in table.columns:
        name = column.name.replace("{seconds}", "20")
        least, most = column.smallest or 0, column.largest or 60
        cells[name] = {
            "text": rng.choice(column.values or texts, rows),
            "count": rng.integers(least, most, rows, endpoint=True),
            "number": _numbers(rng, rows, column.smallest, column.largest),
            "share": rng.random(rows),
            "flag": rng.random(rows) < 0.5,
            "utc": MONDAY + pd.to_timedelta(rng.integers(0, 10**9, rows) * 10**6 + 1, unit="us"),
            "day": MONDAY.tz_localize(None).normalize()
            + pd.to_timedelta(rng.integers(0, 99, rows), unit="D"),
        }[column.kind]
        if column.may_be_empty:
            cells[name] = pd.Series(cells[name]).astype("object").where(rng.random(rows) < 0.7, None)
    free = next((name for name in table.grain if not table.column(name).values), None)
    if free is None:  # every key is one of a few words: as many rows as there are keys
        return pd.DataFrame(cells).drop_duplicates(list(table.grain), ignore_index=True)
    unique = {
        "text": [f"key {i}" for i in range(rows)],
        "count": range(rows),
        "day": pd.date_range(MONDAY.tz_localize(None).normalize(), periods=rows, unit="us"),
    }
    cells[free] = unique[table.column(free).kind]
    return pd.DataFrame(cells)


def _numbers(rng: np.random.Generator, rows: int, least: float | None, most: float | None) -> np.ndarray:
    """Numbers with many digits, within their bounds."""
    if least is not None and most is not None:
        return rng.uniform(least, most, rows)
    return rng.gamma(1, 1e3, rows) / 3 + (least or 0)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_read_back_as_it_was_written(tmp_path: Path, table: Table, suffix: str) -> None:
    plain = Table(table.name, table.meaning, table.grain, table.columns)
    frame = plain.check(drawn(table))
    write_table(frame, table, tmp_path / f"table{suffix}")
    read = read_table(tmp_path / f"table{suffix}", plain)
    pd.testing.assert_frame_equal(read, frame, check_exact=suffix != ".xlsx", rtol=1e-14)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_table_without_rows_is_read_back(tmp_path: Path, suffix: str) -> None:
    write_table(VOLUME.empty(), VOLUME, tmp_path / f"table{suffix}")
    assert read_table(tmp_path / f"table{suffix}", VOLUME).empty


def test_csv_is_written_as_a_person_would(tmp_path: Path) -> None:
    frame = volume(3, 0, answered=[2, None], talk_s=[0.1, None])
    write_table(frame.assign(not_declared=1), VOLUME, tmp_path / "volume.csv")
    assert (tmp_path / "volume.csv").read_text("utf-8-sig").splitlines() == [
        "site,language,channel,interval_start,interval_min,offered,answered,talk_s",
        "LIS,pt,voice,2026-10-05T08:00:00Z,30,3,2,0.1",
        "LIS,pt,voice,2026-10-05T08:30:00Z,30,0,,",
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_is_led_by_an_apostrophe_in_csv(tmp_path: Path, name: str) -> None:
    frame = agents("a").assign(name=pd.Series([name], dtype="str"))
    write_table(frame, AGENTS, tmp_path / "agents.csv")
    with (tmp_path / "agents.csv").open(newline="", encoding="utf-8-sig") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["'" + name]


def test_a_negative_number_is_no_formula(tmp_path: Path) -> None:
    from planner.domain.tables import COVERAGE

    key = volume(1)[["site", "language", "channel", "interval_start", "interval_min"]]
    frame = COVERAGE.check(key.assign(needed=2.5, scheduled=1.0, gap=-1.5))
    write_table(frame, COVERAGE, tmp_path / "coverage.csv")
    assert (tmp_path / "coverage.csv").read_text("utf-8-sig").endswith(",2.5,1.0,-1.5\n")


def test_a_formula_in_excel_stays_a_text_and_is_read_back(tmp_path: Path) -> None:
    frame = agents("a", "b").assign(name=pd.Series(["=1+1", "@x"], dtype="str"))
    write_table(frame, AGENTS, tmp_path / "agents.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "agents.xlsx").active["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    pd.testing.assert_frame_equal(read_table(tmp_path / "agents.xlsx", AGENTS)[frame.columns], frame)


def test_an_unknown_suffix_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"end it in \.csv or \.xlsx or \.parquet"):
        write_table(volume(1), VOLUME, tmp_path / "volume.docx")
    assert set(known_formats()) == set(SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_appears_whole_or_the_old_one_stays(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"volume{suffix}"
    write_table(volume(1), VOLUME, path)
    before = path.read_bytes()

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(InputError, match="No space left on device"):
            write_table(volume(1, 2), VOLUME, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_that_is_not_there_is_told(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(InputError, match=r"could not be written: .*[Nn]o such file"):
        write_table(volume(1), VOLUME, tmp_path / "none" / f"volume{suffix}")


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path) -> None:
    many = volume(1).loc[[0] * 1_048_576]
    with pytest.raises(InputError, match="1,048,576 rows of FORECAST; a sheet has 1,048,575, write CSV"):
        write_table(many, FORECAST, tmp_path / "f.xlsx")
    assert not list(tmp_path.iterdir())


def test_rows_keep_their_order_however_the_frame_was_put_together(tmp_path: Path) -> None:
    """Case: a table of many chunks came out permuted, differently each time."""
    starts = pd.date_range("2026-10-05", periods=8 * 560, freq="30min", tz="UTC")
    whole = pd.DataFrame({"interval_start": starts, "offered": np.arange(8 * 560.0), "interval_min": 30})
    whole = whole.assign(site="LIS", language="pt", channel="voice")
    frame = pd.concat([whole[first : first + 560] for first in range(0, len(whole), 560)])
    texts = set()
    for number in range(6):
        write_table(frame, FORECAST, tmp_path / f"{number}.csv")
        texts.add((tmp_path / f"{number}.csv").read_bytes())
    assert len(texts) == 1
    assert pd.read_csv(tmp_path / "0.csv")["offered"].tolist() == list(range(8 * 560))


def test_only_a_file_that_needs_it_has_the_mark(tmp_path: Path) -> None:
    """Plain readers stumble over the mark; spreadsheets need it for letters beyond ASCII."""
    row = {"site": "LIS", "language": "pt", "channel": "voice", "interval_min": 30, "offered": 1.0, "interval_start": pd.Timestamp("2026-10-05", tz="UTC")}  # fmt: skip
    write_table(pd.DataFrame([row]), FORECAST, tmp_path / "plain.csv")
    write_table(pd.DataFrame([row | {"model": "größer"}]), FORECAST, tmp_path / "letters.csv")
    assert (tmp_path / "plain.csv").read_bytes().startswith(b"site,")
    assert (tmp_path / "letters.csv").read_bytes().startswith("\ufeffsite,".encode())
