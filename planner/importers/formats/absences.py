"""Days an agent is away, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import ABSENCES
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "absences with our own column names"
TABLE = ABSENCES
NEEDS = own.needs(ABSENCES)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, ABSENCES)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=ABSENCES)
