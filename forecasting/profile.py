"""The profile of the day: which share of a day's contacts comes in which interval.

Shares per weekday, exponentially weighted over the past days and shrunk to weekdays of a similar
shape. Twenty variants (five half-lives x four strengths of shrinkage) are averaged by how well each
would have shared out past days, seen from the backtest's origins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from forecasting.day_shape import Marks, Seen, marks, shifted
from forecasting.history import QueueHistory
from forecasting.past import Calendar

HALF_LIVES = np.array([14.0, 28.0, 56.0, 112.0, 1000.0])  # days
SHRINKAGE = np.array([0.0, 0.5, 2.0, 8.0])  # days' worth of similar weekdays
SHARPNESS = 16  # weights of the variants fall with the 16th power of their error
SCORED = 14  # days after an origin on which the variants are scored
UNLIKE = 0.01  # squared distance of root shares at which a weekday counts 1/e
RECENT, OUTLIER = 26, 4.0  # same weekdays that say what is usual; deviations beyond are drawn in
TRACE = 1e-3  # of the long-run shape is always left, so that a silent weekday still has one
HOLIDAY_PRIOR = 2  # ordinary days' worth of the weekday in a holiday's profile


@dataclass(frozen=True)
class SlotPast:
    """How contacts spread over past days (days x slots), and which days can teach it.

    `intervals` counts the open intervals of each slot, past and coming; `teaches` are complete past
    days of 24 hours with contacts. `marks` are what else the shape may depend on; None = nothing.
    """

    contacts: np.ndarray
    intervals: np.ndarray
    weekday: np.ndarray
    is_holiday: np.ndarray
    teaches: np.ndarray
    marks: Marks | None = None

    @cached_property
    def ordinary(self) -> np.ndarray:
        """Days that can teach and are no holiday (days,)."""
        return self.teaches & ~self.is_holiday

    @cached_property
    def totals(self) -> np.ndarray:
        """Contacts of each day (days,), unknown intervals left out."""
        return np.asarray(self.contacts.sum(axis=1))


@dataclass(frozen=True)
class Profiles:
    """What was known of the profile at a cutoff: variants (20 x 7 x slots), and days and mean of holidays.

    `usual` are the contacts of the ordinary days it was learned from, slots far off drawn in (n x slots).
    """

    weekdays: np.ndarray
    usual: np.ndarray
    holidays_seen: int
    holiday: np.ndarray

    def shares(self, past: SlotPast, rows: np.ndarray, *, weights: np.ndarray) -> np.ndarray:
        """Share of its day that one interval of each slot gets (rows x slots), variants mixed by weight."""
        usual = np.tensordot(weights, self.weekdays, axes=1)[past.weekday[rows]]
        seen = self.holidays_seen
        special = (seen * self.holiday + HOLIDAY_PRIOR * usual) / (seen + HOLIDAY_PRIOR)
        return interval_shares(np.where(past.is_holiday[rows, None], special, usual), past.intervals[rows])


def slot_past(history: QueueHistory, calendar: Calendar) -> SlotPast:
    """The past of one queue; days on which half of its customers have a holiday are holidays."""
    known = ~np.isnan(history.contacts)
    contacts = np.where(known, history.contacts, 0)
    teaches = known.all(axis=1) & history.open_days & (contacts.sum(axis=1) > 0)
    teaches &= ~history.grid.clock_changes
    teaches[history.grid.axis.cutoff :] = False
    return SlotPast(
        contacts,
        history.grid.open_intervals,
        calendar.weekday,
        calendar.special.holiday >= 0.5,
        teaches,
        marks(calendar),
    )


def interval_shares(profile: np.ndarray, intervals: np.ndarray) -> np.ndarray:
    """Share of its day of one interval in each slot (days x slots), from a usual day's shares by slot.

    Closed slots get nothing. Where the clock repeats an hour, both its intervals get their share; where
    it skips one, the others share its contacts: a day's intervals always add up to 1.
    """
    is_open = intervals > 0
    total = (profile * intervals).sum(axis=-1, keepdims=True)
    even = is_open / np.maximum(intervals.sum(axis=-1, keepdims=True), 1)
    return np.where(total > 0, profile * is_open / np.where(total > 0, total, 1), even)


def shares_ahead(past: SlotPast, cutoffs: np.ndarray, *, horizon: int) -> list[np.ndarray]:
    """Interval shares (days ahead x slots) as forecast at each cutoff, in order of time.

    At a cutoff nothing later is used, neither by a profile nor by the weights of its variants.
    """
    errors = np.zeros((len(cutoffs), len(HALF_LIVES) * len(SHRINKAGE)))
    result = []
    for k, cutoff in enumerate(cutoffs):
        known = profiles(past, int(cutoff))
        weights = _weights(errors[:k][cutoffs[:k] + SCORED <= cutoff].sum(axis=0))
        rows = np.arange(cutoff, min(cutoff + horizon, len(past.weekday)))
        result.append(_shaped(known, past, rows, weights=weights))
        errors[k] = _errors(known, past, rows[: min(SCORED, int(cutoffs[-1] - cutoff))])
    return result


def _shaped(known: Profiles, past: SlotPast, rows: np.ndarray, *, weights: np.ndarray) -> np.ndarray:
    """Interval shares of consecutive days ahead, the calendar's and the last days' shape put in."""
    usual = known.shares(past, rows, weights=weights)
    before = np.flatnonzero(past.ordinary[: rows[0]])
    if past.marks is None or not len(before):
        return usual
    first, end = int(before[0]), int(rows[-1]) + 1
    expected = known.shares(past, before, weights=weights) * past.intervals[before]
    seen = Seen(before - first, known.usual, expected)
    columns = past.marks.known_since(int(rows[0]) - first)[first:end]
    is_open = np.asarray(past.intervals[first:end].any(axis=1))
    moved = shifted(usual * past.intervals[rows], seen, columns, is_open=is_open)
    by_interval = moved / np.maximum(past.intervals[rows], 1)
    result: np.ndarray = np.where(past.is_holiday[rows, None], usual, by_interval)
    return result


def profiles(past: SlotPast, cutoff: int) -> Profiles:
    """Every variant of the profile from the days before `cutoff`."""
    rows = np.flatnonzero(past.ordinary[:cutoff])
    usual = _drawn_in(past, rows)
    shares = usual / np.maximum(usual.sum(axis=1, keepdims=True), 1e-9)
    weekday = np.eye(7)[past.weekday[rows]]
    long_run = _normal(np.einsum("nd,ns->ds", weekday, usual) + 1e-9)
    similar = _similarity(long_run)
    variants = []
    for half_life in HALF_LIVES:
        weight = weekday * (0.5 ** ((cutoff - 1 - rows) / half_life))[:, None]
        own = np.einsum("nd,ns->ds", weight, shares)
        parent = _normal(similar @ own + 1e-12)
        variants += [_normal(own + strength * parent + TRACE * long_run) for strength in SHRINKAGE]
    holidays = np.flatnonzero((past.teaches & past.is_holiday)[:cutoff])
    holiday = past.contacts[holidays] / np.maximum(past.totals[holidays, None], 1e-9)
    mean = holiday.mean(axis=0) if len(holidays) else np.zeros(past.contacts.shape[1])
    return Profiles(np.array(variants), usual, len(holidays), mean)


def _errors(known: Profiles, past: SlotPast, rows: np.ndarray) -> np.ndarray:
    """Sum of absolute errors of each variant when past days' totals are shared out by it (variants,)."""
    rows = rows[past.ordinary[rows]]
    expected = interval_shares(known.weekdays[:, past.weekday[rows]], past.intervals[rows])
    expected = expected * (past.intervals[rows] * past.totals[rows, None])
    result: np.ndarray = np.abs(expected - past.contacts[rows]).sum(axis=(1, 2))
    return result


