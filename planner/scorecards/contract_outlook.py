"""What the simulation says of the coming weeks: SERVICE_CHECK by local day, and the rows of one scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import QUEUE
from planner.scorecards.rollups import ALL
from planner.scorecards.scope import Scope

EVEN = 0.5  # below it a target will probably be missed


@dataclass(frozen=True)
class Chance:
    """Chance of a target for the scope as a whole, None where it was not simulated as one.

    `likely` of `queues` will probably meet it.
    """

    share: float | None = None
    likely: int = 0
    queues: int = 0


def by_local_day(check: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """SERVICE_CHECK without its intervals; `start` is the first local day of a day, week or total."""
    coarse = check[check["level"] != "interval"]
    if coarse.empty:
        return coarse.assign(start=pd.Series(dtype="datetime64[us]"))
    parts = [
        rows.assign(start=local_start(rows["interval_start"], _zone(centre, str(site))))
        for site, rows in coarse.groupby("site")
    ]
    return pd.concat(parts, ignore_index=True)


def _zone(centre: Centre, site: str) -> str:
    return centre.sites[site].time_zone if site in centre.sites else "UTC"


def local_start(starts: pd.Series, zone: str) -> pd.Series:
    """The local day that begins nearest to each moment.

    A queue's day may begin by its customers' clock, an hour or two off the site's.
    """
    return (starts + pd.Timedelta(hours=12)).dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()


def coming_weeks(check: pd.DataFrame) -> list[date]:
    """Mondays of the simulated weeks; `check` as `by_local_day` gives it."""
    return sorted(pd.Timestamp(day).date() for day in check.loc[check["level"] == "week", "start"].unique())


def in_week(check: pd.DataFrame, monday: date | None) -> pd.DataFrame:
    """The rows of one simulated week; none where there is no week."""
    return (
        check[(check["level"] == "week") & (check["start"] == pd.Timestamp(monday))] if monday else check[:0]
    )


def by_queue(check: pd.DataFrame) -> pd.DataFrame:
    """Rows of single queues, roll-ups left out."""
    return check[(check[[*QUEUE]] != ALL).all(axis=1)]


def whole(check: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows that speak of the whole scope: a single queue, or its roll-up; empty where there is none."""
    kept = pd.Series(True, index=check.index)
    for column, value in zip(QUEUE, scope.parts, strict=True):
        here = check[column]
        kept &= here == (value or ALL if ALL in set(here) else value or _only(here))
    return check[kept]


def _only(values: pd.Series) -> str:
    """The one value of a column, or a word that stands in none."""
    found = values.unique()
    return str(found[0]) if len(found) == 1 else "\0"


def chance(week: pd.DataFrame, scope: Scope, measure: str) -> Chance:
    """The chance of a measure's target in a week's rows."""
    rows = week[week["measure"] == measure]
    single = scope.of(by_queue(rows)).dropna(subset=["p_meets"])
    together = whole(rows, scope).dropna(subset=["p_meets"])
    share = float(together["p_meets"].iloc[0]) if len(together) == 1 else None
    return Chance(share, int((single["p_meets"] >= EVEN).sum()), len(single))
