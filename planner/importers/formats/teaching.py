"""Days that planners let teach the forecast, or not, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.forecast_tables import TEACHING
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "days that teach or not with our own column names"
TABLE = TEACHING
NEEDS = own.needs(TEACHING)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, TEACHING)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=TEACHING)
