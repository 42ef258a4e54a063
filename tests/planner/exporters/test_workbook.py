"""A workbook of several tables opens ready for use: assumptions, real dates and numbers, filters."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from planner.domain.tables import ABSENCES, VOLUME
from planner.exporters import write_workbook
from planner.importers import read_table
from tests.planner.store.frames import volume

ASSUMED = {"made": datetime(2026, 10, 4, 12, 30), "seed": 7, "quantile": "=p75", "weeks": [1, 2]}


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    autumn = volume(5, 6, start=pd.Timestamp("2026-10-25T00:30Z"), talk_s=[1.5, None])
    frame = pd.concat([autumn, volume(7, site="OUT")], ignore_index=True)
    day = pd.Timestamp("2026-10-07")
    away = ABSENCES.check(pd.DataFrame({"agent_id": ["a"], "first_day": day, "last_day": day}))
    path = tmp_path / "plan.xlsx"
    zones = {"LIS": "Europe/Lisbon"}
    write_workbook([(VOLUME, frame), (ABSENCES, away)], path, assumptions=ASSUMED, zones=zones)
    return openpyxl.load_workbook(path)


def values(book: openpyxl.Workbook, sheet: str) -> list[dict[str, object]]:
    heading, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(heading, row)) for row in rows]


def test_assumptions_come_first_then_the_tables_under_their_names(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["ASSUMPTIONS", "VOLUME", "ABSENCES"]
    assert [tuple(row.values()) for row in values(book, "ASSUMPTIONS")] == [
        ("made", datetime(2026, 10, 4, 12, 30)), ("seed", 7), ("quantile", "=p75"), ("weeks", "[1, 2]"),
    ]  # fmt: skip


def test_numbers_are_numbers_and_days_are_dates(book: openpyxl.Workbook) -> None:
    first, second, _ = values(book, "VOLUME")
    assert (first["offered"], first["talk_s"], second["talk_s"]) == (5, 1.5, None)
    assert isinstance(first["offered"], int)
    assert values(book, "ABSENCES")[0]["first_day"] in (datetime(2026, 10, 7), date(2026, 10, 7))
    assert book["ABSENCES"]["B2"].number_format == "yyyy-mm-dd"


def test_a_moment_is_a_text_in_utc_and_a_date_on_the_sites_clock(book: openpyxl.Workbook) -> None:
    """01:30 happens twice in Lisbon on this day; the text keeps the two apart."""
    rows = values(book, "VOLUME")
    assert [row["interval_start"] for row in rows[:2]] == ["2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"]
    assert [row["interval_start_local"] for row in rows] == [
        datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 1, 0), None,
    ]  # fmt: skip


def test_headers_stay_in_view_and_every_column_filters(book: openpyxl.Workbook) -> None:
    sheet = book["VOLUME"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}4"
    assert all(cell.font.bold for cell in sheet[1])


def test_a_table_is_read_back_from_its_sheet_in_the_book(tmp_path: Path) -> None:
    frame = volume(1, 2, answered=[1, None])
    path = tmp_path / "book.xlsx"
    write_workbook([(VOLUME, frame)], path, assumptions=ASSUMED, zones={"LIS": "Europe/Lisbon"})
    pd.testing.assert_frame_equal(read_table(path, VOLUME), frame)
