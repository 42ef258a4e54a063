"""Customer surveys, one row per survey sent, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import SURVEYS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "customer surveys with our own column names"
TABLE = SURVEYS
NEEDS = own.needs(SURVEYS)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, SURVEYS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=SURVEYS)