def _weights(errors: np.ndarray) -> np.ndarray:
    if errors.min() <= 0:
        return np.full(len(errors), 1 / len(errors))
    weights = (errors.min() / errors) ** SHARPNESS
    result: np.ndarray = weights / weights.sum()
    return result


def _normal(shares: np.ndarray) -> np.ndarray:
    result: np.ndarray = shares / np.maximum(shares.sum(axis=-1, keepdims=True), 1e-12)
    return result


def _similarity(long_run: np.ndarray) -> np.ndarray:
    """How much each weekday is like each other (7 x 7), 1 on the diagonal."""
    root = np.sqrt(long_run)
    distance = ((root[:, None] - root[None]) ** 2).sum(axis=2)
    result: np.ndarray = np.exp(-distance / UNLIKE)
    return result


def _drawn_in(past: SlotPast, rows: np.ndarray) -> np.ndarray:
    """Contacts of the rows, slots far from their weekday's usual drawn in (rows x slots)."""
    contacts = past.contacts[rows]
    total = np.maximum(contacts.sum(axis=1, keepdims=True), 1)
    for d in range(7):
        here = np.flatnonzero(past.weekday[rows] == d)[-RECENT:]
        if len(here) < 6:
            continue
        size = total[here] / np.median(total[here])
        root = np.sqrt(contacts[here] / size)
        middle = np.median(root, axis=0)
        reach = OUTLIER * (1.4826 * np.median(np.abs(root - middle), axis=0) + 0.5)
        low, high = np.maximum(middle - reach, 0) ** 2 * size, (middle + reach) ** 2 * size
        contacts[here] = np.clip(contacts[here], low, high)
    return contacts
