"""Contacts expected of any part of the centre, by local day and by week from Monday.

Totals that the plan has reconciled are read as they are, so that the parts add up to them; any other
part is the sum of its queues over the sample paths.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboards.filters import Scope
from dashboards.published import SHARES, Paths, Published, open_plan, paths_of
from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day

ALL = "all"  # a dimension that was summed over


@dataclass(frozen=True)
class Expected:
    """Sample paths of the queues, and FORECAST_ROLLUP (possibly without rows)."""

    paths: Paths
    rollup: pd.DataFrame

    @property
    def queues(self) -> tuple[QueueKey, ...]:
        """The queues that were forecast."""
        return self.paths.queues

    @property
    def days(self) -> pd.DatetimeIndex:
        """The local days of the horizon."""
        return self.paths.days

    def by_day(self, scope: Scope) -> pd.DataFrame:
        """One row a local day: day and the quantiles of its contacts, NaN on a closed day."""
        rolled = self._rolled(scope, "day")
        if rolled.empty:
            return self.paths.by_day(scope)
        return rolled.reindex(self.days).rename_axis("day").reset_index()

    def by_week(self, scope: Scope) -> pd.DataFrame:
        """One row a week from Monday: week, the days of it in the horizon, quantiles of the sum."""
        weeks, rolled = self.paths.by_week(scope), self._rolled(scope, "week")
        if rolled.empty:
            return weeks
        return rolled.reindex(weeks["week"]).rename_axis("week").reset_index().assign(days=weeks["days"])

    def _rolled(self, scope: Scope, level: str) -> pd.DataFrame:
        """The reconciled quantiles of exactly this part of the centre, by day."""
        wanted = [part or ALL for part in (scope.site, scope.language, scope.channel)]
        rows = self.rollup[self.rollup["level"] == level]
        return rows[(rows[[*QUEUE]] == wanted).all(axis=1)].set_index("day")[list(SHARES)]


def expected_of(plan: Published) -> Expected:
    """What the plan expects."""
    return Expected(paths_of(plan.folder, plan.plan_id), _rollup(plan))


def _rollup(plan: Published) -> pd.DataFrame:
    columns = (*QUEUE, "level", "day", *SHARES)
    if plan.has("FORECAST_ROLLUP"):
        return plan.table("FORECAST_ROLLUP", *columns)
    return pd.DataFrame(columns=list(columns))


@st.cache_data(max_entries=4, show_spinner=False)
def mean_days(folder: str, plan_id: str) -> pd.DataFrame:
    """The mean forecast: one row per queue and local day with offered and base (before overrides)."""
    rows = dated_forecast(folder, plan_id)
    inside = rows["day"] >= pd.Timestamp(open_plan(folder, plan_id).first_day)
    return rows[inside].groupby([*QUEUE, "day"], as_index=False)[["offered", "base"]].sum()


@st.cache_resource(max_entries=2, show_spinner=False)  # not copied: readers leave it as it is
def dated_forecast(folder: str, plan_id: str) -> pd.DataFrame:
    """FORECAST by queue and interval: its mean, base, and the local day on the clock of the queue's hours."""
    plan = open_plan(folder, plan_id)
    rows = plan.table("FORECAST")
    rows = rows.reindex(columns=[*QUEUE, "interval_start", "interval_min", "offered", "base"])
    return rows.assign(day=local_days(rows, plan.centre), base=rows["base"].fillna(rows["offered"]))


def local_days(rows: pd.DataFrame, centre: Centre) -> pd.Series:
    """The local day of each row of queues and intervals, on the clock of the queue's hours.

    Blank for a queue that the centre does not have (any more).
    """
    parts = [
        local_day(part["interval_start"], centre.queues[QueueKey(*key)].hours.zone)
        for key, part in rows.groupby([*QUEUE])
        if key in centre.queues
    ]
    days = pd.concat(parts) if parts else pd.Series(dtype="datetime64[us]")
    return days.reindex(rows.index)
