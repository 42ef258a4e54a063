"""An agent's best legal roster over the whole horizon, exactly, at given prices: what the bound asks for.

The states are those of a week (`week.py`): contract used, class of the last shift, place in the stretch
since the last weekly rest. A Monday forgets the contract used and nothing else, so that rests, days in a
row and nights go on over the seam. Each week has two levels before its first day: the last two days of
the week before, the best of all contract uses. What is capped over weeks is left out, which can only
raise what an agent earns: the bound stays one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.around import GAP, RESTED
from staffing.scheduling.problem import (
    AFTER_LONG,
    AFTER_REST,
    FRESH,
    INTO,
    LINE,
    NEXT_DAY,
    NEXT_GAP,
    UNITS,
    Problem,
)
from staffing.scheduling.values import BEFORE, NONE, Scratch, group_values, scratch_for
from staffing.scheduling.week import REACHED


class Weeks(NamedTuple):
    """Best values of all states of an agent, week by week; levels are its days after two before them."""

    worked: np.ndarray  # week x level x contract used x class x place
    peak: np.ndarray  # week x level x contract used x place: best of `worked` over classes
    rested: np.ndarray  # week x level x contract used
    day: np.ndarray  # place: best value of yesterday's classes that leave the daily rest
    chosen: np.ndarray  # day: place in the day's list of the shift worked, -1 free


def weeks_for(problem: Problem) -> Weeks:
    """Room for every agent of a problem."""
    shifts, weeks = problem.shifts, len(problem.week_day) - 1
    levels, used = 7 + BEFORE, 8 * int(shifts.unit_count.max(initial=1))
    places, classes = shifts.stretch.shape[3], max(int(shifts.classes.max(initial=1)), 2)
    return Weeks(
        np.full((weeks, levels, used, classes, places), NONE),
        np.full((weeks, levels, used, places), NONE),
        np.full((weeks, levels, used), NONE),
        np.full(places, NONE),
        np.full(len(problem.day_begin) - 1, -1, np.int64),
    )


def horizon_scratch(problem: Problem) -> Scratch:
    """Room for `shift_values` and `group_values` over all days at once."""
    room, days, shifts = scratch_for(problem), len(problem.day_begin) - 1, problem.shifts
    intervals = int(problem.day_begin[-1]) + len(room.part)
    return room._replace(
        prefix=np.zeros(intervals + 1),
        best=np.zeros((len(shifts.shares), intervals)),
        queue=np.zeros((len(shifts.shares), intervals), np.int8),
        value=np.full((days, shifts.starts.shape[2]), NONE),
        pause=np.zeros((days, shifts.starts.shape[2], shifts.pauses.shape[1]), np.int16),
        group=np.full((days, shifts.groups.shape[2]), NONE),
        chosen=np.zeros((days, shifts.groups.shape[2]), np.int64),
        full=np.zeros(intervals + 1, np.int64),
        ban=np.zeros(days, np.int64),
    )


@part
def uses(problem: Problem, a: int, w: int) -> int:
    """Number of contract uses to tell apart in a week."""
    days = problem.week_day[w + 1] - problem.week_day[w]
    return (min(problem.staff.days_left[a, w], days) + 1) * problem.shifts.unit_count[problem.staff.kind[a]]


@entry
def forget(problem: Problem, a: int, w: int, room: Weeks) -> None:
    """No state of a week is reached yet."""
    _, _, _, classes, places = room.worked.shape
    for level in range(problem.week_day[w + 1] - problem.week_day[w] + BEFORE):
        for k in range(uses(problem, a, w)):
            room.rested[w, level, k] = NONE
            for j in range(places):
                room.peak[w, level, k, j] = NONE
            for r in range(classes):
                for j in range(places):
                    room.worked[w, level, k, r, j] = NONE


@part
def enter(problem: Problem, a: int, room: Weeks) -> None:
    """How the agent comes into the first day."""
    how = problem.staff.entry[a, 0]
    place, last = problem.staff.entry[a, 1], problem.staff.entry[a, 2]
    if how == RESTED:
        room.rested[0, BEFORE - 1, 0] = 0.0
    else:
        room.worked[0, how - GAP, 0, last, place] = 0.0
        room.peak[0, how - GAP, 0, place] = 0.0


@entry
def carry(problem: Problem, a: int, w: int, room: Weeks) -> None:
    """The last two days of week w - 1 become the two levels before week w, whatever was used."""
    _, _, _, classes, places = room.worked.shape
    top = problem.week_day[w] - problem.week_day[w - 1] + 1
    for k in range(uses(problem, a, w - 1)):
        room.rested[w, 1, 0] = max(room.rested[w, 1, 0], room.rested[w - 1, top, k])
        for back in range(BEFORE):
            here, then = 1 - back, top - back
            for j in range(places):
                room.peak[w, here, 0, j] = max(room.peak[w, here, 0, j], room.peak[w - 1, then, k, j])
                for r in range(classes):
                    x = room.worked[w - 1, then, k, r, j]
                    room.worked[w, here, 0, r, j] = max(room.worked[w, here, 0, r, j], x)


@entry
def one_use(problem: Problem, at: tuple[int, int, int, int, int], group: np.ndarray, room: Weeks) -> None:
    """Every group of a day after one contract use's states; `at` is (agent, day, week, level, used).

    Groups come in order of start, so the classes of earlier days that leave rest enough only grow in number.
    """
    a, d, w, level, k = at
    shifts, c, alone = problem.shifts, problem.staff.kind[a], problem.taste.alone
    base, places, units_left = shifts.unit_count[c], shifts.stretch.shape[3], problem.staff.units_left[a, w]
    fresh, rested, yesterday, some = room.rested[w, level - 1, k], 0, 0, False
    over = d == 0 or not problem.staff.must[a, d - 1]  # the day before may be free
    for j in range(places):
        room.day[j] = NONE
        some |= over and room.peak[w, level - 2, k, j] > REACHED
    for g in range(shifts.grouped[c, d]):
        value, line = group[d, g], shifts.groups[c, d, g, LINE]
        while some and rested < shifts.groups[c, d, g, AFTER_LONG]:
            for j in range(places):
                fresh = max(fresh, room.worked[w, level - 2, k, rested, j] - alone)
            rested += 1
        while yesterday < shifts.groups[c, d, g, AFTER_REST]:
            for j in range(places):
                room.day[j] = max(room.day[j], room.worked[w, level - 1, k, yesterday, j])
            yesterday += 1
        units = k % base + shifts.groups[c, d, g, UNITS]
        if value < REACHED or units > units_left:
            continue
        used, r = (k // base + 1) * base + units, shifts.groups[c, d, g, INTO]
        new = shifts.stretch[c, line, FRESH, 0]
        if new >= 0:
            room.worked[w, level, used, r, new] = max(room.worked[w, level, used, r, new], fresh + value)
        for j in range(places):
            on, gap = shifts.stretch[c, line, NEXT_DAY, j], shifts.stretch[c, line, NEXT_GAP, j]
            if on >= 0:
                x = room.day[j] + value
                room.worked[w, level, used, r, on] = max(room.worked[w, level, used, r, on], x)
            if some and gap >= 0:
                x = room.peak[w, level - 2, k, j] - alone + value
                room.worked[w, level, used, r, gap] = max(room.worked[w, level, used, r, gap], x)


@part
def one_day(problem: Problem, at: tuple[int, int, int, int], group: np.ndarray, room: Weeks) -> None:
    """A day after every state of the days before; `at` is (agent, day, week, level)."""
    a, d, w, level = at
    c, places = problem.staff.kind[a], room.peak.shape[3]
    base, most = problem.shifts.unit_count[c], uses(problem, a, w)
    over = d == 0 or not problem.staff.must[a, d - 1]
    for k in range(min((level - BEFORE + 1) * base, most)):
        rested = room.rested[w, level - 1, k]
        for j in range(places):
            rested = max(rested, room.peak[w, level - 2, k, j] if over else NONE)
        room.rested[w, level, k] = NONE if problem.staff.must[a, d] else rested
        if k + base < most:
            one_use(problem, (a, d, w, level, k), group, room)
    for k in range(base, min((level - BEFORE + 2) * base, most)):
        for r in range(problem.shifts.classes[c, d]):
            for j in range(places):
                room.peak[w, level, k, j] = max(room.peak[w, level, k, j], room.worked[w, level, k, r, j])


@part
def forward(problem: Problem, a: int, group: np.ndarray, room: Weeks) -> None:
    """Fill every state of every week at the values of the agent's groups (day x G)."""
    for w in range(len(problem.week_day) - 1):
        forget(problem, a, w, room)
        if w == 0:
            enter(problem, a, room)
        else:
            carry(problem, a, w, room)
        for d in range(problem.week_day[w], problem.week_day[w + 1]):
            one_day(problem, (a, d, w, d - problem.week_day[w] + BEFORE), group, room)


@entry
def most_earned(problem: Problem, a: int, room: Weeks, scratch: Scratch) -> float:
    """Most that agent a can earn at the values of its shifts (`scratch.value`); fills all states.

    Under REACHED when the agent has no legal roster.
    """
    days = len(problem.day_begin) - 1
    group_values(problem, a, 0, days, scratch)
    forward(problem, a, scratch.group, room)
    w, best = len(problem.week_day) - 2, NONE
    top = days - problem.week_day[w] + 1
    for k in range(uses(problem, a, w)):
        best = max(best, room.rested[w, top, k])
        for j in range(room.peak.shape[3]):
            best = max(best, room.peak[w, top, k, j])
            if not problem.staff.must[a, days - 1]:
                best = max(best, room.peak[w, top - 1, k, j])
    return best
