"""Planners' overrides on top of the forecast; the base forecast is kept and never fitted again.

A day of a queue is changed as a whole: on every sample path its contacts become factor x contacts + shift,
never below 0. Overrides of the same day are composed in the order in which they were entered. Why so:
docs/decisions/064-overrides-on-top-of-the-forecast.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.keys import QUEUE
from planner.domain.override import Override
from planner.domain.teaching import ALL
from planner.domain.timegrid import local_day
from planner.pipeline.changed_days import Expectation, changed
from planner.pipeline.given import standing

QUEUE_DAY = [*QUEUE, "day"]


@dataclass(frozen=True)
class Overridden:
    """The forecast after overrides, ids of those that met an open day, notes on the others."""

    expected: Expectation
    applied: tuple[str, ...]
    notes: tuple[str, ...]


def in_force(entries: pd.DataFrame, *, today: date, days: tuple[date, date]) -> pd.DataFrame:
    """The rows of OVERRIDES with which a plan made `today` for the days from first to last is made.

    In the order in which they were entered; rows that do not say when come first.
    """
    rows = _reaching(entries, days)
    return rows[rows["expires"] >= pd.Timestamp(today)].reset_index(drop=True)


def expired(entries: pd.DataFrame, *, today: date, days: tuple[date, date]) -> list[str]:
    """A note on each override that reaches the days and has expired, though nobody withdrew it."""
    rows = _reaching(entries, days)
    over = rows[rows["expires"] < pd.Timestamp(today)]
    return [
        f"{override} expired on {expires.date()} and was left out"
        for override, expires in zip(overrides_in(over), over["expires"])
    ]


def _reaching(entries: pd.DataFrame, days: tuple[date, date]) -> pd.DataFrame:
    rows = standing(entries)
    rows = rows[(rows["first_day"] <= pd.Timestamp(days[1])) & (rows["last_day"] >= pd.Timestamp(days[0]))]
    order = [name for name in ("made_at", "override_id") if name in rows.columns]
    return rows.sort_values(order, na_position="first", ignore_index=True)


def overrides_in(entries: pd.DataFrame) -> tuple[Override, ...]:
    """The rows of OVERRIDES as values."""
    return tuple(_override(row) for row in entries.to_dict("records"))


def _override(row: Mapping[Hashable, Any]) -> Override:
    return Override(
        row["override_id"],
        row["first_day"].date(),
        row["last_day"].date(),
        row["change"],
        float(row["value"]),
        row["author"],
        row["reason"],
        site=row["site"],
        language=row["language"],
        channel=row["channel"],
    )


def overridden(expected: Expectation, overrides: Sequence[Override], centre: Centre) -> Overridden:
    """The forecast with the overrides on it, one after the other.

    FORECAST gains `base`, its mean before; whatever no override touches stays as it was to the last digit.
    """
    intervals = expected.intervals.assign(base=expected.intervals["offered"])
    day = _local_days(intervals, centre)
    by_day = intervals.assign(day=day).groupby(QUEUE_DAY, as_index=False)["offered"]
    days = by_day.agg(mean="sum", intervals="size")
    touched = [_touched(days, override) for override in overrides]
    notes = [
        f"{override} changed nothing: it names no queue that is open on these days"
        for override, where in zip(overrides, touched)
        if not where.any()
    ]
    applied = [override.override_id for override, where in zip(overrides, touched) if where.any()]
    changes = _changes(days, overrides, touched)
    based = Expectation(intervals, expected.days, expected.paths, expected.rollup)
    after = based if changes.empty else changed(based, changes, interval_day=day)
    return Overridden(after, tuple(applied), tuple(notes))


def _local_days(intervals: pd.DataFrame, centre: Centre) -> pd.Series:
    """The local day of each row, on the clock of its queue's hours."""
    days = pd.Series(pd.NaT, index=intervals.index, dtype="datetime64[us]")
    for key, places in intervals.groupby(list(QUEUE), sort=False).indices.items():
        zone = centre.queues[QueueKey(*key)].hours.zone
        days.iloc[places] = local_day(intervals["interval_start"].iloc[places], zone).to_numpy()
    return days


def _touched(days: pd.DataFrame, override: Override) -> np.ndarray:
    """Which rows (queue x day) an override speaks of."""
    first, last = pd.Timestamp(override.first_day), pd.Timestamp(override.last_day)
    named = zip(QUEUE, (override.site, override.language, override.channel))
    told = [days[name] == code for name, code in named if code != ALL]
    return np.logical_and.reduce([days["day"].between(first, last), *told])


def _changes(
    days: pd.DataFrame, overrides: Sequence[Override], touched: Sequence[np.ndarray]
) -> pd.DataFrame:
    """A row per queue and day that becomes another: mean, intervals, factor, shift, and mean after."""
    mean = days["mean"].to_numpy()
    factor, shift = np.ones(len(days)), np.zeros(len(days))
    for override, where in zip(overrides, touched):
        composed = _composed(override, mean[where], factor[where], shift=shift[where])
        factor[where], shift[where] = composed
    after = np.maximum(factor * mean + shift, 0)
    rows = days.assign(factor=factor, shift=shift, after=after)
    return rows[(factor != 1) | (shift != 0)].reset_index(drop=True)


def _composed(
    override: Override, mean: np.ndarray, factor: np.ndarray, *, shift: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Factor and shift of days after one more override."""
    if override.change == "contacts":
        return factor, shift + override.value
    if override.change == "share":
        return factor * (1 + override.value), shift * (1 + override.value)
    now = factor * mean + shift
    some = now > 0
    scale = override.value / np.where(some, now, 1)
    return np.where(some, factor * scale, 0), np.where(some, shift * scale, override.value)
