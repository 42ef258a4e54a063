"""Campaigns, sales, launches and outages under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import EVENTS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "events with our own column names"
TABLE = EVENTS
NEEDS = own.needs(EVENTS)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, EVENTS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=EVENTS)
