"""An agent's best legal week, exactly, by dynamic programming over days.

The value of a shift is the sum of the gains of the intervals worked, each at the agent's best queue,
with every pause where it costs least. A state is (contract used, last shift, place in the stretch
since the last weekly rest); it keeps daily rest, weekly rest, consecutive days and contract hours by
construction, and what the agent works in the weeks before and after is taken as given.

Three kinds of state after a day: worked that day; free that day after a worked one; rested, which is
free for two days and more. The second is the first one of a day earlier, so only two are stored.
Values alone are stored too: the way back finds each step again as the one that adds up exactly.
"""

from __future__ import annotations

from typing import cast

import numpy as np
from numba import njit

from staffing.scheduling.problem import (
    AFTER_LONG,
    AFTER_REST,
    BY_RANK,
    NEXT_DAY,
    NEXT_GAP,
    RANK,
    WHICH,
    Problem,
    Roster,
    Shifts,
)
from staffing.scheduling.values import BEFORE, NONE, Scratch, shift_values

REACHED = -1e17  # more than the value of any state that cannot be reached
# How an agent comes out of a day; typed, for a plain number would be compiled anew wherever it stands.
RESTED, GAP, WORKED = (cast(int, np.int64(n)) for n in range(3))
LOOK_BACK = 16  # days that surely hold the beginning of a stretch


@njit(cache=True)
def place_after(stretch: np.ndarray, state: tuple[int, int, int], start: np.ndarray) -> int:
    """Place in the stretch after a shift, from the state of the day before; -1 where it is not allowed."""
    how, place, rank = state
    if how == RESTED or (how == GAP and rank < start[AFTER_LONG]):
        return 0
    if how == GAP:
        return stretch[NEXT_GAP, place]
    return stretch[NEXT_DAY, place] if rank < start[AFTER_REST] else -1


@njit(cache=True)
def entry_state(shifts: Shifts, c: int, worked: np.ndarray, day: int) -> tuple[int, int, int]:
    """How an agent of kind c comes into `day`: (RESTED, GAP or WORKED, place in the stretch, last rank).

    `worked` is the agent's row of `Roster.shift`.
    """
    state = (RESTED, RESTED, RESTED)
    for d in range(max(0, day - LOOK_BACK), day):
        if worked[d] < 0:
            state = (GAP if state[0] == WORKED else RESTED, state[1], state[2])
        else:
            start = shifts.starts[c, d, worked[d]]
            state = (WORKED, place_after(shifts.stretch[c], state, start), start[RANK])
    return state


@njit(cache=True)
def leads_on(shifts: Shifts, c: int, worked: np.ndarray, day: int, state: tuple[int, int, int]) -> bool:
    """Whether what the agent works from `day` on stays legal after this state.

    A new stretch ends the look: it began with no rest owed when it was legal before.
    """
    for d in range(day, len(worked)):
        if worked[d] < 0:
            if state[0] != WORKED:
                return True
            state = (GAP, state[1], state[2])
            continue
        start = shifts.starts[c, d, worked[d]]
        place = place_after(shifts.stretch[c], state, start)
        if place <= 0:
            return place == 0
        state = (WORKED, place, start[RANK])
    return True


@njit(cache=True)
def most_of(values: np.ndarray) -> float:
    """The largest value."""
    most = values[0]
    for n in range(1, len(values)):
        most = max(most, values[n])
    return most


@njit(cache=True)
def forget(most: int, room: Scratch) -> None:
    """No state is reached yet, for the first `most` contract uses."""
    levels, _, ranks, places = room.worked.shape
    for level in range(levels):
        for k in range(most):
            room.rested[level, k] = NONE
            for j in range(places):
                room.peak[level, k, j] = NONE
                for r in range(ranks):
                    room.worked[level, k, r, j] = NONE


@njit(cache=True)
def forward(problem: Problem, a: int, w: int, entry: tuple[int, int, int], room: Scratch) -> int:
    """Fill every state of the week from how the agent comes into it; returns the number of contract uses."""
    how, place, rank = entry
    staff, c = problem.staff, problem.staff.kind[a]
    first, end, base = problem.week_day[w], problem.week_day[w + 1], problem.shifts.unit_count[c]
    most = (min(staff.days_left[a, w], end - first) + 1) * base
    forget(most, room)
    if how == RESTED:
        room.rested[BEFORE - 1, 0] = 0.0
    else:
        room.worked[how - GAP, 0, rank, place] = 0.0
        room.peak[how - GAP, 0, place] = 0.0
    for d in range(first, end):
        level = d - first + BEFORE
        for k in range(min((d - first + 1) * base, most)):
            room.rested[level, k] = max(room.rested[level - 1, k], most_of(room.peak[level - 2, k]))
            if k + base < most:
                one_day(problem.shifts, (c, d, level, k), staff.units_left[a, w], room)
    return most


