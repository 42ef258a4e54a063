"""Contacts of every queue and week of a schedule: expected, and handled by it."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day
from staffing.labour import monday

QUEUE_WEEK = [*QUEUE, "week"]
NOON = pd.Timedelta(hours=12)


def expected_contacts(
    forecast: pd.DataFrame, check: pd.DataFrame, centre: Centre, *, days: tuple[date, int]
) -> pd.DataFrame:
    """Contacts of FORECAST on the days (the first, how many), and those handled, by queue and week.

    Handled are all but the share that SERVICE_CHECK sees abandon in the week; where nobody abandons
    (deferred work) or nothing was simulated, all of them.
    """
    first = pd.Timestamp(days[0])
    last = pd.Timestamp(days[0] + timedelta(days[1] - 1))
    rows = forecast[[*QUEUE, "interval_start", "offered"]].astype(dict.fromkeys(QUEUE, "str"))
    day = _site_days(rows, centre)
    rows = rows.assign(week=monday(day))[(day >= first) & (day <= last)]
    contacts = rows.groupby(QUEUE_WEEK, as_index=False)["offered"].sum()
    gone = _abandonment(check, centre)
    found = contacts.merge(gone, on=QUEUE_WEEK, how="left").rename(columns={"offered": "contacts"})
    handled = found["contacts"] * (1 - found["abandonment"].fillna(0.0))
    return found[[*QUEUE_WEEK, "contacts"]].assign(handled=handled)


def _abandonment(check: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Simulated share that abandons: site, language, channel, week, abandonment."""
    rows = check[(check["level"] == "week") & (check["measure"] == "abandonment")]
    rows = rows.astype(dict.fromkeys(QUEUE, "str"))
    keys = [QueueKey(*key) in centre.queues for key in rows[list(QUEUE)].itertuples(index=False)]
    mine = rows[np.array(keys, dtype=bool)]
    # a week begins at midnight of its queue's clock, which may be a few hours from the site's
    shifted = mine.assign(interval_start=mine["interval_start"] + NOON)
    week = monday(_site_days(shifted, centre))
    return mine[list(QUEUE)].assign(week=week, abandonment=mine["value"])


def _site_days(rows: pd.DataFrame, centre: Centre) -> pd.Series:
    """The local day of each row's interval by the clock of its site."""
    parts = [
        local_day(here["interval_start"], centre.sites[str(site)].time_zone)
        for site, here in rows.groupby("site", sort=False)
    ]
    empty = pd.Series([], dtype="datetime64[us]")
    return (pd.concat(parts) if parts else empty).reindex(rows.index)
