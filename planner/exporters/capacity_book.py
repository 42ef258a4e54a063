"""A capacity plan as an Excel workbook: what it comes to, its tables, and every assumption behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook

from planner.domain.capacity_tables import (
    CAPACITY,
    CAPACITY_COST,
    CAPACITY_LEVERS,
    CAPACITY_NEED,
    CAPACITY_SEATS,
    CLASSES,
    CROSS_TRAINED,
    HEADCOUNT,
    LEVELS,
)
from planner.domain.table import Table
from planner.exporters.refusal import refuse, refusing
from planner.exporters.sheets import DAY, PLAIN, SHARE, WHOLE, Column, add_columns, columns_of
from planner.exporters.workbook import MOST_ROWS
from planner.store.atomic import write_file

SHEETS: tuple[tuple[str, Table], ...] = (
    ("Need", CAPACITY_NEED),
    ("Supply", CAPACITY),
    ("Headcount", HEADCOUNT),
    ("Classes", CLASSES),
    ("Courses", CROSS_TRAINED),
    ("Seats", CAPACITY_SEATS),
    ("Cost", CAPACITY_COST),
    ("Levers", CAPACITY_LEVERS),
)
ALL = "all sites"
MORE_COST = {
    "paid": ("currency", "wages, overtime, hiring and courses"),
    "paid_per_contact": ("currency", "paid ÷ contacts"),
}


@dataclass(frozen=True)
class Line:
    """One line of the first sheet or of the assumptions: what, how much, in which unit, and its meaning."""

    name: str
    value: Any
    unit: str = ""
    meaning: str = ""
    set_in: str = ""


@dataclass(frozen=True)
class CapacityBook:
    """What the workbook holds: tables by name, what they come to, the settings, hours of an equivalent."""

    tables: Mapping[str, pd.DataFrame]
    summary: Sequence[Line]
    assumptions: Sequence[Line]
    full_time_h: float


def write_capacity(book: CapacityBook, path: Path) -> None:
    """Write the workbook; the file appears whole or not at all. InputError when a table has too many rows."""
    for _name, table in SHEETS:
        rows = len(book.tables[table.name])
        if rows > MOST_ROWS:
            note = f"cannot hold the {rows:,} rows of {table.name}; a sheet has {MOST_ROWS:,}, write CSV"
            raise refuse("too_many_rows", note, path)
    with refusing(path):
        write_file(path, lambda new: _save(book, new))


def _save(book: CapacityBook, path: Path) -> None:
    made = Workbook(write_only=True)
    add_columns(made, "Summary", _lines(book.summary, "figure"), frozen="B2")
    for name, table in SHEETS:
        add_columns(made, name, _sheet(table, book), frozen="C2")
    settings = _lines(book.assumptions, "setting")
    settings["set in"] = Column([line.set_in for line in book.assumptions], 14)
    add_columns(made, "Assumptions", settings, frozen="B2")
    add_columns(made, "Definitions", _definitions(), frozen="C2")
    with path.open("wb") as file:
        made.save(file)


def _lines(lines: Sequence[Line], first: str) -> dict[str, Column]:
    return {
        first: Column([line.name for line in lines], 46),
        "value": Column([line.value for line in lines], 24, [_format(line) for line in lines]),
        "unit": Column([line.unit for line in lines], 14),
        "meaning": Column([line.meaning for line in lines], 90),
    }


def _format(line: Line) -> str:
    """The number format of a value; texts have none."""
    if isinstance(line.value, date):
        return DAY
    if isinstance(line.value, bool) or not isinstance(line.value, int | float):
        return ""
    if line.unit == "share":
        return SHARE
    return WHOLE if float(line.value).is_integer() else PLAIN


def _sheet(table: Table, book: CapacityBook) -> dict[str, Column]:
    frame = book.tables[table.name]
    if table is CAPACITY_COST:
        frame = with_all_sites(frame)
    if table is CAPACITY_NEED:  # an older plan has hours alone
        hours = {level: frame[f"need_{level}_h"] / book.full_time_h for level in LEVELS}
        frame = frame.assign(**{f"need_{level}_fte": fte for level, fte in hours.items()})
    columns = columns_of(table, frame)
    if table is CAPACITY_COST:
        paid = frame["total"] - frame["shortage"]
        each = paid / frame["contacts"].where(frame["contacts"] > 0)
        columns["paid"] = Column(paid.tolist(), 14, PLAIN)
        columns["paid_per_contact"] = Column([None if pd.isna(cost) else cost for cost in each], 18, PLAIN)
    return columns


def with_all_sites(cost: pd.DataFrame) -> pd.DataFrame:
    """CAPACITY_COST with a last row for all sites together, where there are several."""
    if len(cost) < 2:
        return cost
    whole = cost.select_dtypes("number").sum(min_count=1)
    whole["gap"] = (whole["total"] - whole["bound"]) / whole["total"] if whole["total"] else 0.0
    return pd.concat([cost, pd.DataFrame([{"site": ALL, "stopped": "", **whole}])], ignore_index=True)


def _definitions() -> dict[str, Column]:
    rows = list(_meanings())
    names = {"sheet": 14, "name": 26, "unit": 14, "meaning": 110}
    return {name: Column([row[i] for row in rows], width) for i, (name, width) in enumerate(names.items())}


def _meanings() -> Iterator[tuple[str, str, str, str]]:
    for name, table in SHEETS:
        yield name, "", "", table.meaning
        for column in table.columns:
            yield name, column.name, column.unit, column.meaning
        if table is CAPACITY_COST:
            for cost, (unit, meaning) in MORE_COST.items():
                yield name, cost, unit, meaning
