"""Scorecards as a workbook: what is read back is what was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from planner.domain.problems import InputError
from planner.domain.quality_tables import AGENT_SCORES
from planner.domain.tables import QUEUE, SCORECARD
from planner.exporters import scorecard_book
from planner.exporters.scorecard_book import write_scorecards

MONDAY = pd.Timestamp("2026-09-28")


def card() -> pd.DataFrame:
    """Five scores: a share, a count, seconds, a quality score without interval, and a name like a formula."""
    rows = [
        ("service_level", 0.776, 0.76, 0.79, 1200, "answered in 20 s / offered"),
        ("offered", 1250.0, np.nan, np.nan, 1250, "contacts that entered the queue"),
        ("aht_s", 318.25, np.nan, np.nan, 1200, "(talk + hold + wrap) / answered"),
        ("quality_score", 0.9, np.nan, np.nan, 1, "mean final score"),
        ("fcr_repeat_7d: =1+1", 0.7, 0.6, 0.8, 90, "=HYPERLINK(1)"),
    ]
    return SCORECARD.check(pd.DataFrame([
        {"measure": m, "site": "LIS", "language": "pt", "channel": "voice", "period": "week", "period_start": MONDAY,
         "value": v, "low": low, "high": high, "n": n, "definition": d}
        for m, v, low, high, n, d in rows
    ]))  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    path = tmp_path / "scores.xlsx"
    write_scorecards([(SCORECARD, card())], path, about={"client": "=Ours"})
    return openpyxl.load_workbook(path)


def test_every_score_is_read_back_on_its_scorecards_sheet(tmp_path: Path, book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["DEFINITIONS", "QUALITY", "RESOLUTION", "SERVICE"]
    sheets = pd.read_excel(tmp_path / "scores.xlsx", sheet_name=book.sheetnames[1:])
    read = pd.concat(sheets.values())
    both = card().merge(read, on=["measure", *QUEUE, "period", "period_start"], suffixes=("", "_read"))
    assert len(both) == len(card())
    for name in ("value", "low", "high", "n"):
        np.testing.assert_array_equal(both[name], both[f"{name}_read"].astype(float))


def test_numbers_are_numbers_in_the_format_of_their_unit(book: openpyxl.Workbook) -> None:
    sheet = book["SERVICE"]
    by_measure = {row[5].value: row for row in sheet.iter_rows(min_row=2)}
    assert by_measure["service_level"][6].number_format == "0.0%"
    assert by_measure["offered"][6].number_format == "#,##0"
    assert by_measure["aht_s"][6].value == 318.25
    assert by_measure["aht_s"][7].value is None
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:J4"
    assert [cell.value for cell in sheet[1]][-4:] == ["value", "low", "high", "n"]


def test_a_text_like_a_formula_is_a_text(book: openpyxl.Workbook) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    like = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert {cell.value for cell in like} == {"=HYPERLINK(1)", "=Ours"}
    assert all(cell.data_type == "s" for cell in like)


def test_every_measure_and_column_is_defined(book: openpyxl.Workbook) -> None:
    told = {(row[0], row[1]): row[3] for row in book["DEFINITIONS"].iter_rows(min_row=2, values_only=True)}
    assert told["SERVICE", "service_level"] == "answered in 20 s / offered"
    assert told["every scorecard", "n"].startswith("what it rests on")
    assert told["about", "client"] == "=Ours"


def test_a_table_of_quality_is_a_sheet_with_its_meaning(tmp_path: Path) -> None:
    agents = AGENT_SCORES.check(pd.DataFrame([
        {"agent_id": "a-1", "name": "@SUM(A1)", "site": "LIS", "language": "pt", "n": 9, "last": None, "mean": None,
         "posterior": 0.87, "low": 0.8, "high": 0.93, "group": 0.88, "target": 0.9, "p_below": 0.75, "coach": False,
         "weakest": None, "weakest_points": None}
    ]).reindex(columns=[column.name for column in AGENT_SCORES.columns]))  # fmt: skip
    path = tmp_path / "agents.xlsx"
    write_scorecards([(AGENT_SCORES, agents)], path, about={})
    book = openpyxl.load_workbook(path)
    row = dict(zip([cell.value for cell in book["AGENT_SCORES"][1]], book["AGENT_SCORES"][2]))
    assert (row["n"].value, row["posterior"].value, row["mean"].value) == (9, 0.87, None)
    assert (row["name"].value, row["name"].data_type) == ("@SUM(A1)", "s")
    assert row["p_below"].number_format == "0.0%"


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorecard_book, "MOST_ROWS", 2)
    path = tmp_path / "much.xlsx"
    with pytest.raises(InputError, match="cannot hold the 3 rows of SERVICE"):
        write_scorecards([(SCORECARD, card())], path, about={})
    assert not path.exists()
