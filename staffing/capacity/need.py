"""Requirement -> paid hours needed by queue and week, and who would be there at once."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.domain.capacity import Capacity
from planner.domain.capacity_tables import CAPACITY_NEED, LEVELS
from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day
from staffing.capacity.full_time import full_time_h
from staffing.capacity.leave import leave_factor


def need_of(requirements: Mapping[str, pd.DataFrame], centre: Centre, capacity: Capacity) -> pd.DataFrame:
    """CAPACITY_NEED from REQUIREMENT at each of `LEVELS`, over whole weeks.

    Hours = agents_rostered x hours / the site's roster efficiency: what shifts lose in fitting the day;
    in a leave season with its leave in place of the site's usual. A week that a level does not know has
    no need there.
    """
    rows = {level: _in_weeks(requirements[level], centre, capacity) for level in LEVELS}
    parts = [_by_week(rows[level]).add_prefix(f"need_{level}_") for level in LEVELS]
    at_once = _at_once(rows[capacity.level])
    table = pd.concat([*parts, at_once], axis=1).fillna(0.0)
    names = {f"need_{level}_hours": f"need_{level}_h" for level in LEVELS}
    table = table.rename(columns=names | {"need_p50_offered": "offered"})
    hours = full_time_h(centre, capacity)
    table = table.assign(**{f"need_{level}_fte": table[f"need_{level}_h"] / hours for level in LEVELS})
    return table.reset_index()[[column.name for column in CAPACITY_NEED.columns]]


def _in_weeks(needed: pd.DataFrame, centre: Centre, capacity: Capacity) -> pd.DataFrame:
    """Rows with hours and week (the Monday of the site's local day)."""
    days, leave = [], []
    for code, rows in needed.groupby("site", sort=False):
        site = centre.sites[str(code)]
        days.append(local_day(rows["interval_start"], site.time_zone))
        leave.append(pd.Series(leave_factor(days[-1], site, capacity), rows.index))
    day = pd.concat(days)
    efficiency = needed["site"].map({code: site.roster_efficiency for code, site in capacity.sites.items()})
    hours = needed["agents_rostered"] * needed["interval_min"] / 60 / efficiency
    return needed.assign(
        week=(day - pd.to_timedelta(day.dt.day_of_week, unit="D")).astype("datetime64[us]"),
        hours=hours * pd.concat(leave) if capacity.leave else hours,
    )


def _by_week(rows: pd.DataFrame) -> pd.DataFrame:
    """hours and offered, indexed by queue and week."""
    return rows.groupby([*QUEUE, "week"])[["hours", "offered"]].sum()


def _at_once(rows: pd.DataFrame) -> pd.Series:
    """People scheduled for each queue in the interval of the week in which its site needs most at once."""
    whole = rows.groupby(["site", "week", "interval_start"])["agents_scheduled"].sum()
    busiest = whole.groupby(["site", "week"]).idxmax().tolist()
    there = rows.set_index(["site", "week", "interval_start"]).loc[busiest]
    return there.groupby([*QUEUE, "week"])["agents_scheduled"].sum().rename("at_once")
