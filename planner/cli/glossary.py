"""`planner tables`: the glossary, printed from the tables themselves."""

from __future__ import annotations

from planner.domain.calculation import CALCULATION, SITUATIONS
from planner.domain.table import Column, Table
from planner.domain.tables import TABLES

KNOWN = (*TABLES, SITUATIONS, CALCULATION)


def table_named(name: str) -> Table:
    """The declared table with that name, whatever its case; KeyError names the known ones."""
    for table in KNOWN:
        if table.name == name.upper():
            return table
    raise KeyError(f"no table {name}; known: {', '.join(t.name for t in KNOWN)}")


def glossary(tables: tuple[Table, ...] = KNOWN) -> str:
    """Every table with its grain and, for each column, kind, unit and meaning."""
    return "\n\n".join(_one(table) for table in tables)


def _one(table: Table) -> str:
    width = max(len(column.name) for column in table.columns)
    lines = [_line(column, width) for column in table.columns]
    return "\n".join([f"{table.name}: {table.meaning}", f"  one row per {' x '.join(table.grain)}", *lines])


def _line(column: Column, width: int) -> str:
    unit = f" [{column.unit}]" if column.unit else ""
    optional = "" if column.needed else " (optional)"
    blank = " (may be blank)" if column.blank else ""
    return f"  {column.name:{width}}  {column.kind:6}  {column.meaning}{unit}{optional}{blank}"
