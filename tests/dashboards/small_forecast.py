"""What the forecast of the small invented centre rests on: effects, findings, errors, overrides."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from planner.domain.tables import QUEUE
from tests.dashboards.small_centre import FIRST_DAY, FORECAST_DAYS, ZONES, queue_frame, queue_intervals

LIFTED = ("2026-10-12", "2026-10-18", 0.2)  # the planted override: Portuguese, 20 % more
SPREAD = {"p10": 0.8, "p25": 0.9, "p50": 1.0, "p75": 1.1, "p90": 1.2}
JUDGED_FROM = date(2026, 9, 7)
LOW_DAYS = ("2026-09-10", "2026-09-17")  # planted: nine tenths came, below every range


def forecast() -> pd.DataFrame:
    """FORECAST: the mean of every open half-hour, Portuguese lifted by the override."""
    rows = queue_intervals(FIRST_DAY, FORECAST_DAYS)
    first, last, share = LIFTED
    lifted = (rows["language"] == "pt") & rows["day"].between(first, last)
    offered = rows["offered"].where(~lifted, rows["offered"] * (1 + share))
    return rows.assign(base=rows["offered"], offered=offered)[
        [*QUEUE, "interval_start", "interval_min", "offered", "base"]
    ]


def overrides() -> pd.DataFrame:
    """OVERRIDES: the one that was planned with."""
    row = {
        "override_id": "one", "site": "all", "language": "pt", "channel": "all",
        "first_day": LIFTED[0], "last_day": LIFTED[1], "change": "share", "value": LIFTED[2],
        "author": "Eva <b>Bold</b>", "reason": "a second TV spot", "made_at": "2026-10-01T08:00:00Z",
        "expires": "2026-12-31",
    }  # fmt: skip
    return pd.DataFrame([row])


def last_forecast() -> pd.DataFrame:
    """LAST_FORECAST of four weeks: what was expected came, but for two days."""
    rows = queue_intervals(JUDGED_FROM, 28)
    short = rows["day"].dt.strftime("%Y-%m-%d").isin(LOW_DAYS)
    ranges = {name: rows["offered"] * factor for name, factor in SPREAD.items()}
    return rows.assign(
        **ranges,
        actual=rows["offered"] * np.where(short, 0.7, 1.05),
        cutoff=pd.Timestamp(JUDGED_FROM, tz="UTC"),
        source="backtest",
    )[[*QUEUE, "interval_start", "interval_min", "offered", *SPREAD, "actual", "cutoff", "source"]]


def last_days() -> pd.DataFrame:
    """LAST_FORECAST_DAYS of the queues and of all together, four fifths to six fifths of what was expected."""
    days = queue_intervals(JUDGED_FROM, 28).groupby([*QUEUE, "day"], as_index=False)["offered"].sum()
    whole = days.groupby("day", as_index=False)["offered"].sum().assign(**dict.fromkeys(QUEUE, "all"))
    both = pd.concat([days, whole], ignore_index=True)
    return both.assign(**{name: both["offered"] * factor for name, factor in SPREAD.items()})


def errors() -> pd.DataFrame:
    """FORECAST_ERRORS: a fifth too little on Mondays from 9 to 12, else nothing."""
    rows = queue_intervals(JUDGED_FROM, 7)
    local = pd.concat(
        [
            part["interval_start"].dt.tz_convert(ZONES[str(site)]).dt.tz_localize(None)
            for site, part in rows.groupby("site")
        ]
    )
    rows = rows.assign(
        weekday=local.dt.day_of_week, minute=local.dt.hour * 60 + local.dt.minute, actual=rows["offered"] * 40
    )
    early = (rows["weekday"] == 0) & rows["minute"].between(540, 719)
    error = -0.2 * rows["actual"].where(early, 0.0)
    return rows.assign(error=error, abs_error=error.abs() + 0.05 * rows["actual"], n=40)[
        [*QUEUE, "weekday", "minute", "n", "actual", "error", "abs_error"]
    ]


def effects() -> pd.DataFrame:
    """EFFECTS: a holiday, the Monday after one, and a campaign never seen."""
    kinds = pd.DataFrame({
        "name": ["a public holiday", "Monday after a holiday", "Black Friday <week>"],
        "kind": ["holiday", "beside", "event"], "effect": [-0.8, 0.23, 0.5], "low": [-0.9, 0.15, 0.2],
        "high": [-0.7, 0.31, 0.8], "seen": [9, 8, 0], "learned_from": ["own", "own", "expected"],
        "next_day": [None, "2026-11-02", "2026-11-23"],
    })  # fmt: skip
    return queue_frame()[[*QUEUE]].merge(kinds, how="cross")


def findings() -> pd.DataFrame:
    """FINDINGS: a day that Lisbon was closed, and a gap of one queue."""
    lisbon = queue_frame()[[*QUEUE]].query("site == 'LIS'")
    closed = lisbon.assign(
        kind="closed_day", first_day="2026-08-05", last_day="2026-08-05", size=-1.0, treatment="left out",
        reason="the storm closed the site: an event marked as a one-off",
    )  # fmt: skip
    gap = lisbon.head(1).assign(
        kind="gap", first_day="2026-07-06", last_day="2026-07-09", size=np.nan, treatment="left out",
        reason="no rows although the queue was open",
    )  # fmt: skip
    return pd.concat([closed, gap], ignore_index=True).assign(measure="offered", decided_by="the program")
