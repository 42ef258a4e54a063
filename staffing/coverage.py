"""Requirement against schedule: who is needed at work, who is there, and the gap."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.timegrid import local_day

KEY = ["site", "language", "channel", "interval_start"]


def coverage(requirement: pd.DataFrame, schedule: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """COVERAGE, one row per queue and interval of the local days that the schedule holds.

    needed = agents_scheduled of REQUIREMENT; scheduled = agents on contact duty in SCHEDULE, an agent
    there for half of the interval counting half; gap = scheduled - needed. Agents scheduled on a queue
    that needs nobody, or is closed, have a row too.
    """
    needed = _of_scheduled_days(requirement, schedule, centre)
    needed = needed[[*KEY, "interval_min", "agents_scheduled"]].rename(columns={"agents_scheduled": "needed"})
    there = agents_there(schedule, interval_min=centre.interval_min)
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


def _of_scheduled_days(requirement: pd.DataFrame, schedule: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """The rows of the local days between the schedule's first and last, at every site."""
    if schedule.empty:
        return requirement.iloc[:0]
    first, last = schedule["day"].min(), schedule["day"].max()
    parts = []
    for site, rows in requirement.groupby("site", sort=False):
        day = local_day(rows["interval_start"], centre.sites[str(site)].time_zone)
        parts.append(rows[(day >= first) & (day <= last)])
    return pd.concat(parts) if parts else requirement
