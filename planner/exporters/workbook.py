"""An Excel workbook of several tables, its assumptions first: real numbers and dates, ready to filter.

Excel knows no time zones. A moment is written twice: as text in UTC (2026-10-05T08:00:00Z), which is
exact and is read back, and beside it as a date on the site's clock, to sort, filter and draw by, where
the site's zone is known. In the hour that happens twice, only the text tells which of the two is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from planner.domain.column import Kind
from planner.domain.table import Table
from planner.exporters.formula import is_formula
from planner.exporters.refusal import refuse, refusing
from planner.store.atomic import write_file

MOST_ROWS = 1_048_576 - 1  # of a sheet, under its header
BOLD = Font(bold=True)
MOMENT_FORMAT = "yyyy-mm-dd hh:mm"
WIDTHS: Mapping[Kind, int] = {"utc": 21, "day": 12, "text": 14}
USUAL_WIDTH = 11


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and for each column the heading, the width in characters, and the cells."""

    name: str
    columns: Mapping[str, tuple[int, Sequence[Any]]]


def write_workbook(
    tables: Sequence[tuple[Table, pd.DataFrame]],
    path: Path,
    *,
    assumptions: Mapping[str, object],
    zones: Mapping[str, str] | None = None,
) -> None:
    """Write checked tables as sheets behind a sheet of assumptions; the file appears whole or not at all.

    `zones` gives the IANA zone of each site. InputError when a table has more rows than a sheet holds,
    or the disk refuses.
    """
    with refusing(path):
        write_file(path, lambda new: save_workbook(tables, new, assumptions=assumptions, zones=zones))


def save_workbook(
    tables: Sequence[tuple[Table, pd.DataFrame]],
    path: Path,
    *,
    assumptions: Mapping[str, object],
    zones: Mapping[str, str] | None = None,
) -> None:
    """As `write_workbook`, straight to the path."""
    for table, frame in tables:
        if len(frame) > MOST_ROWS:
            note = (
                f"cannot hold the {len(frame):,} rows of {table.name}; a sheet has {MOST_ROWS:,}, write CSV"
            )
            raise refuse("too_many_rows", note, path)
    with path.open("wb") as file:
        book = Workbook(write_only=True)
        if assumptions:
            names, values = (30, list(assumptions)), (50, list(assumptions.values()))
            add_sheet(book, Sheet("ASSUMPTIONS", {"assumption": names, "value": values}))
        for table, frame in tables:
            add_sheet(book, sheet_of(table, frame, zones or {}))
        book.save(file)


def sheet_of(table: Table, frame: pd.DataFrame, zones: Mapping[str, str]) -> Sheet:
    """The frame's declared columns as cells; a moment is followed by its local time where zones tell it."""
    columns: dict[str, tuple[int, Sequence[Any]]] = {}
    for name in table.present(frame):
        kind = table.column(name).kind
        columns[name] = max(WIDTHS.get(kind, USUAL_WIDTH), len(name) + 3), cells_of(frame[name], kind)
        if kind == "utc" and "site" in frame.columns and zones:
            columns[f"{name}_local"] = 17, _cells(local_times(frame[name], frame["site"], zones))
    return Sheet(table.name, columns)


def cells_of(values: pd.Series, kind: Kind) -> list[Any]:
    """Cells of one column as Excel keeps them; missing is an empty cell."""
    if kind == "utc":
        texts = values.dt.strftime("%Y-%m-%dT%H:%M:%S.%fZ").str.replace(".000000Z", "Z", regex=False)
        return _cells(texts)
    if kind == "day":
        return _cells(values.dt.date)
    return _cells(values.astype("Int64") if kind == "count" else values)


def local_times(moments: pd.Series, sites: pd.Series, zones: Mapping[str, str]) -> pd.Series:
    """Clock times without a zone on each row's site; missing where the site's zone is not given."""
    clock = pd.Series(pd.NaT, index=moments.index, dtype="datetime64[us]")
    for site, rows in moments.groupby(sites, sort=False):
        if site in zones:
            clock[rows.index] = rows.dt.tz_convert(zones[str(site)]).dt.tz_localize(None)
    return clock


def _cells(values: pd.Series) -> list[Any]:
    cells = values.astype("object")
    return cells.where(values.notna(), None).tolist()


def add_sheet(book: Workbook, sheet: Sheet) -> None:
    """Append a sheet: headings in bold, the first row frozen, every column ready to filter."""
    made = book.create_sheet(sheet.name)
    made.freeze_panes = "A2"
    for number, (width, _) in enumerate(sheet.columns.values(), start=1):
        made.column_dimensions[get_column_letter(number)].width = width
    rows = list(zip(*(cells for _, cells in sheet.columns.values())))
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    made.append([heading(made, name) for name in sheet.columns])
    for row in rows:
        made.append([safe_cell(made, value) for value in row])


def heading(sheet: Any, name: str) -> WriteOnlyCell:
    """A heading in bold."""
    cell = WriteOnlyCell(sheet, name)
    cell.font = BOLD
    return cell


def safe_cell(sheet: Any, value: Any) -> Any:
    """A value, or a styled cell where Excel would take it for something else."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub(" ", value)
        return _plain_text(sheet, text) if is_formula(text) else text
    if isinstance(value, pd.Timestamp):
        moment = WriteOnlyCell(sheet, value.to_pydatetime())
        moment.number_format = MOMENT_FORMAT
        return moment
    known = value is None or isinstance(value, (bool, int, float)) or hasattr(value, "isoformat")
    return value if known else str(value)


def _plain_text(sheet: Any, text: str) -> WriteOnlyCell:
    """A text that begins like a formula, marked as text, also for whoever edits the cell."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
