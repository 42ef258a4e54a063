"""Agents who have the same contract and queues, counted: how many of them work which shift on which day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.scheduling.problem import (
    AFTER_REST,
    BEGIN,
    CLASS,
    END,
    FIRST,
    FORBIDDEN,
    FRESH,
    GROUP,
    LAST,
    NEXT_DAY,
    NIGHT,
    PART,
    WHICH,
    WHOLE,
    Problem,
)
from staffing.scheduling.whole.programme import Programme


@dataclass(frozen=True)
class Group:
    """Agents alike: the kind of their contract, the set of queues they serve, and who they are."""

    kind: int
    queues: tuple[int, ...]
    members: np.ndarray


@dataclass(frozen=True)
class Day:
    """A group's shifts of one day: the columns that count them, their rows of Shifts.starts, who can work."""

    columns: np.ndarray
    starts: np.ndarray
    able: np.ndarray  # of the members, bool


@dataclass(frozen=True)
class Presence:
    """The rows that hold who is on contact: set of queues x share x interval, and where anybody can be."""

    first: dict[tuple[int, ...], int]
    shape: tuple[int, int]  # X, T
    reached: dict[tuple[int, ...], np.ndarray]

    def put(
        self,
        programme: Programme,
        queues: tuple[int, ...],
        x: int,
        span: tuple[int, int],
        column: int,
        sign: float,
    ) -> None:
        """A column on contact (or off it again) in a span of intervals; past the horizon nothing counts."""
        t = np.arange(span[0], min(span[1], self.shape[1]))
        programme.put(self.first[queues] + x * self.shape[1] + t, np.array(column), sign)
        self.reached[queues][x, t] = True


def groups_of(problem: Problem) -> list[Group]:
    """The groups that have a day to work."""
    staff = problem.staff
    known: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for a in np.flatnonzero((staff.days_left > 0).any(axis=1)):
        queues = tuple(sorted(int(q) for q in staff.queues[a] if q >= 0))
        known.setdefault((int(staff.kind[a]), queues), []).append(int(a))
    return [Group(kind, queues, np.array(members)) for (kind, queues), members in known.items()]


def presence_of(problem: Problem, groups: list[Group], programme: Programme) -> Presence:
    """Rows of who is on contact, not yet filled: as many as are sent to queues."""
    shape = len(problem.shifts.shares), problem.demand.need.shape[1]
    sets = dict.fromkeys(group.queues for group in groups)
    first = {queues: int(programme.add_rows(shape[0] * shape[1], 0.0, 0.0)[0]) for queues in sets}
    return Presence(first, shape, {queues: np.zeros(shape, bool) for queues in sets})


def post_people(problem: Problem, group: Group, programme: Programme, presence: Presence) -> None:
    """A group's shifts with their pauses, and the rules that hold for a sum of people."""
    days = [_day(problem, group, d, programme) for d in range(len(problem.day_begin) - 1)]
    for day in days:
        for column, start in zip(day.columns, day.starts):
            presence.put(programme, group.queues, 0, (start[BEGIN], start[END]), column, 1.0)
            _post_pauses(problem, group, (column, start), programme, presence)
        programme.at_most(day.columns, float(day.able.sum()))
    _post_rests(problem, group, days, programme)
    _post_contract(problem, group, days, programme)
    _post_rows(problem, group, days, programme)


def _day(problem: Problem, group: Group, d: int, programme: Programme) -> Day:
    staff, shifts, c = problem.staff, problem.shifts, group.kind
    starts = shifts.starts[c, d, : shifts.offered[c, d]]
    week = int(np.searchsorted(problem.week_day, d, side="right")) - 1
    free, after = (staff.free[group.members, n].astype(bool) for n in (d, d + 1))
    cost = staff.cost[group.members, d, : len(starts)]
    may = (cost < FORBIDDEN) & (free & (staff.days_left[group.members, week] > 0))[:, None]
    may &= after[:, None] | (starts[:, NIGHT] == 0)
    some = may.any(axis=0)
    cheapest = np.where(may, cost, np.inf).min(axis=0, initial=np.inf)[some]
    cheapest -= np.minimum(shifts.reward[starts[some, WHICH]], 0.0)  # overtime is paid on top
    columns = programme.add_columns(cheapest, may.sum(axis=0)[some])
    return Day(columns, starts[some], may.any(axis=1))


