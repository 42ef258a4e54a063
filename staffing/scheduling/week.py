"""An agent's best legal week, exactly, by dynamic programming over days.

The value of a shift is the sum of the gains of the intervals worked, each at the agent's best queue,
with every pause where it costs least, less its own price. A state is (contract used, class of the last
shift, place in the stretch since the last weekly rest); it keeps daily rest, weekly rest, consecutive
days and contract hours by construction; the weeks before and after are given. What is capped over weeks
(nights, weekends) is banned where the best week would break it.

Three kinds of state after a day: worked; free after a worked day; rested, free for two days and more. The
second is the first one of a day earlier, so only two are stored, and values alone: the way back finds each
step again as the one that adds up exactly.
"""

from __future__ import annotations

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.around import GAP, RESTED, WORKED, alone_later, entry_state, leads_on
from staffing.scheduling.capped import ban_capped, ban_surplus
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
    Roster,
)
from staffing.scheduling.values import BEFORE, NONE, Scratch, group_values, shift_values

REACHED = -1e17  # more than the value of any state that cannot be reached


@entry
def forget(problem: Problem, c: int, most: int, days: tuple[int, int], room: Scratch) -> None:
    """No state is reached yet, for the contract uses and classes that can be."""
    first, end = days
    base, places = problem.shifts.unit_count[c], problem.shifts.stretch.shape[3]
    for level in range(end - first + BEFORE):
        d = first + level - BEFORE
        classes = 2 if d < 0 else max(problem.shifts.classes[c, d], 1)
        for k in range(min(most, max(level, 2) * base)):
            room.rested[level, k] = NONE
            for j in range(places):
                room.peak[level, k, j] = NONE
            for r in range(classes):
                for j in range(places):
                    room.worked[level, k, r, j] = NONE


@entry
def forward(problem: Problem, a: int, w: int, come: tuple[int, int, int], room: Scratch) -> int:
    """Fill every state of the week from how the agent comes into it; returns the number of contract uses."""
    how, place, last = come
    c, first, end = problem.staff.kind[a], problem.week_day[w], problem.week_day[w + 1]
    base = problem.shifts.unit_count[c]
    most = (min(problem.staff.days_left[a, w], end - first) + 1) * base
    forget(problem, c, most, (first, end), room)
    if how == RESTED:
        room.rested[BEFORE - 1, 0] = 0.0
    else:
        room.worked[how - GAP, 0, last, place] = 0.0
        room.peak[how - GAP, 0, place] = 0.0
    for d in range(first, end):
        one_day(problem, (a, d, d - first + BEFORE, most), problem.staff.units_left[a, w], room)
    return most


@entry
def one_day(problem: Problem, at: tuple[int, int, int, int], units_left: int, room: Scratch) -> None:
    """Every group of a day after every state; `at` is (agent, day, level, number of contract uses).

    Groups come in order of start, so the classes of earlier days that leave rest enough only grow in
    number. A day that must be worked allows no state that is free on it.
    """
    a, d, level, most = at
    c, places = problem.staff.kind[a], problem.shifts.stretch.shape[3]
    base, must = problem.shifts.unit_count[c], problem.staff.must
    over = 0.0 if level > BEFORE and must[a, d - 1] else 1.0  # 0 where the day before may not be free
    for k in range(min((level - BEFORE + 1) * base, most)):
        gap = NONE
        if over > 0.0:
            for j in range(places):
                gap = max(gap, room.peak[level - 2, k, j])
        room.rested[level, k] = NONE if must[a, d] else max(room.rested[level - 1, k], gap)
        if k + base < most:
            one_use(problem, (c, d, level, k), (units_left, over), room)
    for k in range(base, min((level - BEFORE + 2) * base, most)):
        for r in range(problem.shifts.classes[c, d]):
            for j in range(places):
                room.peak[level, k, j] = max(room.peak[level, k, j], room.worked[level, k, r, j])


