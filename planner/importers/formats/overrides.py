"""Changes planners make on top of the forecast, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.forecast_tables import OVERRIDES
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "overrides with our own column names"
TABLE = OVERRIDES
NEEDS = own.needs(OVERRIDES)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, OVERRIDES)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=OVERRIDES)
