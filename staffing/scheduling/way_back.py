"""From the states of a horizon back to the roster that earns most: each step is the one that adds up exactly.

A state is (level, contract used, place, class) of its week; class -1 is rested.
"""

from __future__ import annotations

from staffing.compiled import entry, part
from staffing.scheduling.horizon import Weeks, uses
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
from staffing.scheduling.values import BEFORE, Scratch
from staffing.scheduling.week import REACHED


@entry
def of_value(room: Weeks, w: int, at: tuple[int, int], value: float) -> tuple[int, int, int, int]:
    """The worked state of a week's level and contract use that has a value; level -1 for none."""
    level, k = at
    for j in range(room.worked.shape[4]):
        if room.peak[w, level, k, j] == value:
            for r in range(room.worked.shape[3]):
                if room.worked[w, level, k, r, j] == value:
                    return level, k, j, r
    return -1, 0, 0, -1


@entry
def last_state(problem: Problem, a: int, value: float, room: Weeks) -> tuple[int, int, int, int]:
    """The state at the end of the horizon that has the value."""
    w, days = len(problem.week_day) - 2, len(problem.day_begin) - 1
    top = days - problem.week_day[w] + 1
    level, k, j, r = -1, 0, 0, -1
    for used in range(uses(problem, a, w)):
        if room.rested[w, top, used] == value:
            return top, used, 0, -1
        if level < 0:
            level, k, j, r = of_value(room, w, (top, used), value)
        if level < 0 and not problem.staff.must[a, days - 1]:
            level, k, j, r = of_value(room, w, (top - 1, used), value)
    return level, k, j, r


@part
def behind_rest(room: Weeks, w: int, level: int, k: int) -> tuple[int, int, int, int]:
    """The state behind a rested one: rested the day before, or worked two days before."""
    if room.rested[w, level, k] == room.rested[w, level - 1, k]:
        return level - 1, k, 0, -1
    return of_value(room, w, (level - 2, k), room.rested[w, level, k])


@entry
def behind_work(
    problem: Problem,
    of: tuple[int, int, int],
    state: tuple[int, int, int, int],
    scratch: Scratch,
    room: Weeks,
) -> tuple[int, int, int, int, int]:
    """The group worked on a day, and the state before it; `of` is (agent, day, week)."""
    a, d, w = of
    level, k, j, r = state
    shifts, c, alone = problem.shifts, problem.staff.kind[a], problem.taste.alone
    total, over = room.worked[w, level, k, r, j], d == 0 or not problem.staff.must[a, d - 1]
    for g in range(shifts.grouped[c, d]):
        value, line = scratch.group[d, g], shifts.groups[c, d, g, LINE]
        used = k - shifts.unit_count[c] - shifts.groups[c, d, g, UNITS]
        if shifts.groups[c, d, g, INTO] != r or value < REACHED or used < 0:
            continue
        new = shifts.stretch[c, line, FRESH, 0]
        if new == j and room.rested[w, level - 1, used] + value == total:
            return g, level - 1, used, 0, -1
        for before in range(shifts.stretch.shape[3]):
            if shifts.stretch[c, line, NEXT_DAY, before] == j:
                for last in range(shifts.groups[c, d, g, AFTER_REST]):
                    if room.worked[w, level - 1, used, last, before] + value == total:
                        return g, level - 1, used, before, last
            for last in range(room.worked.shape[3] if over else 0):
                fits = shifts.stretch[c, line, NEXT_GAP, before] == j
                fits |= new == j and last < shifts.groups[c, d, g, AFTER_LONG]
                if fits and room.worked[w, level - 2, used, last, before] - alone + value == total:
                    return g, level - 2, used, before, last
    return -1, -1, 0, 0, -1


@entry
def week_before(
    problem: Problem, of: tuple[int, int], state: tuple[int, int, int, int], room: Weeks
) -> tuple[int, int, int, int]:
    """The state at the end of week w - 1 that became a level before week w; `of` is (agent, w)."""
    a, w = of
    level, _, j, r = state
    then = problem.week_day[w] - problem.week_day[w - 1] + level
    for k in range(uses(problem, a, w - 1)):
        if r < 0 and room.rested[w - 1, then, k] == room.rested[w, level, 0]:
            return then, k, 0, -1
        if r >= 0 and room.worked[w - 1, then, k, r, j] == room.worked[w, level, 0, r, j]:
            return then, k, j, r
    return -1, 0, 0, -1


@entry
def way_back(problem: Problem, a: int, value: float, room: Weeks, scratch: Scratch) -> None:
    """Write the roster that earns the value of `most_earned` into `room.chosen` (a place, -1 free)."""
    for d in range(len(room.chosen)):
        room.chosen[d] = -1
    level, k, j, r = last_state(problem, a, value, room)
    for back in range(len(problem.week_day) - 1):
        w = len(problem.week_day) - 2 - back
        while level >= BEFORE:
            if r < 0:
                level, k, j, r = behind_rest(room, w, level, k)
                continue
            d = problem.week_day[w] + level - BEFORE
            g, level, k, j, r = behind_work(problem, (a, d, w), (level, k, j, r), scratch, room)
            room.chosen[d] = scratch.chosen[d, g]
        if w > 0 and level >= 0:
            level, k, j, r = week_before(problem, (a, w), (level, k, j, r), room)
