"""What should have been done by now: calibrations of raters, and the month's random sample."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Centre
from planner.scorecards.rollups import ALL

ACTIVE_DAYS = 28  # raters who scored nothing for longer need no calibration
SLACK_DAYS = 3  # a sample this many days behind is no matter yet


def overdue_calibrations(
    scored: pd.DataFrame, leniency: pd.DataFrame, centre: Centre, *, now: pd.Timestamp
) -> pd.DataFrame:
    """Raters at work whose last calibration is longer ago than the plan allows, or never was.

    value = days since, blank when never; target = days allowed.
    """
    active = scored[scored["evaluated_at"] > now - pd.Timedelta(days=ACTIVE_DAYS)]
    raters = active.groupby("rater_id").agg(site=("site", lambda sites: sites.mode()[0]), n=("site", "size"))
    last = _last_calibrated(scored, leniency).reindex(raters.index)
    days = (now - last).dt.total_seconds() / 86_400
    late = days.isna() | (days > centre.quality.calibrate_every_days)
    return pd.DataFrame(
        {
            "site": raters["site"],
            "kind": "calibration",
            "subject": raters.index,
            "since": last,
            "value": days,
            "target": float(centre.quality.calibrate_every_days),
            "n": raters["n"].astype(float),
            "first": -days.fillna(1e9),
        }
    )[late]


def _last_calibrated(scored: pd.DataFrame, leniency: pd.DataFrame) -> pd.Series:
    """The last calibration session of each rater: of LENIENCY, or of the stream where that says nothing."""
    sessions = scored[scored["stream"] == "calibration"].groupby("rater_id")["evaluated_at"].max()
    told = leniency.dropna(subset="last").set_index("rater_id")["last"]
    return pd.concat([sessions, told]).groupby(level=0).max().rename("last")


def sampling_behind(sampling: pd.DataFrame, *, now: pd.Timestamp) -> pd.DataFrame:
    """Queues whose random evaluations fall behind an even pace through the month.

    value = done, target = by now, n = asked of the month; high = hours left, low = half width now, of 100.
    """
    month = sampling["month"]
    length = (month + pd.offsets.MonthBegin(1) - month).dt.days
    passed = (now.tz_localize(None) - month).dt.total_seconds() / 86_400
    due = sampling["asked"] * ((passed - SLACK_DAYS) / length).clip(0, 1)
    late = sampling["done"] < due.astype(int)
    return pd.DataFrame(
        {
            "site": sampling["site"],
            "kind": "sampling",
            "subject": ALL,
            "language": sampling["language"],
            "channel": sampling["channel"],
            "value": sampling["done"].astype(float),
            "low": sampling["width"],
            "high": sampling["hours"],
            "target": (sampling["asked"] * (passed / length)).round(),
            "n": sampling["asked"].astype(float),
            "first": sampling["done"] - due,
        }
    )[late]
