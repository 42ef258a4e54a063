"""SCORECARD as the pages read it: which weeks are full, and the rows of one subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from dashboards.filters import Scope
from planner.domain.tables import QUEUE
from planner.language import message

ALL = "all"  # a dimension rolled up
WEEKS = 13  # of history beside a figure
FEWEST = 20  # below so many evaluations no figure is shown
QUALITY = ("quality_score", message("Quality score"))
ITEM = "quality_item: "  # and the item's name
FCR = (
    ("fcr_no_escalation", message("No escalation")),
    ("fcr_agent", message("Agent says resolved")),
    ("fcr_survey", message("Survey, customer says resolved")),
    ("fcr_repeat_7d", message("No repeat in 7 days")),
)
REPEAT, UNKNOWN = "fcr_repeat_7d", "fcr_unknown_customer"


def full_weeks(card: pd.DataFrame, last_day: date) -> list[date]:
    """Mondays of the weeks that were scored and are over by the last day of history, oldest first."""
    weeks = sorted(card.loc[card["period"] == "week", "period_start"].unique())
    return [monday for week in weeks if (monday := pd.Timestamp(week).date()) + timedelta(days=6) <= last_day]


def subject(card: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows that speak of the scope as a whole; a part that is not chosen is rolled up."""
    kept = pd.Series(True, index=card.index)
    for column, value in zip(QUEUE, (scope.site, scope.language, scope.channel), strict=True):
        kept &= card[column] == (value or ALL)
    return card[kept]


def weekly(card: pd.DataFrame, scope: Scope, *, measure: str, weeks: Sequence[date]) -> pd.DataFrame:
    """The measure of the scope in each of the weeks: value, low, high, n; NaN where nothing is known."""
    rows = subject(card[(card["measure"] == measure) & (card["period"] == "week")], scope)
    columns = ["value", "low", "high", "n"]
    found = rows.drop_duplicates("period_start").set_index("period_start")[columns]
    return found.reindex(pd.DatetimeIndex(pd.to_datetime(list(weeks))))


def recent(card: pd.DataFrame, weeks: Sequence[date]) -> pd.DataFrame:
    """The weekly rows of the weeks shown beside a figure."""
    shown = pd.to_datetime(list(weeks[-WEEKS:]))
    return card[(card["period"] == "week") & card["period_start"].isin(shown)]


def definition(card: pd.DataFrame, measure: str) -> str:
    """How the measure is computed, as the scorecard says."""
    found = card.loc[card["measure"] == measure, "definition"]
    return str(found.iloc[0]) if len(found) else ""


def periods(card: pd.DataFrame, period: str) -> list[date]:
    """First days of the periods (week, month) that were scored, newest first."""
    found = card.loc[card["period"] == period, "period_start"].unique()
    return sorted((pd.Timestamp(start).date() for start in found), reverse=True)


def by_language(rows: pd.DataFrame, scope: Scope, *, measure: str) -> pd.DataFrame:
    """One row a language of the scope: language, value, low, high, n; the lowest value first."""
    mine = rows[(rows["measure"] == measure) & (rows["language"] != ALL)]
    mine = mine[(mine["site"] == (scope.site or ALL)) & (mine["channel"] == (scope.channel or ALL))]
    if scope.language:
        mine = mine[mine["language"] == scope.language]
    return mine[["language", "value", "low", "high", "n"]].dropna(subset=["value"]).sort_values("value")
