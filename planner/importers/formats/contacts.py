"""Contact logs under our own column names; large ones go through the store, by DuckDB."""

from planner.domain.centre import Centre
from planner.domain.tables import CONTACTS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "contact logs with our own column names"
TABLE = CONTACTS
NEEDS = own.needs(CONTACTS)
CONVENTIONS = own.CONVENTIONS


def reads(key: str) -> bool:
    return own.reads(key, CONTACTS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=CONTACTS)
