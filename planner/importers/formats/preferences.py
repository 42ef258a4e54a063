"""Wishes of agents, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import PREFERENCES
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "preferences with our own column names"
TABLE = PREFERENCES
NEEDS = own.needs(PREFERENCES)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, PREFERENCES)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=PREFERENCES)