@njit(cache=True)
def one_day(shifts: Shifts, at: tuple[int, int, int, int], units_left: int, room: Scratch) -> None:
    """Every shift of a day after every state of one contract use; `at` is (kind, day, level, contract used).

    Shifts come in order of start, so those of earlier days that leave rest enough only grow in number.
    """
    c, d, level, k = at
    base, places = shifts.unit_count[c], shifts.stretch.shape[2]
    fresh, rested, yesterday = room.rested[level - 1, k], 0, 0
    gap, day = room.peak[level - 2, k], room.day
    for j in range(places):
        day[j] = NONE
    for i in range(shifts.offered[c, d]):
        start, value = shifts.starts[c, d, i], room.value[level - BEFORE, i]
        while rested < start[AFTER_LONG]:
            fresh = max(fresh, most_of(room.worked[level - 2, k, rested]))
            rested += 1
        while yesterday < start[AFTER_REST]:
            for j in range(places):
                day[j] = max(day[j], room.worked[level - 1, k, yesterday, j])
            yesterday += 1
        units = k % base + shifts.units[start[WHICH]]
        if value < REACHED or units > units_left:
            continue
        used = (k // base + 1) * base + units
        here, peak = room.worked[level, used, start[RANK]], room.peak[level, used]
        here[0] = max(here[0], fresh + value)
        for j in range(places):
            after_gap, after_day = shifts.stretch[c, NEXT_GAP, j], shifts.stretch[c, NEXT_DAY, j]
            if after_gap >= 0:
                here[after_gap] = max(here[after_gap], gap[j] + value)
            if after_day >= 0:
                here[after_day] = max(here[after_day], day[j] + value)
        for j in range(places):
            peak[j] = max(peak[j], here[j])


@njit(cache=True)
def exit_state(
    shifts: Shifts, c: int, worked: np.ndarray, week: tuple[int, int, int], room: Scratch
) -> tuple[int, int, int, int]:
    """The best last state that the weeks after allow: (level, contract used, place, rank); rank -1 is rested.

    `week` is (first day, day after, contract uses). A week without shifts is always legal, so there is
    always an answer.
    """
    first, end, most = week
    top = end - first - 1 + BEFORE
    best, found = REACHED, (top, 0, 0, -1)
    for k in range(most):
        if room.rested[top, k] > best:
            best, found = room.rested[top, k], (top, k, 0, -1)
    for level in (top, top - 1):
        how, d = (WORKED if level == top else GAP), end - 1 - (top - level)
        for k in range(most if d >= 0 else 0):
            for j in range(room.peak.shape[2]):
                if room.peak[level, k, j] <= best:
                    continue
                for r in range(shifts.offered[c, d]):
                    x = room.worked[level, k, r, j]
                    if x > best and leads_on(shifts, c, worked, end, (how, j, r)):
                        best, found = x, (level, k, j, r)
    return found


@njit(cache=True)
def step_back(
    shifts: Shifts, c: int, d: int, at: tuple[int, int, int, int], room: Scratch
) -> tuple[int, int, int, int]:
    """The state before the shift of day d: the one whose value and the shift's add up exactly to the state's.

    `at` and the answer are (level, contract used, place, rank); rank -1 is rested.
    """
    level, k, j, r = at
    start = shifts.starts[c, d, shifts.starts[c, d, r, BY_RANK]]
    value, total = room.value[level - BEFORE, shifts.starts[c, d, r, BY_RANK]], room.worked[level, k, r, j]
    used = k - shifts.unit_count[c] - shifts.units[start[WHICH]]
    if j == 0 and room.rested[level - 1, used] + value == total:
        return level - 1, used, 0, -1
    for before in range(shifts.stretch.shape[2]):
        for rank in range(shifts.offered[c, d - 2] if d >= 2 else 0):
            fits = shifts.stretch[c, NEXT_GAP, before] == j or (j == 0 and rank < start[AFTER_LONG])
            if fits and room.worked[level - 2, used, rank, before] + value == total:
                return level - 2, used, before, rank
        for rank in range(start[AFTER_REST]):
            fits = shifts.stretch[c, NEXT_DAY, before] == j
            if fits and room.worked[level - 1, used, rank, before] + value == total:
                return level - 1, used, before, rank
    return -1, 0, 0, -1


@njit(cache=True)
def last_worked(
    shifts: Shifts, c: int, d: int, at: tuple[int, int], room: Scratch
) -> tuple[int, int, int, int]:
    """The state behind a rested one on day d: rested the day before, or the shift worked two days ago.

    `at` is (level, contract used); the answer is as in `step_back`.
    """
    level, k = at
    if room.rested[level, k] == room.rested[level - 1, k]:
        return level - 1, k, 0, -1
    for j in range(room.peak.shape[2]):
        for r in range(shifts.offered[c, d - 2] if d >= 2 else 0):
            if room.worked[level - 2, k, r, j] == room.rested[level, k]:
                return level - 2, k, j, r
    return -1, 0, 0, -1


@njit(cache=True)
def best_week(
    problem: Problem, gain: np.ndarray, roster: Roster, at: tuple[int, int, int], room: Scratch
) -> float:
    """Write the week of highest value at these gains into `roster.shift` and `roster.pause`.

    `at` is (agent, week, salt); the salt breaks ties. Returns the value; queues are left to `serve`.
    """
    a, w, salt = at
    shifts, c, worked = problem.shifts, problem.staff.kind[a], roster.shift[a]
    first, end = problem.week_day[w], problem.week_day[w + 1]
    shift_values(problem, gain, a, (first, end, salt), room)
    most = forward(problem, a, w, entry_state(shifts, c, worked, first), room)
    level, k, j, r = exit_state(shifts, c, worked, (first, end, most), room)
    value = room.rested[level, k] if r < 0 else room.worked[level, k, r, j]
    for d in range(first, end):
        worked[d] = -1
    while level >= BEFORE:
        d = level - BEFORE + first
        if r < 0:
            level, k, j, r = last_worked(shifts, c, d, (level, k), room)
        else:
            worked[d] = shifts.starts[c, d, r, BY_RANK]
            for p in range(roster.pause.shape[2]):
                roster.pause[a, d, p] = room.pause[d - first, worked[d], p]
            level, k, j, r = step_back(shifts, c, d, (level, k, j, r), room)
    return value
