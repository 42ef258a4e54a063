"""Sheets of formatted columns: widths, number formats, headings that stay in sight, ready to filter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from planner.domain.column import Kind
from planner.domain.table import Table
from planner.exporters.workbook import USUAL_WIDTH, WIDTHS, cells_of, heading, safe_cell

SHARE, POINTS, SECONDS, WHOLE, PLAIN = "0.0%", "0.0", "0.0", "#,##0", "#,##0.00"
DAY = "yyyy-mm-dd"
LONGEST_NAME = 31  # letters of a sheet's name


@dataclass(frozen=True)
class Column:
    """One column of a sheet: cells, width in characters, and a number format a cell or for all."""

    cells: Sequence[Any]
    width: int = USUAL_WIDTH
    formats: str | Sequence[str] = ""


def columns_of(table: Table, frame: pd.DataFrame) -> dict[str, Column]:
    """The declared columns of a frame, formatted by their kinds."""
    formats: Mapping[Kind, str] = {"share": SHARE, "count": WHOLE, "number": PLAIN, "day": DAY}
    found = {}
    for name in table.present(frame):
        column = table.column(name)
        share = column.unit == "share" or column.kind == "share"
        found[name] = Column(
            cells_of(frame[name], column.kind),
            max(WIDTHS.get(column.kind, USUAL_WIDTH), len(name) + 3),
            SHARE if share else formats.get(column.kind, ""),
        )
    return found


def add_columns(book: Workbook, name: str, columns: Mapping[str, Column], *, frozen: str = "D2") -> None:
    """Append a sheet: bold headings, what is above and left of the cell `frozen` stays, ready to filter."""
    sheet = book.create_sheet(name[:LONGEST_NAME])
    sheet.freeze_panes = frozen
    for place, column in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    rows = list(zip(*(_written(sheet, column) for column in columns.values())))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    sheet.append([heading(sheet, title) for title in columns])
    for row in rows:
        sheet.append(row)


def _written(sheet: Any, column: Column) -> Iterator[Any]:
    formats = column.formats
    each = [formats] * len(column.cells) if isinstance(formats, str) else formats
    for value, form in zip(column.cells, each, strict=True):
        yield _formatted(sheet, value, form) if form and value is not None else safe_cell(sheet, value)


def _formatted(sheet: Any, value: Any, form: str) -> Any:
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = form
    return cell
