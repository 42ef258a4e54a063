"""Our own column names: cells go straight to the table, local clocks become UTC, decimal commas points."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.table import Table
from planner.importers.clock import ON_SITE_CLOCK, on_local_clock, to_utc, zones_of
from planner.importers.tabulated import Conventions, Tabulated
from planner.records import Records

NUMBERS = ("count", "number", "share")
TIME_ZONE = "time_zone"
NONE = Conventions()
CONVENTIONS = Conventions(
    service_level="counts answered_within_{seconds}_s; the formula is the one named in plan.yaml",
    aht="(talk_s + hold_s + wrap_s, or handle_s where its parts are unknown) / answered",
    attribution="as the file counts; offered belongs to the interval in which the contact arrived",
)


def needs(table: Table) -> tuple[str, ...]:
    """The columns by which a file for the table is recognised."""
    return tuple(column.name for column in table.columns if column.needed and "{" not in column.name)


def reads(key: str, table: Table) -> bool:
    """Whether a column is the table's, or names the zone of a local clock."""
    return key == TIME_ZONE or table.declares(key)


def tabulate(records: Records, centre: Centre, *, table: Table) -> Tabulated:
    """The records under the same names; times without an offset are read on the site's clock."""
    cells, notices = points(records, table)
    zones, found = zones_of(cells, centre)
    times = [name for name in table.present(cells) if table.column(name).kind == "utc"]
    local = {name: on_local_clock(cells[name]) for name in times}
    if any(where.any() for where in local.values()):
        notices = (*notices, ON_SITE_CLOCK)
    for name in times:
        cells[name], wrong = to_utc(cells[name], zones, name=name)
        found += wrong
    used = frozenset(name for name in cells.columns if reads(name, table))
    return Tabulated(cells, records.rows, records.labels, used, tuple(found), notices=notices, local=local)


def points(records: Records, table: Table) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Cells with decimal points. A comma is decimal where it is not the separator and no point is used."""
    cells = records.cells.copy(deep=False)
    names = [n for n in table.present(cells) if table.column(n).kind in NUMBERS and cells[n].dtype == "str"]
    commas = [name for name in names if cells[name].str.contains(",", regex=False).any()]
    pointed = any(cells[name].str.contains(".", regex=False).any() for name in names)
    if records.opened.separator == "," or not commas or pointed:
        return cells, ()
    for name in commas:
        shaped = cells[name].str.fullmatch(r"\s*[+-]?\d+,\d+\s*").fillna(False)
        cells[name] = cells[name].where(~shaped, cells[name].str.replace(",", ".", regex=False))
    return cells, ("numbers are written with a decimal comma",)
