"""Wishes are brought as CSV or Excel, with clock times and dates as a spreadsheet has them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.problems import InputError
from planner.importers import read
from planner.store import Store, add_history, read_history

CENTRE = load_plan(Path(__file__).resolve().parents[2] / "cases" / "plan.yaml").centre
TEXT = """agent_id,wish,days,start_from,start_to,weight
A1,start,mon-fri,08:00,10:00,3
A1,day off,2026-12-24,,,
"""


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "preferences.csv"
    path.write_text(TEXT)
    return path


def test_a_spreadsheet_with_times_and_dates_gives_the_table_of_the_csv(csv: Path) -> None:
    rows = [
        ("A1", "start", "mon-fri", time(8), time(10), 3),
        ("A1", "day off", date(2026, 12, 24), None, None, None),
    ]
    path = csv.with_suffix(".xlsx")
    pd.DataFrame(rows, columns=TEXT.splitlines()[0].split(",")).to_excel(path, index=False)
    brought, written = (read(each, centre=CENTRE).frame for each in (path, csv))
    assert [text[:10] for text in brought["days"]] == written["days"].tolist()
    assert [text[:5] for text in brought["start_from"].dropna()] == ["08:00"]
    pd.testing.assert_series_equal(brought["weight"], written["weight"])


def test_wrong_cells_are_named_with_their_rows(csv: Path) -> None:
    csv.write_text(TEXT + "A2,start,all,8 am,10:00,9\n")
    with pytest.raises(InputError) as refused:
        read(csv, centre=CENTRE)
    found = {(problem.row, problem.column) for problem in refused.value.problems}
    assert found == {(4, "start_from"), (4, "weight")}


def test_the_list_is_brought_as_a_whole(csv: Path, tmp_path: Path) -> None:
    store, now = Store(tmp_path / "store"), pd.Timestamp("2026-10-01T12:00Z").to_pydatetime()
    for text in (TEXT, "\n".join(TEXT.splitlines()[:2]) + "\n"):
        csv.write_text(text)
        found = read(csv, centre=CENTRE)
        add_history(store, found.table, found.frame, source=csv.name, now=now)
    assert read_history(store, found.table)["wish"].tolist() == ["start"]
