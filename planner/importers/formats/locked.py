"""What must stay of a schedule: rows cut out of a SCHEDULE, whole shifts, and days off."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planner.domain.cells import blank_cells
from planner.domain.centre import Centre
from planner.domain.change_tables import LOCKED, OFF
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "locked parts of a schedule with our own column names"
TABLE = LOCKED
NEEDS = ("agent_id", "site", "day", "activity")
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, LOCKED)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    """A day off needs no times: it lasts from midnight to midnight on the clock of the site."""
    return own.tabulate(replace(records, cells=with_midnights(records.cells)), centre, table=LOCKED)


def with_midnights(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with `start` and `end` of days off filled in where they are blank."""
    if not {"day", "activity"} <= set(cells.columns):
        return cells
    off = (cells["activity"].astype("str").str.strip() == OFF).to_numpy(dtype=bool)
    if not off.any():
        return cells
    days = pd.to_datetime(cells["day"].astype("str"), errors="coerce", format="ISO8601")
    filled = cells.copy(deep=False)
    for name, later in (("start", 0), ("end", 1)):
        given = filled.get(name, pd.Series(None, index=cells.index, dtype="object")).astype("object")
        midnight = (days + pd.Timedelta(days=later)).dt.strftime("%Y-%m-%d").astype("object")
        filled[name] = given.where(~(off & blank_cells(given)), midnight)
    return filled
