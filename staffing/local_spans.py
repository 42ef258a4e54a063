"""Spans of local time, such as nights or Sundays, and how much of a stretch of work lies in them.

Spans are laid on the site's clock and measured in elapsed time, so that a night in which the clock goes
forward has an hour less and one in which it goes back an hour more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True)
class Spans:
    """Moments (UTC) at which spans begin and end, in order of time and apart."""

    begins: pd.DatetimeIndex
    ends: pd.DatetimeIndex

    def hours(self, starts: pd.Series, ends: pd.Series) -> np.ndarray:
        """Hours of each stretch from `starts` to `ends` (UTC) that lie in the spans."""
        if not len(self.begins):
            return np.zeros(len(starts))
        zero = self.begins[0]
        edges = np.column_stack([(self.begins - zero) / HOUR, (self.ends - zero) / HOUR]).ravel()
        inside = np.where(np.arange(len(edges)) % 2, np.diff(edges, prepend=edges[0]), 0.0)
        passed = np.cumsum(inside)
        until, since = (np.interp((moments - zero) / HOUR, edges, passed) for moments in (ends, starts))
        return np.asarray(until - since)


def nights(days: pd.DatetimeIndex, zone: str, *, night: tuple[int, int]) -> Spans:
    """The nights that begin on these local days; `night` is (from, to) in local hours, to the next day.

    A night such as (0, 6) begins and ends on its own day; one that begins when it ends has no hours.
    """
    begin, end = night
    if begin == end:
        return Spans(days[:0].tz_localize("UTC"), days[:0].tz_localize("UTC"))
    later = 24 if end < begin else 0
    return Spans(on_clock(days, zone, hour=begin), on_clock(days, zone, hour=end + later, again=True))


def whole_days(days: Iterable[date], zone: str) -> Spans:
    """Local days from midnight to midnight."""
    each = pd.DatetimeIndex(sorted(days), dtype="datetime64[us]")
    return Spans(on_clock(each, zone), on_clock(each, zone, hour=24))


def on_clock(days: pd.DatetimeIndex, zone: str, *, hour: int = 0, again: bool = False) -> pd.DatetimeIndex:
    """That hour of each local day in UTC; of an hour that happens twice the first, or the second `again`.

    An hour that never happens is the moment at which the clock goes forward.
    """
    clock = days + pd.Timedelta(hours=hour)
    first = np.full(len(clock), not again)
    return clock.tz_localize(zone, ambiguous=first, nonexistent="shift_forward").tz_convert("UTC")
