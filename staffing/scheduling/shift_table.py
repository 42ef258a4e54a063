"""The shifts of each kind of contract, day by day, as the arrays of `Shifts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import gcd, inf

import numpy as np
import pandas as pd

from staffing.labour import Limits
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import AFTER_LONG, AFTER_REST, BEGIN, BY_RANK, END, WHICH, Shifts
from staffing.shifts import Shift

Arrays = dict[str, np.ndarray]


Lawful = Callable[[pd.DataFrame], np.ndarray]


def any_shift(shifts: pd.DataFrame) -> np.ndarray:
    """Every shift stands (rows with start, end and paid_h)."""
    return np.ones(len(shifts), bool)


@dataclass(frozen=True)
class Kind:
    """A contract at a site: its shifts, what the rules allow, and the price of an idle contract hour.

    `lawful` says which shifts (rows with start, end and paid_h) stand on their day.
    """

    shifts: tuple[Shift, ...]
    limits: Limits
    idle_price: float
    lawful: Lawful = any_shift

    @property
    def unit_min(self) -> int:
        """The unit in which contract hours are counted; 0 where every shift is as long."""
        lengths = {shift.paid_min for shift in self.shifts}
        return reduce(gcd, lengths) if len(lengths) > 1 else 0

    def units(self, hours: np.ndarray) -> np.ndarray:
        """Hours in whole units, rounded down; 0 where counting days is enough."""
        return np.floor(hours * 60 / self.unit_min + 1e-9) if self.unit_min else np.zeros_like(hours)

    def days(self, hours: np.ndarray) -> np.ndarray:
        """Most shifts that fit into the hours of a week and the days of the contract."""
        shortest_h = min((shift.paid_min for shift in self.shifts), default=inf) / 60
        return np.minimum(np.floor(hours / shortest_h + 1e-9), self.limits.week_days)


def shift_table(kinds: Sequence[Kind], clock: Clock, is_open: np.ndarray) -> Shifts:
    """The arrays of all kinds; a shift stands on a day when the site is open all through it.

    `is_open` counts the open intervals before each interval (`Clock.when`).
    """
    return Shifts(
        **_types(kinds, clock.interval_min),
        **_calendar([_starts(kind, clock, is_open) for kind in kinds], kinds, clock),
        **_stretches([kind.limits for kind in kinds]),
    )


def _types(kinds: Sequence[Kind], interval_min: int) -> Arrays:
    """What each shift is: reward, contract hours and pauses, one row per shift of all kinds."""
    rows = [(kind, shift) for kind in kinds for shift in kind.shifts]
    left = {pause.minutes % interval_min for _, shift in rows for pause in shift.pauses} - {0}
    rests = [0, *sorted(left)]
    pauses = np.zeros((len(rows), max((len(shift.pauses) for _, shift in rows), default=0) or 1, 4), np.int64)
    for m, (_, shift) in enumerate(rows):
        for p, pause in enumerate(shift.pauses):
            whole, rest = divmod(pause.minutes, interval_min)
            first, last = pause.earliest_min // interval_min, pause.latest_min // interval_min
            pauses[m, p] = first, last, whole, rests.index(rest)
    return {
        "reward": np.array([kind.idle_price * shift.paid_min / 60 for kind, shift in rows]),
        "units": np.array([s.paid_min // k.unit_min if k.unit_min else 0 for k, s in rows], np.int64),
        "unit_count": np.array([int(k.units(np.array(k.limits.week_h))) + 1 for k in kinds], np.int64),
        "pause_count": np.array([len(shift.pauses) for _, shift in rows], np.int64),
        "pauses": pauses,
        "shares": 1 - np.array(rests) / interval_min,
    }


def _starts(kind: Kind, clock: Clock, is_open: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First interval of each shift on each day (-1: not that day), and its end: shift x day.

    A shift needs the site open throughout, and an end early enough that one free day keeps the daily
    rest and two free days the weekly rest, as the engine takes for granted.
    """
    spans = np.array([shift.span_min // clock.interval_min for shift in kind.shifts], np.int64)[:, None]
    begin = np.array([clock.starts(shift.start_min) for shift in kind.shifts], np.int64)
    begin = begin.reshape(len(spans), clock.days)
    end = begin + spans
    an_hour, days = 60 / clock.interval_min, np.arange(clock.days)
    stands = (begin >= 0) & (is_open[np.maximum(end, 0)] - is_open[np.maximum(begin, 0)] == spans)
    stands &= end + kind.limits.rest_h * an_hour <= clock.day_begin[days + 2]
    stands &= end + kind.limits.long_rest_h * an_hour <= clock.day_begin[days + 3]
    stands[stands] = _lawful(kind, clock, begin, stands)
    return np.where(stands, begin, -1), np.where(stands, end, -1)


def _lawful(kind: Kind, clock: Clock, begin: np.ndarray, stands: np.ndarray) -> np.ndarray:
    """Which of the shifts that stand (shift x day) the rules on single shifts let stand, row by row."""
    shift, day = np.nonzero(stands)
    span_min = np.array([each.span_min for each in kind.shifts], np.int64)[shift]
    start = clock.intervals[begin[shift, day]]
    end = start + pd.to_timedelta(span_min, unit="min")
    paid_h = np.array([each.paid_min for each in kind.shifts], float)[shift] / 60
    return kind.lawful(pd.DataFrame({"start": start, "end": end, "paid_h": paid_h}))


def _calendar(starts: Sequence[tuple[np.ndarray, np.ndarray]], kinds: Sequence[Kind], clock: Clock) -> Arrays:
    """Which shifts may start on which day, in order of start, and which may follow one another."""
    count = np.array([(begin >= 0).sum(axis=0) for begin, _ in starts], np.int64).reshape(
        len(kinds), clock.days
    )
    table = np.zeros((*count.shape, max(int(count.max(initial=0)), 1), 8), np.int64)
    offsets = np.cumsum([0] + [len(kind.shifts) for kind in kinds])
    for c, d in product(range(len(kinds)), range(clock.days)):
        begin, end = (times[:, d] for times in starts[c])
        table[c, d, : count[c, d], :AFTER_REST] = _day(begin, end, int(clock.day_begin[d + 1]))
        table[c, d, : count[c, d], WHICH] += offsets[c]
    an_hour = 60 / clock.interval_min
    for (c, kind), d in product(enumerate(kinds), range(clock.days)):
        for column, back, rest_h in (
            (AFTER_REST, 1, kind.limits.rest_h),
            (AFTER_LONG, 2, kind.limits.long_rest_h),
        ):
            if d >= back:
                before, day = (table[c, x, : count[c, x]] for x in (d - back, d))
                ends = before[before[:, BY_RANK], END]
                day[:, column] = np.searchsorted(ends, day[:, BEGIN] - rest_h * an_hour + 1e-9, side="right")
    return {"offered": count, "starts": table}


def _day(begin: np.ndarray, end: np.ndarray, midnight: int) -> np.ndarray:
    """The shifts of one day that stand, in order of start: columns WHICH to BY_RANK."""
    order = np.lexsort((end, begin))
    which = order[begin[order] >= 0]
    by_rank = np.argsort(end[which], kind="stable")
    rank = np.argsort(by_rank, kind="stable")
    return np.stack([which, begin[which], end[which], end[which] > midnight, rank, by_rank], axis=1)


def _stretches(limits: Sequence[Limits]) -> Arrays:
    """How days since the last weekly rest and days in a row add up, for each kind of contract."""
    moves = [_stretch(limit) for limit in limits]
    most = max((len(next_day) for next_day, _ in moves), default=1)
    padded = [[row + [-1] * (most - len(row)) for row in pair] for pair in moves]
    return {"stretch": np.array(padded, np.int64).reshape(len(moves), 2, most)}


def _stretch(limits: Limits) -> tuple[list[int], list[int]]:
    """Places of a stretch: (days since the last weekly rest, days in a row); the first is (1, 1).

    Where every night is rest enough for the week, only the days in a row count.
    """
    stretch = limits.stretch_days if limits.long_rest_h > limits.rest_h else 366
    most = min(limits.consecutive_days, stretch, 31)
    if stretch > 31:
        return [n + 1 if n + 1 < most else -1 for n in range(most)], [0] * most
    if most == stretch:
        return _numbered([(n, 0) for n in range(1, stretch + 1)])
    return _numbered([(n, r) for n in range(1, stretch + 1) for r in range(1, min(n, most) + 1)])


def _numbered(places: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Numbers of the places after one more day, and after a free day too short for a weekly rest."""
    number = {place: n for n, place in enumerate(places)}
    row = [0 if r == 0 else r + 1 for _, r in places]
    day = [number.get((n + 1, r), -1) for (n, _), r in zip(places, row)]
    gap = [number.get((n + 2, min(r, 1)), -1) for n, r in places]
    return day, gap
