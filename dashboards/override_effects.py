"""What a planner's change does to the contacts of the plan that is shown, before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
import streamlit as st

from dashboards.expected import ALL, dated_forecast
from dashboards.published import open_plan
from planner.domain.override import Override
from planner.domain.tables import QUEUE
from planner.pipeline.changed_days import Expectation
from planner.pipeline.overrides import overridden

MARGIN = timedelta(days=7)  # shown before and after the changed days


@dataclass(frozen=True)
class Preview:
    """The changed queues together, day by day: day, before, after (means), p10 and p90 after.

    `changed` are the days of them that the change speaks of, `queues` how many it moves.
    """

    days: pd.DataFrame
    changed: pd.DataFrame
    queues: int

    @property
    def contacts(self) -> float:
        """Contacts more (or fewer, below 0) over the changed days."""
        return float((self.changed["after"] - self.changed["before"]).sum())


@st.cache_data(max_entries=64, show_spinner=False)
def preview(folder: str, plan_id: str, override: Override) -> Preview:
    """The change on top of the plan's forecast, whatever was changed in it already."""
    plan = open_plan(folder, plan_id)
    days = override.first_day - MARGIN, override.last_day + MARGIN
    intervals = _of(dated_forecast(folder, plan_id), override, days)
    paths = _of(plan.table("FORECAST_PATHS"), override, days)
    plan_tables = Expectation(intervals.drop(columns=["day", "base"]), _none(), paths, _none())
    after = overridden(plan_tables, (override,), plan.centre).expected
    means = (
        after.intervals.assign(day=intervals["day"]).groupby("day", as_index=False)[["base", "offered"]].sum()
    )
    means = means.rename(columns={"base": "before", "offered": "after"})
    days_of = means.merge(_ranges(after.paths), on="day", how="left")
    inside = days_of["day"].between(pd.Timestamp(override.first_day), pd.Timestamp(override.last_day))
    return Preview(days_of, days_of[inside], len(intervals[[*QUEUE]].drop_duplicates()))


def _of(rows: pd.DataFrame, override: Override, days: tuple[date, date]) -> pd.DataFrame:
    """The rows of the queues that the change names, from the first to the last of the days."""
    kept = rows["day"].between(pd.Timestamp(days[0]), pd.Timestamp(days[1]))
    for name, code in zip(QUEUE, (override.site, override.language, override.channel), strict=True):
        if code != ALL:
            kept &= rows[name] == code
    return rows[kept].reset_index(drop=True)


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=[*QUEUE, "level", "day"])


def _ranges(paths: pd.DataFrame) -> pd.DataFrame:
    """10 and 90 % quantiles of each day's sum over the sample paths: day, p10, p90."""
    sums = paths.groupby(["day", "path"], as_index=False)["offered"].sum()
    found = sums.groupby("day")["offered"].quantile(np.array([0.1, 0.9])).unstack()
    return found.set_axis(["p10", "p90"], axis=1).reset_index()
