"""A contact log that streams into the store is checked exactly as one that is read at once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.problems import InputError, Problem
from planner.domain.tables import CONTACTS
from planner.importers import read
from planner.importers.contact_log import RowNumbers, StoredLog, import_contacts
from planner.records import stream as stream_module
from planner.records import text as text_module
from planner.store import Store, contact_files, read_history

CASES = Path(__file__).resolve().parents[2] / "cases"
CENTRE = load_plan(CASES / "plan.yaml").centre
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "BLOCK_BYTES", 1 << 12)
    monkeypatch.setattr(stream_module, "PIECE_ROWS", 50)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def contacts(rows: int = 400) -> pd.DataFrame:
    """CONTACTS of Lisbon over the clock change, cells as text."""
    rng = np.random.default_rng(3)
    arrived = pd.Timestamp("2026-10-24T22:00Z") + pd.to_timedelta(np.arange(rows) * 47, unit="s")
    answered = (arrived + pd.to_timedelta(rng.integers(0, 90, rows), unit="s")).strftime("%Y-%m-%dT%H:%M:%SZ")
    return pd.DataFrame(
        {
            "contact_id": [f"C{i}" for i in range(rows)],
            "customer_id": [f"maria{i % 60}@example.org" if i % 9 else "" for i in range(rows)],
            "site": "LIS",
            "language": rng.choice(["pt", "de"], rows),
            "channel": "voice",
            "arrived_at": arrived.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
            "answered_at": answered.where(rng.random(rows) > 0.1, ""),
            "talk_s": rng.gamma(2, 120, rows).round(1).astype(str),
            "escalated": rng.choice(["yes", "no", ""], rows),
        }
    )


def log(path: Path, store: Store) -> StoredLog:
    return import_contacts(store, path, centre=CENTRE, now=NOW)


def state(store: Store) -> dict[str, bytes]:
    return {
        str(p): p.read_bytes() for p in sorted(store.folder.rglob("*")) if p.is_file() and p.name != ".lock"
    }


def problems_of(path: Path, store: Store) -> list[Problem]:
    with pytest.raises(InputError) as refused:
        log(path, store)
    return list(refused.value.problems)


def at_once(path: Path) -> list[Problem]:
    """Witness: the same file read whole by the ordinary importer."""
    with pytest.raises(InputError) as refused:
        read(path, centre=CENTRE, format="contacts")
    return list(refused.value.problems)


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_what_is_stored_is_what_is_read_at_once_without_the_customers(
    store: Store, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"log{suffix}"
    write = {".csv": "to_csv", ".parquet": "to_parquet", ".xlsx": "to_excel"}[suffix]
    getattr(contacts(), write)(path, index=False)
    stored, whole = log(path, store), read(path, centre=CENTRE)
    assert (stored.added.rows, stored.added.new) == (400, 400)
    expected = whole.frame.sort_values("contact_id", ignore_index=True)
    kept = read_history(store, CONTACTS)
    pd.testing.assert_frame_equal(kept.drop(columns="customer_id"), expected.drop(columns="customer_id"))
    assert kept["customer_id"].isna().equals(expected["customer_id"].isna())
    assert len(kept[["customer_id"]].assign(was=expected["customer_id"]).dropna().drop_duplicates()) == 60
    assert str(stored.report) == str(whole.report)
    assert not any(b"maria" in content for content in state(store).values())


def test_local_times_and_decimal_commas_are_read_as_the_importer_reads_them(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    texts = contacts().assign(
        arrived_at=lambda c: c["arrived_at"].str[:19].str.replace("-10-2", "-11-2"), answered_at=""
    )
    texts.assign(talk_s=texts["talk_s"].str.replace(".", ",")).to_csv(path, sep=";", index=False)
    log(path, store)
    expected = read(path, centre=CENTRE).frame.sort_values("contact_id", ignore_index=True)
    pd.testing.assert_series_equal(read_history(store, CONTACTS)["arrived_at"], expected["arrived_at"])
    pd.testing.assert_series_equal(read_history(store, CONTACTS)["talk_s"], expected["talk_s"])


WRONG = {
    "contact_id": ["C3", "", "C399"],
    "site": ["", "XXX", "SVQ"],
    "language": ["pt-BR", "es"],
    "channel": ["phone", "email"],
    "arrived_at": ["", "2026-02-30T00:00:00Z", "2099-01-01T00:00:00Z"],
    "answered_at": ["2026-10-01T00:00:00Z", "2026-10-25T25:00:00+01:00"],
    "talk_s": ["-1", "12,5", "inf", "much"],
    "escalated": ["maybe"],
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_every_problem_is_told_as_when_read_at_once(
    store: Store, tmp_path: Path, suffix: str, seed: int
) -> None:
    """Identity: cells put wrong at random, few or many, blank and broken rows among them."""
    rng = np.random.default_rng(seed)
    texts = contacts()
    for column, strange in WRONG.items():
        for value in strange:
            where = rng.integers(0, len(texts), rng.choice([0, 1, 3, 60]))
            texts.loc[where, column] = value
    path = tmp_path / f"log{suffix}"
    if suffix == ".parquet":
        texts.to_parquet(path, index=False)
    else:
        lines = texts.to_csv(index=False).splitlines()
        for at in sorted(rng.integers(2, 390, 6), reverse=True):
            lines.insert(int(at), str(rng.choice(["", "a,b", ",,,,,,,,"])))
        path.write_text("\n".join(lines))
    log_of_another_day(store, tmp_path)
    before = state(store)
    assert {*problems_of(path, store)} == {*at_once(path)}
    assert state(store) == before


def log_of_another_day(store: Store, folder: Path) -> None:
    path = folder / "before.csv"
    contacts(30).assign(contact_id=lambda c: "B" + c["contact_id"]).to_csv(path, index=False)
    log(path, store)


def test_a_repeated_contact_far_below_names_the_row_of_the_first(store: Store, tmp_path: Path) -> None:
    texts = contacts()
    texts.loc[[390, 395], "contact_id"] = ["C7", "C7"]
    texts.to_csv(tmp_path / "log.csv", index=False)
    told = problems_of(tmp_path / "log.csv", store)
    assert [(p.row, p.note) for p in told] == [
        (row, "repeats the key contact_id of row 9; keep one row for each") for row in (392, 397)
    ]


def test_more_than_twenty_repeated_contacts_are_counted(store: Store, tmp_path: Path) -> None:
    pd.concat([contacts(), contacts()]).to_csv(tmp_path / "log.csv", index=False)
    told = problems_of(tmp_path / "log.csv", store)
    assert len(told) == 21
    assert told[-1].note == "and 380 more cells of the same kind, the last in row 801"


def test_the_same_log_again_changes_no_byte_and_is_not_read_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    contacts().to_csv(path, index=False)
    log(path, store)
    before = state(store)
    again = log(path, store)
    assert again.added.unchanged_file
    assert again.report is None
    assert state(store) == before


def test_a_corrected_log_replaces_its_contacts_and_keeps_the_others(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    contacts(300).to_csv(path, index=False)
    log(path, store)
    contacts(320).assign(talk_s="1.0").iloc[290:].to_csv(path, index=False)
    added = log(path, store).added
    assert (added.rows, added.new, added.replaced) == (30, 20, 10)
    kept = pd.concat(pd.read_parquet(file) for file in contact_files(store))
    assert len(kept) == kept["contact_id"].nunique() == 320
    assert (kept["talk_s"] == 1.0).sum() == 30


def test_a_customer_is_recognised_in_a_later_log(store: Store, tmp_path: Path) -> None:
    for day, customer in ((1, "kim"), (2, "kim"), (3, "lee")):
        path = tmp_path / f"day{day}.csv"
        contacts(1).assign(contact_id=f"D{day}", customer_id=customer).to_csv(path, index=False)
        log(path, store)
    kept = read_history(store, CONTACTS).set_index("contact_id")["customer_id"]
    assert kept["D1"] == kept["D2"] != kept["D3"]


def test_a_local_hour_that_happens_twice_is_told_with_its_row(store: Store, tmp_path: Path) -> None:
    texts = contacts()
    texts.loc[333, "arrived_at"] = "2026-10-25 01:30:00"
    texts.to_csv(tmp_path / "log.csv", index=False)
    [told] = problems_of(tmp_path / "log.csv", store)
    assert (told.code, told.row, told.column) == ("ambiguous_local_time", 335, "arrived_at")


def test_a_header_alone_and_a_missing_column_are_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    contacts(0).to_csv(path, index=False)
    assert [p.code for p in problems_of(path, store)] == ["no_rows"]
    contacts(5).drop(columns="arrived_at").assign(when="x").to_csv(path, index=False)
    [told] = problems_of(path, store)
    assert (told.code, told.column) == ("missing_column", "arrived_at")
    assert "headings nobody knows: when" in told.note
    assert not contact_files(store)


def test_rows_are_found_again_past_gaps() -> None:
    seen = np.array([2, 3, 5, 6, 7, 20, 21, 22, 23])
    numbers = RowNumbers()
    for part in np.split(seen, [2, 2, 4, 6]):
        numbers.add(part)
    assert [numbers[place] for place in range(numbers.count)] == seen.tolist()
