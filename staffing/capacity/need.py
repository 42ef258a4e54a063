"""Requirement -> paid hours needed by queue and week."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.domain.capacity import Capacity
from planner.domain.capacity_tables import CAPACITY_NEED, LEVELS
from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day


def need_of(requirements: Mapping[str, pd.DataFrame], centre: Centre, capacity: Capacity) -> pd.DataFrame:
    """CAPACITY_NEED from REQUIREMENT at each of `LEVELS`, over whole weeks.

    Hours = agents_rostered x hours / the site's roster efficiency: what shifts lose in fitting the day.
    A week that a level does not know has no need there.
    """
    parts = [_by_week(requirements[level], centre, capacity).add_prefix(f"need_{level}_") for level in LEVELS]
    table = pd.concat(parts, axis=1).fillna(0.0)
    table.columns = [name.removesuffix("_need") for name in table.columns]
    table = table.rename(columns={f"need_{level}_hours": f"need_{level}_h" for level in LEVELS})
    table = table.rename(columns={"need_p50_offered": "offered"})
    return table.reset_index()[[column.name for column in CAPACITY_NEED.columns]]


def _by_week(needed: pd.DataFrame, centre: Centre, capacity: Capacity) -> pd.DataFrame:
    """hours and offered, indexed by queue and week (the Monday of the site's local day)."""
    days = pd.concat(
        [
            local_day(rows["interval_start"], centre.sites[str(site)].time_zone)
            for site, rows in needed.groupby("site", sort=False)
        ]
    )
    efficiency = needed["site"].map({code: site.roster_efficiency for code, site in capacity.sites.items()})
    rows = needed.assign(
        week=(days - pd.to_timedelta(days.dt.day_of_week, unit="D")).astype("datetime64[us]"),
        hours=needed["agents_rostered"] * needed["interval_min"] / 60 / efficiency,
    )
    return rows.groupby([*QUEUE, "week"])[["hours", "offered"]].sum()
