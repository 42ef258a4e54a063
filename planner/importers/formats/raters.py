"""Those who score, one row per rater, under our own column names."""

from planner.domain.centre import Centre
from planner.domain.form_tables import RATERS
from planner.importers import own
from planner.importers.tabulated import Tabulated
from planner.records import Records

MEANING = "raters with our own column names"
TABLE = RATERS
NEEDS = ("rater_id", "name", "site", "languages")  # rater_id and site alone stand in evaluations too
CONVENTIONS = own.NONE


def reads(key: str) -> bool:
    return own.reads(key, RATERS)


def tabulate(records: Records, centre: Centre) -> Tabulated:
    return own.tabulate(records, centre, table=RATERS)
