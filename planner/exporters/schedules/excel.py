"""The schedule as an Excel workbook: rosters by site and week, then the tables behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from planner.domain.table import Table
from planner.exporters.refusal import refuse
from planner.exporters.roster.by_language import BY_LANGUAGE, by_language
from planner.exporters.roster.roster_sheet import add_roster, tints
from planner.exporters.roster.scheduled import DECLARED, Scheduled
from planner.exporters.roster.week_grid import week_grids
from planner.exporters.workbook import MOST_ROWS, Sheet, add_sheet, sheet_of
from planner.store.atomic import write_file

MEANING = "schedule.xlsx: rosters by site and week, segments, coverage, hours, report, definitions"
USUAL = True
BEHIND = ("SCHEDULE", "COVERAGE", "PAY_HOURS", "SCHEDULE_REPORT", "VIOLATIONS")


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write the workbook; InputError when a table has more rows than a sheet holds."""
    path = folder / "schedule.xlsx"
    tables = list(_tables(scheduled))
    for table, frame in tables:
        if len(frame) > MOST_ROWS:
            note = f"cannot hold the {len(frame):,} rows of {table.name}; ask for tables instead of excel"
            raise refuse("too_many_rows", note, path)
    write_file(path, lambda new: _save(scheduled, tables, new))
    return [path]


def _tables(scheduled: Scheduled) -> Iterator[tuple[Table, pd.DataFrame]]:
    yield BY_LANGUAGE, by_language(scheduled.table("COVERAGE"), scheduled.zones)
    for name in BEHIND:
        yield DECLARED[name], scheduled.table(name)


def _save(scheduled: Scheduled, tables: Sequence[tuple[Table, pd.DataFrame]], path: Path) -> None:
    colours = tints(scheduled.centre.languages)
    book = Workbook(write_only=True)
    for grid in week_grids(scheduled):
        add_roster(book, grid, site=scheduled.centre.sites[grid.site], colours=colours)
    for table, frame in tables:
        add_sheet(book, sheet_of(table, frame, scheduled.zones))
    add_sheet(book, definitions([table for table, _ in tables]))
    with path.open("wb") as file:
        book.save(file)


def definitions(tables: Sequence[Table]) -> Sheet:
    """What every column of the sheets means."""
    rows = [
        (table.name, column.name, column.unit, column.meaning) for table in tables for column in table.columns
    ]
    sheets, names, units, meanings = zip(*rows)
    columns = {"sheet": (18, sheets), "column": (18, names), "unit": (10, units), "meaning": (90, meanings)}
    return Sheet("DEFINITIONS", columns)
