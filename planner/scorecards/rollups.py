"""Subjects and periods of a scorecard: every roll-up by adding counts, never by averaging shares."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Literal

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day

ALL = "all"  # a dimension, or time, rolled up
Period = Literal["day", "week", "month", "all"]


def with_local_day(frame: pd.DataFrame, centre: Centre, *, moment: str) -> pd.DataFrame:
    """The frame with the local day (`day`, on the site's clock) of the UTC column `moment`."""
    days = [
        local_day(rows[moment], centre.sites[str(site)].time_zone)
        for site, rows in frame.groupby("site", sort=False)
    ]
    return frame.assign(day=pd.concat(days)) if days else frame.assign(day=pd.NaT)


def period_start(days: pd.Series, period: Period) -> pd.Series:
    """First day of the period of each local day: its Monday, its month's first, or the first day of all."""
    if period == "week":
        return days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    if period == "month":
        return days - pd.to_timedelta(days.dt.day - 1, unit="D")
    return pd.Series(days.min(), index=days.index, dtype=days.dtype) if period == "all" else days


def rolled_up(frame: pd.DataFrame, *, by: Sequence[str], sums: Sequence[str]) -> pd.DataFrame:
    """Sums for every combination of site, language and channel kept or rolled up to "all".

    One row for each combination and value of `by`.
    """
    parts = []
    for keep in product([True, False], repeat=len(QUEUE)):
        kept = [name for name, kept in zip(QUEUE, keep, strict=True) if kept]
        keys = [*kept, *by]
        summed = frame.groupby(keys, as_index=False, sort=False, observed=True)[list(sums)].sum()
        parts.append(summed.assign(**{name: ALL for name in QUEUE if name not in kept}))
    return pd.concat(parts, ignore_index=True)


def largest(frame: pd.DataFrame, *, by: Sequence[str], value: str, counted: str) -> pd.DataFrame:
    """The largest `value` and the sum of `counted`, for the same combinations as `rolled_up`."""
    parts = []
    for keep in product([True, False], repeat=len(QUEUE)):
        kept = [name for name, kept in zip(QUEUE, keep, strict=True) if kept]
        grouped = frame.groupby([*kept, *by], as_index=False, sort=False, observed=True)
        found = grouped.agg({value: "max", counted: "sum"})
        parts.append(found.assign(**{name: ALL for name in QUEUE if name not in kept}))
    return pd.concat(parts, ignore_index=True)
