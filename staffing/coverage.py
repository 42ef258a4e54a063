"""Requirement against schedule: who is needed at work, who is there, and the gap."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.timegrid import local_day

KEY = ["site", "language", "channel", "interval_start"]


def coverage(
    requirement: pd.DataFrame,
    schedule: pd.DataFrame,
    centre: Centre,
    *,
    first_day: date | None = None,
    days: int | None = None,
) -> pd.DataFrame:
    """COVERAGE, one row per queue and interval of `days` local days of each site from `first_day`.

    needed = agents_scheduled of REQUIREMENT; scheduled = agents on contact duty in SCHEDULE, an agent
    there for half of the interval counting half; gap = scheduled - needed. Agents scheduled on a queue
    that needs nobody, or is closed, have a row too. Left out, the days are those from the schedule's
    first to its last, with the night after it: a day before or after on which nobody works has no row.
    """
    span = _span(schedule, first_day, days)
    needed = _within(requirement, centre, span)
    needed = needed[[*KEY, "interval_min", "agents_scheduled"]].rename(columns={"agents_scheduled": "needed"})
    there = agents_there(schedule, interval_min=centre.interval_min)
    if days is not None:
        there = _within(there, centre, span)
    table = needed.merge(there, on=KEY, how="outer")
    table["interval_min"] = table["interval_min"].fillna(centre.interval_min).astype("int64")
    table[["needed", "scheduled"]] = table[["needed", "scheduled"]].fillna(0.0)
    return table.assign(gap=table["scheduled"] - table["needed"]).sort_values(KEY, ignore_index=True)


def agents_there(schedule: pd.DataFrame, *, interval_min: int) -> pd.DataFrame:
    """Agents on contact duty in SCHEDULE: one row per queue and interval that anybody serves."""
    duty = schedule[schedule["activity"] == "contact"].reset_index(drop=True)
    step = pd.Timedelta(minutes=interval_min)
    first = duty["start"].dt.floor(step)
    count = np.ceil((duty["end"] - first) / step).clip(lower=0).astype("int64").to_numpy()
    each = duty.loc[duty.index.repeat(count), ["site", "language", "channel", "start", "end"]]
    nth = np.arange(len(each)) - np.repeat(np.cumsum(count) - count, count)
    begins = first.loc[each.index] + nth * step
    until = np.minimum(each["end"], begins + step)
    share = (until - np.maximum(each["start"], begins)) / step
    parts = each.assign(interval_start=begins, scheduled=share)
    return parts.groupby(KEY, as_index=False, sort=False)["scheduled"].sum()


def _span(
    schedule: pd.DataFrame, first_day: date | None, days: int | None
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first local day and the day after the last; what is not given is taken from the schedule.

    NaT, and so no day at all, where an empty schedule has nothing to give.
    """
    first = schedule["day"].min() if first_day is None else pd.Timestamp(first_day)
    if days is None:
        return first, schedule["day"].max() + pd.Timedelta(days=1)
    return first, first + pd.Timedelta(days=days)


def _within(frame: pd.DataFrame, centre: Centre, span: tuple[pd.Timestamp, pd.Timestamp]) -> pd.DataFrame:
    """The rows of the local days of their site in the span."""
    first, end = span
    parts = []
    for site, rows in frame.groupby("site", sort=False):
        day = local_day(rows["interval_start"], centre.sites[str(site)].time_zone)
        parts.append(rows[(day >= first) & (day < end)])
    return pd.concat(parts) if parts else frame
