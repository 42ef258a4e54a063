"""The floor: what somebody who knew everything that came, before and after, would have expected of a day.

Level, weekday and profile are those of the days around it, holidays and events have the effect they had.
What is missed even so is the luck of single days and intervals, which nobody can know. A day itself has
just so much say that its luck keeps its size: residuals of a smoother that sees it are too small by the
root of 1 - w, those of one that does not too large by as much, with w its weight (Craven & Wahba 1979).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.signal import lfilter

from forecasting.examined import lesson
from forecasting.history import QueueHistory
from forecasting.past import DaySeries, Past
from forecasting.profile import SlotPast, interval_shares, slot_past

LEVEL_DAYS = (1.5, 3.0, 6.0, 12.0, 25.0, 50.0)  # half-lives tried for the level around a day
WEEKDAY_WEEKS = (2.0, 6.0, 20.0, 60.0)  # for what its weekday has of the level
PROFILE_WEEKS = (2.0, 6.0, 20.0, 60.0)  # for how its weekday spreads over the day
POOLED = (0.0, 0.1, 1.0)  # weight of another weekday's day in the profile, against one of the same
WEEK = 7
FAR, FAR_ROOTS = 2.0, 4.0  # days beyond this factor, and so many roots of their mean, are drawn in


def hindsight(history: QueueHistory, series: DaySeries) -> np.ndarray:
    """Contacts of each local day and slot, everything known (days x slots); NaN before the first known day.

    `series` are the day totals of the same queue with its calendar.
    """
    axis = history.grid.axis
    totals = np.full(len(axis.days), np.nan)
    past = series.past(axis.cutoff, horizon=axis.horizon)
    totals[axis.cutoff - past.n : axis.cutoff] = days_in_hindsight(past)
    slots = slot_past(history, series.calendar)
    return totals[:, None] * slots.intervals * shares_in_hindsight(slots)


def days_in_hindsight(past: Past) -> np.ndarray:
    """Total of each past day (n,); how smooth level and weekdays are is chosen by what came."""
    known, effect = past.known, np.exp(lesson(past)[1].total[: past.n])
    came = np.where(known, past.offered, 0)
    drawn_in, best = came, Around(came, np.zeros(past.n))
    for _ in range(2):
        days = _Days(drawn_in, np.where(known, effect, 0), past.calendar.weekday[: past.n])
        tried = [days.level(*halves) for halves in product(LEVEL_DAYS, WEEKDAY_WEEKS)]
        best = min(tried, key=lambda each: float(np.nansum(np.abs(each.others * effect - came)[known])))
        usual = best.others * effect
        reach = FAR_ROOTS * np.sqrt(np.nan_to_num(usual))
        low, high = np.minimum(usual / FAR, usual - reach), np.maximum(usual * FAR, usual + reach)
        drawn_in = np.where(known & ~np.isnan(usual), np.clip(came, low, high), came)
    return np.where(past.is_open[: past.n], best.with_own(came / effect) * effect, 0)


@dataclass(frozen=True)
class Around:
    """What the rows around each row say of it, and the weight it would have itself beside them."""

    others: np.ndarray
    own_weight: np.ndarray

    def with_own(self, own: np.ndarray) -> np.ndarray:
        """The same, the row's own value having its fair say."""
        say = 1 - np.sqrt(1 - self.own_weight)
        return np.where(say > 0, self.others + say * (own - self.others), self.others)


@dataclass(frozen=True)
class _Days:
    """Contacts of each day, what the calendar makes usual (0 where unknown), and the weekday, all (n,)."""

    counts: np.ndarray
    usual: np.ndarray
    weekday: np.ndarray

    def level(self, level_days: float, weekday_weeks: float) -> Around:
        """Each day without its calendar effect: the level around it x its weekday."""
        even = np.bincount(self.weekday, self.counts, 7)
        even = (even / np.maximum(np.bincount(self.weekday, self.usual, 7), 1e-9))[self.weekday]
        level = _ratio(self.counts, self.usual * even, half_life=level_days, lag=1)
        beneath = self.usual * np.nan_to_num(level.others)
        shape = _ratio(self.counts, beneath, half_life=weekday_weeks, lag=WEEK)
        weekday = np.where(np.isnan(shape.others), even, shape.others)
        own = 1 - (1 - level.own_weight) * (1 - shape.own_weight)
        return Around(level.others * weekday, np.where(self.usual > 0, own, 0))


def _ratio(part: np.ndarray, whole: np.ndarray, *, half_life: float, lag: int) -> Around:
    """Sum of `part` around each row over that of `whole`, the row itself left out; NaN where that is 0."""
    above, below = (_around(each, half_life=half_life, lag=lag) for each in (part, whole))
    found = below > 1e-12
    own = np.where(found, whole / np.maximum(whole + below, 1e-12), 0)
    return Around(np.where(found, above / np.maximum(below, 1e-12), np.nan), own)


def _around(values: np.ndarray, *, half_life: float, lag: int) -> np.ndarray:
    """Sum of the rows `lag`, 2 x `lag`, ... before and after each, halved every `half_life` such steps."""
    kept = 0.5 ** (1 / half_life)
    step = np.r_[np.zeros(lag), kept]
    before = lfilter(step, np.r_[1, -step[1:]], values, axis=0)
    after = lfilter(step, np.r_[1, -step[1:]], values[::-1], axis=0)[::-1]
    result: np.ndarray = before + after
    return result


def shares_in_hindsight(past: SlotPast) -> np.ndarray:
    """Share of its day of one interval of each slot (days x slots), as the days around it spread."""
    contacts = np.where(past.ordinary[:, None], past.contacts, 0)
    totals = np.where(past.ordinary, past.totals, 0)[:, None]
    own = contacts / np.maximum(totals * past.intervals, 1e-9)
    tried = [
        _profile(contacts, totals, weeks=weeks, pooled=pooled)
        for weeks, pooled in product(PROFILE_WEEKS, POOLED)
    ]
    shares = [interval_shares(each.others, past.intervals) for each in tried]
    missed = [np.abs(each * past.intervals * totals - contacts)[past.ordinary].sum() for each in shares]
    best = int(np.argmin(missed))
    return np.where(past.intervals > 0, Around(shares[best], tried[best].own_weight).with_own(own), 0)


def _profile(contacts: np.ndarray, totals: np.ndarray, *, weeks: float, pooled: float) -> Around:
    """Shares of the slots of each day by the days around it, the same weekday above others."""
    above, below = (
        (1 - pooled) * _around(each, half_life=weeks, lag=WEEK)
        + pooled * _around(each, half_life=weeks * WEEK, lag=1)
        for each in (contacts, totals)
    )
    even = contacts.sum(axis=0) / max(float(totals.sum()), 1e-9)
    shares = np.where(below > 1e-12, above / np.maximum(below, 1e-12), even)
    return Around(shares, totals / np.maximum(totals + below, 1e-12))
