"""Which days are planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from planner.config import Plan
from planner.domain.centre import Centre, QueueKey
from planner.domain.problems import InputError, Problem
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day


@dataclass(frozen=True)
class Horizon:
    """The local days planned: `days` are forecast, the first `schedule_days` of them scheduled."""

    first_day: date
    days: int
    schedule_days: int


def horizon_of(plan: Plan, volume: pd.DataFrame) -> Horizon:
    """The days to plan: from the plan's first day, or from the day after the last day of history."""
    if volume.empty:
        note = "there is no volume history; import one first, for example: planner import volume.csv"
        raise InputError([Problem("no_history", note)])
    first_day = plan.first_day or last_local_day(volume, plan.centre) + timedelta(days=1)
    return Horizon(first_day, plan.forecast_weeks * 7, plan.schedule_weeks * 7)


def last_local_day(volume: pd.DataFrame, centre: Centre) -> date:
    """The last local day that any queue knows past noon of its own clock: a day just begun is not over."""
    rows = volume.assign(end=volume["interval_start"] + pd.to_timedelta(volume["interval_min"], unit="min"))
    ends = rows.groupby(["site", "language", "channel"])["end"].max().rename("end").reset_index()
    zones = [centre.queues[QueueKey(*key)].hours.zone for key in ends[list(QUEUE)].itertuples(index=False)]
    return max(_day_known(end, zone) for end, zone in zip(ends["end"], zones))


def _day_known(end: pd.Timestamp, zone: str) -> date:
    local = end.tz_convert(zone)
    return (local - pd.Timedelta(hours=12)).date() if local.hour < 12 else local.date()


def first_local_day(starts: pd.Series, zone: str) -> date:
    """The local day of the earliest of these UTC moments."""
    return local_day(starts, zone).min().date()


def within(frame: pd.DataFrame, centre: Centre, horizon: Horizon) -> pd.DataFrame:
    """The rows of a queue x interval table that lie in the scheduled local days of their site."""
    first = pd.Timestamp(horizon.first_day)
    end = first + pd.Timedelta(days=horizon.schedule_days)
    kept = [
        rows[(day >= first) & (day < end)]
        for site, rows in frame.groupby("site", sort=False)
        for day in [local_day(rows["interval_start"], centre.sites[str(site)].time_zone)]
    ]
    return pd.concat(kept, ignore_index=True) if kept else frame
