"""What a day was planned with and who was there, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import INTRADAY
from planner.importers import own
from planner.importers.tabulated import Conventions, Tabulated
from planner.records import Records

MEANING = "planned contacts, handle time and staff, absence and adherence, with our own column names"
TABLE = INTRADAY
NEEDS = own.needs(INTRADAY)
CONVENTIONS = Conventions(
    aht="planned_aht_s of chat and messaging is that of one conversation alone, as in plan.yaml",
    attribution="staffed time of VOLUME = scheduled_s - absent_s - away_s; blank parts are unknown, not zero",
)


def reads(key: str) -> bool:
    return own.reads(key, INTRADAY)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=INTRADAY)
