"""Weeks and months of a scorecard: which are over, and a measure through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd

from planner.scorecards.scope import Scope

SHOWN = 13  # periods of history beside a figure
Length = Literal["week", "month"]


@dataclass(frozen=True)
class Span:
    """A week from its Monday, or a month from its first day.

    >>> Span("month", date(2026, 2, 1)).last
    datetime.date(2026, 2, 28)
    """

    length: Length
    first: date

    @property
    def last(self) -> date:
        """The last day."""
        if self.length == "week":
            return self.first + timedelta(days=6)
        return (self.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def full_spans(card: pd.DataFrame, length: Length, *, last_day: date) -> list[Span]:
    """The weeks or months that were scored and are over by the last day of history, oldest first."""
    starts = sorted(
        pd.Timestamp(start).date() for start in card.loc[card["period"] == length, "period_start"].unique()
    )
    return [span for start in starts if (span := Span(length, start)).last <= last_day]


def of_spans(card: pd.DataFrame, spans: Sequence[Span]) -> pd.DataFrame:
    """The rows of a scorecard that speak of the spans."""
    starts = pd.to_datetime([span.first for span in spans])
    lengths = {span.length for span in spans}
    return card[card["period"].isin(lengths) & card["period_start"].isin(starts)]


def through(card: pd.DataFrame, scope: Scope, *, measure: str, spans: Sequence[Span]) -> pd.DataFrame:
    """The measure of the scope in each span: value, low, high, n; NaN where nothing is known."""
    rows = scope.subject(of_spans(card[card["measure"] == measure], spans))
    found = rows.drop_duplicates("period_start").set_index("period_start")[["value", "low", "high", "n"]]
    return found.reindex(pd.DatetimeIndex(pd.to_datetime([span.first for span in spans])))


def definition(card: pd.DataFrame, measure: str) -> str:
    """How the measure is computed, as the scorecard says; empty where it has none of it."""
    found = card.loc[card["measure"] == measure, "definition"]
    return str(found.iloc[0]) if len(found) else ""
