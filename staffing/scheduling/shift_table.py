"""The shifts of each kind of contract, day by day, as the arrays of `Shifts`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import gcd, inf
from typing import NamedTuple

import numpy as np
import pandas as pd

from staffing.labour import Limits
from staffing.local_spans import nights
from staffing.scheduling.classes import Day, day_groups
from staffing.scheduling.clock import Clock
from staffing.scheduling.counted import flags
from staffing.scheduling.problem import CLASS, CLOCK, COUNTED, FLAGS, GROUP, INTO, WHICH, Shifts
from staffing.scheduling.stretches import stretches
from staffing.shifts import Shift

Arrays = dict[str, np.ndarray]


Lawful = Callable[[pd.DataFrame], np.ndarray]


def any_shift(shifts: pd.DataFrame) -> np.ndarray:
    """Every shift stands (rows with start, end and paid_h)."""
    return np.ones(len(shifts), bool)


class Cap(NamedTuple):
    """The most of something counted in so many weeks in a row; `once` where a week counts at most once."""

    counted: str  # one of problem.COUNTED
    most: int
    weeks: int
    once: bool


@dataclass(frozen=True)
class Kind:
    """A contract at a site: its shifts, what the rules allow, and the price of an idle contract hour.

    `lawful` says which shifts (rows with start, end and paid_h) stand on their day. `contract_h` are the
    hours of a week that are no overtime; an hour of overtime costs `overtime_price`.
    """

    shifts: tuple[Shift, ...]
    limits: Limits
    idle_price: float
    lawful: Lawful = any_shift
    night: tuple[int, int] = (22, 6)  # local hours
    night_work_h: float = 3.0
    caps: tuple[Cap, ...] = ()
    contract_h: float = inf
    overtime_price: float = 0.0

    @property
    def unit_min(self) -> int:
        """The unit in which contract hours are counted; 0 where every shift is as long and none overtime."""
        lengths = {shift.paid_min for shift in self.shifts}
        return reduce(gcd, lengths) if len(lengths) > 1 or self.longest_overtime_h > 0 else 0

    @property
    def longest_overtime_h(self) -> float:
        """Paid hours of the longest shift of overtime; 0 where there is none."""
        return max((shift.paid_min for shift in self.shifts if shift.overtime), default=0) / 60

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
        stretch=stretches([kind.limits for kind in kinds]),
        caps=_caps(kinds),
    )


def _caps(kinds: Sequence[Kind]) -> np.ndarray:
    """The caps of all kinds, padded."""
    most = max((len(kind.caps) for kind in kinds), default=0)
    table = np.full((len(kinds), most, 4), -1, np.int64)
    for c, kind in enumerate(kinds):
        for n, cap in enumerate(kind.caps):
            table[c, n] = COUNTED.index(cap.counted), cap.most, cap.weeks, cap.once
    return table


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
        "reward": np.array([_hour_worth(kind, shift) * shift.paid_min / 60 for kind, shift in rows]),
        "units": np.array([_units(kind, shift) for kind, shift in rows], np.int64),
        "unit_count": np.array(
            [int(k.units(np.array(min(k.limits.week_h, k.contract_h)))) + 1 for k in kinds], np.int64
        ),
        "pause_count": np.array([len(shift.pauses) for _, shift in rows], np.int64),
        "pauses": pauses,
        "shares": 1 - np.array(rests) / interval_min,
    }


def _hour_worth(kind: Kind, shift: Shift) -> float:
    """An hour of the contract is paid in any case and better not idle; one of overtime is paid on top."""
    return -kind.overtime_price if shift.overtime else kind.idle_price


def _units(kind: Kind, shift: Shift) -> int:
    """Contract hours of a shift in units of the kind."""
    return 0 if shift.overtime or not kind.unit_min else shift.paid_min // kind.unit_min


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
    stands &= np.array([_on(shift, clock) for shift in kind.shifts], bool).reshape(stands.shape)
    held = np.array([shift.only_on is not None for shift in kind.shifts], bool)[np.nonzero(stands)[0]]
    stands[stands] = _lawful(kind, clock, begin, stands) | held  # what is held was judged before
    return np.where(stands, begin, -1), np.where(stands, end, -1)


def _on(shift: Shift, clock: Clock) -> np.ndarray:
    """The days of the horizon on which a shift may be worked at all."""
    if shift.only_on is None:
        return np.ones(clock.days, bool)
    return np.asarray(clock.calendar.isin([pd.Timestamp(day) for day in shift.only_on]))


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
    days = []
    for kind, (begin, end) in zip(kinds, starts):
        by_night = _by_night(kind, clock, begin, end)
        days.append(
            [_day(kind, clock, (begin[:, d], end[:, d], by_night[:, d]), d) for d in range(clock.days)]
        )
    grouped = [
        day_groups(row, limits=kind.limits, an_hour=60 / clock.interval_min) for kind, row in zip(kinds, days)
    ]
    count = np.array([[len(day.rows) for day in row] for row in days], np.int64).reshape(
        len(kinds), clock.days
    )
    groups = np.array([[len(found.groups) for found in row] for row in grouped], np.int64).reshape(
        count.shape
    )
    table = np.zeros((*count.shape, max(int(count.max(initial=0)), 1), 8), np.int64)
    alike = np.zeros((*count.shape, max(int(groups.max(initial=0)), 1), 5), np.int64)
    offsets = np.cumsum([0] + [len(kind.shifts) for kind in kinds])
    for c, d in product(range(len(kinds)), range(clock.days)):
        rows, found = table[c, d, : count[c, d]], grouped[c][d]
        rows[:] = days[c][d].rows
        rows[:, WHICH] += offsets[c]
        rows[:, GROUP] = found.group
        alike[c, d, : groups[c, d]] = found.groups
        rows[:, CLASS] = alike[c, d, found.group, INTO]
    classes = np.array([[found.classes for found in row] for row in grouped], np.int64).reshape(count.shape)
    return {"offered": count, "starts": table, "classes": classes, "grouped": groups, "groups": alike}


def _by_night(kind: Kind, clock: Clock, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Which shifts are night work, in elapsed hours as the rules count them: shift x day."""
    found, stands = np.zeros(begin.shape, bool), begin >= 0
    edges = (pd.Series(clock.intervals[times[stands]]) for times in (begin, end))
    days = pd.date_range(clock.calendar[0] - pd.Timedelta(days=1), periods=clock.days + 3).as_unit("us")
    hours = nights(days, clock.zone, night=kind.night).hours(*edges)
    found[stands] = hours >= kind.night_work_h - 1e-9
    return found


def _day(kind: Kind, clock: Clock, times: tuple[np.ndarray, np.ndarray, np.ndarray], d: int) -> Day:
    """The shifts of one day that stand, in order of start; `times` are begin, end and night work of each."""
    begin, end, by_night = times
    order = np.lexsort((end, begin))
    which = order[begin[order] >= 0]
    first, last = begin[which], end[which]
    rows = np.zeros((len(which), 8), np.int64)
    rows[:, :4] = np.stack([which, first, last, last > clock.day_begin[d + 1]], axis=1)
    start_min = np.array([kind.shifts[m].start_min for m in which], np.int64)
    span_min = (last - first) * clock.interval_min
    rows[:, FLAGS] = flags(start_min, span_min, by_night[which], weekday=clock.calendar[d].weekday())
    overtime = np.array([kind.shifts[m].overtime for m in which], np.int64)
    rows[:, FLAGS] |= overtime << COUNTED.index("overtime")
    rows[:, CLOCK] = start_min // clock.interval_min
    units = [_units(kind, kind.shifts[m]) for m in which]
    return Day(rows, np.array(units, np.int64))
