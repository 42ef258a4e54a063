"""The roster of people under our own column names."""

from planner.domain.centre import Centre
from planner.domain.tables import AGENTS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "agents with our own column names"
TABLE = AGENTS
NEEDS = own.needs(AGENTS)
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, AGENTS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=AGENTS)
