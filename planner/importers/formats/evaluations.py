"""Quality evaluations, one row per item, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import EVALUATIONS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "evaluations with our own column names"
TABLE = EVALUATIONS
NEEDS = own.needs(EVALUATIONS)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, EVALUATIONS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=EVALUATIONS)