@part
def one_use(
    problem: Problem, at: tuple[int, int, int, int], bounds: tuple[int, float], room: Scratch
) -> None:
    """Every group of a day after one contract use's states; `at` is (kind, day, level, contract used)."""
    c, d, level, k = at
    units_left, over = bounds
    shifts, n, alone = problem.shifts, level - BEFORE, problem.taste.alone
    base, classes = shifts.unit_count[c], 2 if d < 2 else shifts.classes[c, d - 2]
    fresh, rested, yesterday = room.rested[level - 1, k], 0, 0
    some_end = live_end(room, level - 2, k) if over > 0.0 else 0
    end = live_end(room, level - 1, k)
    for j in range(end):
        room.day[j] = NONE
    for g in range(shifts.grouped[c, d]):
        value, line = room.group[n, g], shifts.groups[c, d, g, LINE]
        while some_end > 0 and rested < shifts.groups[c, d, g, AFTER_LONG]:
            for j in range(some_end):
                fresh = max(fresh, room.worked[level - 2, k, rested, j] - alone)
            rested += 1
        while end > 0 and yesterday < shifts.groups[c, d, g, AFTER_REST]:
            for j in range(end):
                room.day[j] = max(room.day[j], room.worked[level - 1, k, yesterday, j])
            yesterday += 1
        units = k % base + shifts.groups[c, d, g, UNITS]
        if value < REACHED or units > units_left:
            continue
        used, r = (k // base + 1) * base + units, shifts.groups[c, d, g, INTO]
        new = shifts.stretch[c, line, FRESH, 0]
        if new >= 0:
            room.worked[level, used, r, new] = max(room.worked[level, used, r, new], fresh + value)
        for j in range(end):
            after = shifts.stretch[c, line, NEXT_DAY, j]
            if after >= 0:
                room.worked[level, used, r, after] = max(
                    room.worked[level, used, r, after], room.day[j] + value
                )
        # Where every class is rested after one day off, a new stretch is as good as a short gap.
        for j in range(some_end if rested < classes else 0):
            after = shifts.stretch[c, line, NEXT_GAP, j]
            if after >= 0:
                x = room.peak[level - 2, k, j] - alone + value
                room.worked[level, used, r, after] = max(room.worked[level, used, r, after], x)


@part
def live_end(room: Scratch, level: int, k: int) -> int:
    """The place after the last one that is reached on a level with a contract use; 0 when none is."""
    end = room.peak.shape[2]
    while end > 0 and room.peak[level, k, end - 1] < REACHED:
        end -= 1
    return end


@entry
def exit_state(
    problem: Problem, shift: np.ndarray, a: int, week: tuple[int, int, int], room: Scratch
) -> tuple[float, int, int, int, int]:
    """The best last state that the weeks after allow: (value, level, contract used, place, class).

    Class -1 is rested. `week` is (first day, day after, contract uses); the value is under REACHED when
    nothing is allowed.
    """
    first, end, most = week
    top, c = end - first - 1 + BEFORE, problem.staff.kind[a]
    value, level, used, place, last = NONE, top, 0, 0, -1
    for k in range(most):
        if room.rested[top, k] > value:
            value, used = room.rested[top, k], k
    for how, at in ((WORKED, top), (GAP, top - 1)):
        d = first + at - BEFORE
        later = alone_later(problem, shift, a, end, how)
        if how == GAP and problem.staff.must[a, end - 1]:
            continue
        classes = problem.shifts.classes[c, d] if d >= 0 else 2
        for k in range(min(most, max(at, 2) * problem.shifts.unit_count[c])):
            for j in range(room.peak.shape[2]):
                if room.peak[at, k, j] - later <= max(value, REACHED):
                    continue
                for r in range(classes):
                    x = room.worked[at, k, r, j] - later
                    if x > max(value, REACHED) and leads_on(problem, shift, a, end, (how, j, r)):
                        value, level, used, place, last = x, at, k, j, r
    return value, level, used, place, last


@entry
def step_back(
    problem: Problem, a: int, d: int, at: tuple[int, int, int, int], room: Scratch
) -> tuple[int, int, int, int, int]:
    """The group worked on day d, and the state before: the one whose value adds up exactly to the state's.

    `at` is (level, contract used, place, class); the answer (group, level, contract used, place, class).
    """
    level, k, j, r = at
    shifts, c, n = problem.shifts, problem.staff.kind[a], level - BEFORE
    total, base, places = room.worked[level, k, r, j], shifts.unit_count[c], shifts.stretch.shape[3]
    over = not (level > BEFORE and problem.staff.must[a, d - 1])
    for g in range(shifts.grouped[c, d]):
        value, line, used = room.group[n, g], shifts.groups[c, d, g, LINE], 0
        used = k - base - shifts.groups[c, d, g, UNITS]
        if shifts.groups[c, d, g, INTO] != r or value < REACHED or used < 0:
            continue
        if shifts.stretch[c, line, FRESH, 0] == j and room.rested[level - 1, used] + value == total:
            return g, level - 1, used, 0, -1
        for before in range(places):
            if shifts.stretch[c, line, NEXT_DAY, before] == j:
                for last in range(shifts.groups[c, d, g, AFTER_REST]):
                    if room.worked[level - 1, used, last, before] + value == total:
                        return g, level - 1, used, before, last
            classes = (2 if d < 2 else shifts.classes[c, d - 2]) if over else 0
            for last in range(classes):
                rests = last < shifts.groups[c, d, g, AFTER_LONG]
                new = shifts.stretch[c, line, FRESH, 0] if rests else -1
                gap = shifts.stretch[c, line, NEXT_GAP, before]
                x = room.worked[level - 2, used, last, before] - problem.taste.alone + value
                if (new == j or gap == j) and x == total:
                    return g, level - 2, used, before, last
    return -1, -1, 0, 0, -1


@entry
def last_worked(problem: Problem, a: int, d: int, at: tuple[int, int], room: Scratch) -> tuple[int, int, int]:
    """The state behind a rested one on day d: (level, place, class); class -1 is rested the day before."""
    level, k = at
    if room.rested[level, k] == room.rested[level - 1, k]:
        return level - 1, 0, -1
    classes = 2 if d < 2 else problem.shifts.classes[problem.staff.kind[a], d - 2]
    for j in range(room.peak.shape[2]):
        for r in range(classes):
            if room.worked[level - 2, k, r, j] == room.rested[level, k]:
                return level - 2, j, r
    return -1, 0, -1


@entry
def write_week(
    problem: Problem, roster: Roster, at: tuple[int, int, int], last: tuple[int, int, int, int], room: Scratch
) -> None:
    """Write the week that ends in a state; `at` is (agent, first day, day after)."""
    a, first, end = at
    level, k, j, r = last
    for d in range(first, end):
        roster.shift[a, d] = -1
    while level >= BEFORE:
        d = level - BEFORE + first
        if r < 0:
            level, j, r = last_worked(problem, a, d, (level, k), room)
            continue
        g, level, k, j, r = step_back(problem, a, d, (level, k, j, r), room)
        i = room.chosen[d - first, g]
        roster.shift[a, d] = i
        for p in range(roster.pause.shape[2]):
            roster.pause[a, d, p] = room.pause[d - first, i, p]


@part
def at_most(problem: Problem, a: int, w: int, room: Scratch) -> float:
    """No week is worth more: the best shifts of as many days as may be worked, rested between them or not."""
    first, c, total = problem.week_day[w], problem.staff.kind[a], 0.0
    days = problem.week_day[w + 1] - first
    for n in range(days):
        room.top[n] = 0.0
        for g in range(problem.shifts.grouped[c, first + n]):
            room.top[n] = max(room.top[n], room.group[n, g])
        total += room.top[n]
    for _ in range(problem.staff.days_left[a, w], days):
        worst = 0
        for n in range(1, days):
            if room.top[n] < room.top[worst]:
                worst = n
        total -= room.top[worst]
        room.top[worst] = np.inf
    return total


@entry
def best_week(
    problem: Problem, gain: np.ndarray, roster: Roster, at: tuple[int, int, int], room: Scratch
) -> float:
    """Write the week of highest value at these gains into `roster.shift` and `roster.pause`.

    `at` is (agent, week, salt); the salt breaks ties. Returns the value; queues are left to `serve`.
    Under REACHED when no week is legal, which only days that must be worked do, or none surely is worth
    `room.least`: put the old one back.
    """
    a, w, salt = at
    first, end = problem.week_day[w], problem.week_day[w + 1]
    shift_values(problem, gain, a, (first, end, salt), room)
    ban_capped(problem, roster, a, w, room)
    come = entry_state(problem, roster.shift, a, first)
    value = NONE
    for _ in range(problem.shifts.caps.shape[1] + 1):
        group_values(problem, a, first, end, room)
        if room.least[0] > NONE and at_most(problem, a, w, room) < room.least[0]:
            return NONE
        most = forward(problem, a, w, come, room)
        value, level, k, j, r = exit_state(problem, roster.shift, a, (first, end, most), room)
        if value < REACHED:
            return value
        write_week(problem, roster, (a, first, end), (level, k, j, r), room)
        if not ban_surplus(problem, roster, a, w, room):
            return value
    return NONE
