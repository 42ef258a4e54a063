"""The floor: what somebody who knew all other days, before and after, would have expected.

No forecast can know as much: level and weekday of a day are those of the days around it, the day itself
left out; holidays and events have the effect they had, seen with everything that came. What is missed
even so is the luck of single days and intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.signal import lfilter

from forecasting.calendar_effect import calendar_effect
from forecasting.history import QueueHistory
from forecasting.past import DaySeries, Past
from forecasting.profile import SlotPast, interval_shares, slot_past

LEVEL_DAYS = (1.5, 3.0, 6.0, 12.0, 25.0, 50.0)  # half-lives tried for the level around a day
WEEKDAY_WEEKS = (2.0, 6.0, 20.0, 60.0)  # for what its weekday has of the level
PROFILE_WEEKS = (2.0, 6.0, 20.0, 60.0)  # for how its weekday spreads over the day
WEEK = 7
FAR, FAR_ROOTS = 2.0, 4.0  # days beyond this factor, and so many roots of their mean, are drawn in


def hindsight(history: QueueHistory, series: DaySeries) -> np.ndarray:
    """Contacts of each local day and slot as all other days have them (days x slots), NaN where unknown.

    `series` are the day totals of the same queue with its calendar.
    """
    axis = history.grid.axis
    totals = np.full(len(axis.days), np.nan)
    past = series.past(axis.cutoff, horizon=axis.horizon)
    totals[axis.cutoff - past.n : axis.cutoff] = days_in_hindsight(past)
    slots = slot_past(history, series.calendar)
    return totals[:, None] * slots.intervals * shares_in_hindsight(slots)


def days_in_hindsight(past: Past) -> np.ndarray:
    """Total of each past day as all others have it (n,); the smoothest of its kind is chosen by what came."""
    known, effect = past.known, np.exp(calendar_effect(past).total[: past.n])
    came = np.where(known, past.offered, 0)
    drawn_in, best = came, came
    for _ in range(2):
        days = _Days(drawn_in, np.where(known, effect, 0), past.calendar.weekday[: past.n])
        tried = [effect * days.level(*halves) for halves in product(LEVEL_DAYS, WEEKDAY_WEEKS)]
        best = min(tried, key=lambda each: float(np.nansum(np.abs(each - came)[known])))
        reach = FAR_ROOTS * np.sqrt(np.nan_to_num(best))
        low, high = np.minimum(best / FAR, best - reach), np.maximum(best * FAR, best + reach)
        drawn_in = np.where(known & ~np.isnan(best), np.clip(came, low, high), came)
    return np.where(past.is_open[: past.n], best, 0)


@dataclass(frozen=True)
class _Days:
    """Contacts of each day, what the calendar makes usual (0 where unknown), and the weekday, all (n,)."""

    counts: np.ndarray
    usual: np.ndarray
    weekday: np.ndarray

    def level(self, level_days: float, weekday_weeks: float) -> np.ndarray:
        """Each day without its calendar effect: level around it x its weekday, itself left out (n,)."""
        even = np.bincount(self.weekday, self.counts, 7)
        even = (even / np.maximum(np.bincount(self.weekday, self.usual, 7), 1e-9))[self.weekday]
        level = _ratio(self.counts, self.usual * even, half_life=level_days, lag=1)
        shape = _ratio(self.counts, self.usual * np.nan_to_num(level), half_life=weekday_weeks, lag=WEEK)
        return level * np.where(np.isnan(shape), even, shape)


def _ratio(part: np.ndarray, whole: np.ndarray, *, half_life: float, lag: int) -> np.ndarray:
    """Sum of `part` around each row over that of `whole`, the row itself left out; NaN where that is 0."""
    above, below = (_around(each, half_life=half_life, lag=lag) for each in (part, whole))
    return np.where(below > 1e-12, above / np.maximum(below, 1e-12), np.nan)


def _around(values: np.ndarray, *, half_life: float, lag: int) -> np.ndarray:
    """Sum of the rows `lag`, 2 x `lag`, ... before and after each, halved every `half_life` such steps."""
    kept = 0.5 ** (1 / half_life)
    step = np.r_[np.zeros(lag), kept]
    before = lfilter(step, np.r_[1, -step[1:]], values, axis=0)
    after = lfilter(step, np.r_[1, -step[1:]], values[::-1], axis=0)[::-1]
    result: np.ndarray = before + after
    return result


def shares_in_hindsight(past: SlotPast) -> np.ndarray:
    """Share of its day of one interval of each slot, as the same weekdays around it have it."""
    contacts = np.where(past.ordinary[:, None], past.contacts, 0)
    totals = np.where(past.ordinary, past.totals, 0)[:, None]
    even = contacts.sum(axis=0) / max(float(totals.sum()), 1e-9)
    tried = []
    for half_life in PROFILE_WEEKS:
        profile = _ratio(contacts, np.broadcast_to(totals, contacts.shape), half_life=half_life, lag=WEEK)
        shares = interval_shares(np.where(np.isnan(profile), even, profile), past.intervals)
        missed = np.abs(shares * past.intervals * totals - contacts)[past.ordinary].sum()
        tried.append((float(missed), shares))
    return min(tried, key=lambda each: each[0])[1]
