"""What a contact log leaves open is said with file, row and column, and nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.centre import Centre
from planner.domain.problems import InputError
from planner.domain.quality import FcrReading, Quality
from planner.importers.contact_log import import_contacts
from planner.records import stream as stream_module
from planner.store import Store, contact_files

CENTRE = load_plan(Path(__file__).resolve().parents[2] / "cases" / "plan.yaml").centre
NOW = datetime(2026, 11, 1, tzinfo=UTC)
FAMILIES = FcrReading(families={"card": "payment", "invoice": "payment"}, net_reasons=("payment", "paymnt"))


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """The notes are counted over pieces: here of three rows."""
    monkeypatch.setattr(stream_module, "PIECE_ROWS", 3)


def log(rows: int = 10, **columns: list[str]) -> pd.DataFrame:
    usual = {
        "contact_id": [f"C{i}" for i in range(rows)],
        "customer_id": [f"K{i}" for i in range(rows)],
        **{
            name: [value] * rows
            for name, value in {"site": "LIS", "language": "pt", "channel": "voice"}.items()
        },
        "arrived_at": [f"2026-10-20T09:{i:02}:00Z" for i in range(rows)],
        "ended_at": [f"2026-10-20T09:{i:02}:30Z" for i in range(rows)],
    }
    return pd.DataFrame(usual | columns)


def said(frame: pd.DataFrame, folder: Path, centre: Centre = CENTRE) -> list[str]:
    """The notices of an import; every row is stored."""
    frame.to_csv(folder / "log.csv", index=False)
    store = Store(folder / "store")
    done = import_contacts(store, folder / "log.csv", centre=centre, now=NOW)
    assert sum(len(pd.read_parquet(path)) for path in contact_files(store)) == len(frame)
    assert done.report is not None
    return [notice for notice in done.report.notices if notice.startswith("log.csv")]


def test_a_log_without_doubt_says_nothing(tmp_path: Path) -> None:
    assert said(log(), tmp_path) == []


def test_customers_on_half_the_rows_are_said_with_the_share(tmp_path: Path) -> None:
    (note,) = said(log(customer_id=["K", "K", "", "K", "", "", "", "K", "", "K"]), tmp_path)
    assert note.startswith("log.csv, row 4, customer_id: is blank on 5 of 10 rows (50%)")
    assert "FCR by repeats rests on the other 50%" in note


def test_a_log_without_customers_says_that_nobody_can_come_back(tmp_path: Path) -> None:
    (note,) = said(log().drop(columns="customer_id"), tmp_path)
    assert note.startswith("log.csv, customer_id: the column is missing")


def test_times_with_and_without_offset_are_said_and_read_on_the_sites_clock(tmp_path: Path) -> None:
    times = [f"2026-10-20T09:{i:02}:00Z" for i in range(10)]
    times[4] = "2026-10-20 10:04:00"  # Lisbon is an hour ahead of UTC in October
    (note,) = said(log(arrived_at=times), tmp_path)
    assert note.startswith("log.csv, row 6, arrived_at: 1 of 10 times have no UTC offset")
    stored = pd.concat([pd.read_parquet(path) for path in contact_files(Store(tmp_path / "store"))])
    found = stored.set_index("contact_id")["arrived_at"]["C4"]
    assert found == pd.Timestamp("2026-10-20T09:04:00Z")


def test_columns_on_two_clocks_are_said(tmp_path: Path) -> None:
    local = [f"2026-10-20 10:{i:02}:30" for i in range(10)]
    (note,) = said(log(ended_at=local), tmp_path)
    assert note.startswith("log.csv, row 2, ended_at: no time has a UTC offset, unlike arrived_at")


def test_a_reason_in_no_family_and_a_net_reason_nobody_has_are_said(tmp_path: Path) -> None:
    reason = ["card", "invoice", "payment", "sizes", "", "sizes", "card", "card", "card", "card"]
    centre = replace(CENTRE, quality=Quality(fcr=FAMILIES))
    family, net = said(log(reason=reason), tmp_path, centre)
    assert family.startswith("log.csv, row 5, reason: “sizes” (2 rows, first here) is in no family")
    assert net.startswith("log.csv, reason: no contact has “paymnt”")


def test_a_contact_that_closes_before_it_opens_is_refused_with_both_times(tmp_path: Path) -> None:
    ended = [f"2026-10-20T09:{i:02}:30Z" for i in range(10)]
    ended[7] = "2026-10-20T08:07:30Z"
    log(ended_at=ended).to_csv(tmp_path / "log.csv", index=False)
    with pytest.raises(InputError) as refused:
        import_contacts(Store(tmp_path / "store"), tmp_path / "log.csv", centre=CENTRE, now=NOW)
    (problem,) = refused.value.problems
    assert (problem.file, problem.row, problem.column) == ("log.csv", 9, "ended_at")
    assert "2026-10-20 08:07:30" in problem.note
    assert "2026-10-20 09:07:00" in problem.note