def _post_pauses(
    problem: Problem,
    group: Group,
    of: tuple[np.integer, np.ndarray],
    programme: Programme,
    presence: Presence,
) -> None:
    """Every pause of every one at work begins once, within its window."""
    column, start = of
    m = start[WHICH]
    for pause in problem.shifts.pauses[m, : problem.shifts.pause_count[m]]:
        offsets = np.arange(pause[FIRST], pause[LAST] + 1)
        begins = programme.add_columns(np.zeros(len(offsets)), float(len(group.members)))
        row = programme.add_rows(1, 0.0, 0.0)
        programme.put(row, begins, 1.0)
        programme.put(row, np.array(column), -1.0)
        for begin, t in zip(begins, start[BEGIN] + offsets):
            back = t + pause[WHOLE]
            presence.put(programme, group.queues, 0, (t, back + (pause[PART] > 0)), begin, -1.0)
            if pause[PART] > 0:
                presence.put(programme, group.queues, pause[PART], (back, back + 1), begin, 1.0)


def _post_rests(problem: Problem, group: Group, days: list[Day], programme: Programme) -> None:
    """Who works so late that the rest is too short cannot be who begins early the day after."""
    for d in range(1, len(days)):
        late, early = days[d - 1], days[d]
        least = problem.shifts.groups[group.kind, d, early.starts[:, GROUP], AFTER_REST]
        number = float((late.able | early.able).sum())
        for r in np.unique(least):
            one, two = late.columns[late.starts[:, CLASS] >= r], early.columns[least <= r]
            if len(one) and len(two):
                programme.at_most(np.concatenate([one, two]), number)


def _post_contract(problem: Problem, group: Group, days: list[Day], programme: Programme) -> None:
    """Days and hours of the contracts, week by week; what is left idle has its price."""
    staff, shifts, c = problem.staff, problem.shifts, group.kind
    counted = shifts.unit_count[c] > 1
    for w, (first, end) in enumerate(zip(problem.week_day[:-1], problem.week_day[1:])):
        week = days[first:end]
        columns, starts = (
            np.concatenate(parts) for parts in zip(*((day.columns, day.starts) for day in week))
        )
        if not len(columns):
            continue
        days_left = np.minimum(np.sum([day.able for day in week], axis=0), staff.days_left[group.members, w])
        units = shifts.units[starts[:, WHICH]] if counted else np.ones(len(columns))
        own = units > 0  # hours of the contract, not overtime
        if not own.any():
            programme.at_most(columns, float(days_left.sum()))
            continue
        left = float((staff.units_left[group.members, w] if counted else days_left).sum())
        (price,) = np.unique(np.round(shifts.reward[starts[own, WHICH]] / units[own], 9))
        idle = programme.add_columns(np.array([price]), left)
        row = programme.add_rows(1, left, left)
        programme.put(row, columns, units)
        programme.put(row, idle, 1.0)
        programme.constant -= price * left
        if counted:
            programme.at_most(columns, float(days_left.sum()))


def _post_rows(problem: Problem, group: Group, days: list[Day], programme: Programme) -> None:
    """Nobody works more days in a row than the longest stretch of day work (nights have no longer one)."""
    longest = _longest(problem.shifts.stretch[group.kind, 0], len(days))
    for first in range(len(days) - longest):
        window = days[first : first + longest + 1]
        able = np.sum([day.able for day in window], axis=0)
        columns = np.concatenate([day.columns for day in window])
        programme.at_most(columns, float(np.minimum(able, longest).sum()))


def _longest(line: np.ndarray, days: int) -> int:
    """Most days in a row from a fresh start, `days` at most."""
    place, longest = line[FRESH, 0], 0
    while place >= 0 and longest < days:
        place, longest = line[NEXT_DAY, place], longest + 1
    return longest
