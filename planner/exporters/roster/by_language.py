"""Needed, scheduled, short and over hours by language: what a coverage comes to."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.domain.column import Column
from planner.domain.keys import LANGUAGE, SITE
from planner.domain.table import Table
from planner.domain.timegrid import local_day

BY_LANGUAGE = Table(
    "BY LANGUAGE",
    "hours needed and scheduled: one row per site, calendar week and language",
    ("site", "week", "language"),
    (
        SITE,
        Column("week", "day", "Monday of the week"),
        LANGUAGE,
        Column("needed_h", "number", "agent-hours needed at work", "h"),
        Column("scheduled_h", "number", "agent-hours scheduled", "h"),
        Column("short_h", "number", "agent-hours missing, interval by interval and channel by channel", "h"),
        Column("over_h", "number", "agent-hours above the need", "h"),
    ),
)


def by_language(coverage: pd.DataFrame, zones: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `BY_LANGUAGE` from COVERAGE; `zones` are the sites' own."""
    parts = [
        rows.assign(day=local_day(rows["interval_start"], zones[str(site)]))
        for site, rows in coverage.groupby("site", sort=True)
    ]
    if not parts:
        return BY_LANGUAGE.empty()
    rows = pd.concat(parts)
    hours = rows["interval_min"] / 60
    amounts = {
        "needed_h": rows["needed"] * hours,
        "scheduled_h": rows["scheduled"] * hours,
        "short_h": (-rows["gap"]).clip(lower=0) * hours,
        "over_h": rows["gap"].clip(lower=0) * hours,
    }
    week = rows["day"] - pd.to_timedelta(rows["day"].dt.day_of_week, unit="D")
    made = rows.assign(week=week, **amounts).groupby(["site", "week", "language"], as_index=False)
    return BY_LANGUAGE.check(made[list(amounts)].sum())
