"""Disputed evaluations, one row per dispute, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import DISPUTES
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "disputed evaluations with our own column names"
TABLE = DISPUTES
NEEDS = own.needs(DISPUTES)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, DISPUTES)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=DISPUTES)
