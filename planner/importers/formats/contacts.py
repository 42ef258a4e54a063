"""Contact logs under our own column names; large ones go through the store, by DuckDB."""

from planner.domain.centre import Centre
from planner.domain.tables import CONTACTS
from planner.importers import own
from planner.importers.tabulated import Conventions, Tabulated
from planner.records import Records

MEANING = "contact logs with our own column names"
TABLE = CONTACTS
NEEDS = own.needs(CONTACTS)
CONVENTIONS = Conventions(
    service_level="from answered_at - arrived_at; the formula is the one named in plan.yaml",
    aht="talk_s + hold_s + wrap_s of each contact",
    attribution="the interval in which the contact arrived",
)


def reads(key: str) -> bool:
    return own.reads(key, CONTACTS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=CONTACTS)
