"""Interval volumes under our own column names; local times are read on the site's clock."""

from planner.domain.centre import Centre
from planner.domain.tables import VOLUME
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "interval volumes with our own column names"
TABLE = VOLUME
NEEDS = own.needs(VOLUME)
CONVENTIONS = own.CONVENTIONS


def reads(key: str) -> bool:
    return own.reads(key, VOLUME)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=VOLUME)
