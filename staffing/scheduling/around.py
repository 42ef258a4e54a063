"""What lies around an agent's week: how the agent comes into it, and whether what follows stays legal."""

from __future__ import annotations

from typing import cast

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.problem import (
    AFTER_LONG,
    AFTER_REST,
    FRESH,
    GROUP,
    INTO,
    LINE,
    NEXT_DAY,
    NEXT_GAP,
    Problem,
)

# How an agent comes out of a day; typed, for a plain number would be compiled anew wherever it stands.
RESTED, GAP, WORKED = (cast(int, np.int64(n)) for n in range(3))
LOOK_BACK = 16  # days that surely hold the beginning of a stretch


@part
def place_after(problem: Problem, c: int, d: int, i: int, state: tuple[int, int, int]) -> int:
    """Place in the stretch after shift i of day d, from the state of the day before; -1 if not allowed."""
    how, place, last = state
    shifts = problem.shifts
    g = shifts.starts[c, d, i, GROUP]
    line = shifts.groups[c, d, g, LINE]
    if how == RESTED or (how == GAP and last < shifts.groups[c, d, g, AFTER_LONG]):
        return shifts.stretch[c, line, FRESH, 0]
    if how == GAP:
        return shifts.stretch[c, line, NEXT_GAP, place]
    return shifts.stretch[c, line, NEXT_DAY, place] if last < shifts.groups[c, d, g, AFTER_REST] else -1


@part
def into_of(problem: Problem, c: int, d: int, i: int) -> int:
    """The class of shift i of day d."""
    return problem.shifts.groups[c, d, problem.shifts.starts[c, d, i, GROUP], INTO]


@part
def fresh_place(problem: Problem, c: int, d: int, i: int) -> int:
    """Place in the stretch of shift i of day d when it is the first after a weekly rest."""
    line = problem.shifts.groups[c, d, problem.shifts.starts[c, d, i, GROUP], LINE]
    return problem.shifts.stretch[c, line, FRESH, 0]


@entry
def entry_state(problem: Problem, shift: np.ndarray, a: int, day: int) -> tuple[int, int, int]:
    """How agent a comes into `day`: (RESTED, GAP or WORKED, place in the stretch, last class)."""
    c, begin = problem.staff.kind[a], max(0, day - LOOK_BACK)
    how, place, last = RESTED, RESTED, RESTED
    if begin == 0:
        how, place, last = problem.staff.entry[a, 0], problem.staff.entry[a, 1], problem.staff.entry[a, 2]
    for d in range(begin, day):
        if shift[a, d] < 0:
            how = GAP if how == WORKED else RESTED
        else:
            place = place_after(problem, c, d, shift[a, d], (how, place, last))
            how, last = WORKED, into_of(problem, c, d, shift[a, d])
    return how, place, last


@part
def leads_on(problem: Problem, shift: np.ndarray, a: int, day: int, state: tuple[int, int, int]) -> bool:
    """Whether what the agent works from `day` on stays legal after this state.

    A new stretch ends the look: it began with no rest owed when it was legal before.
    """
    how, place, last = state
    c = problem.staff.kind[a]
    for d in range(day, shift.shape[1]):
        if shift[a, d] < 0:
            if how != WORKED:
                return True
            how = GAP
            continue
        place = place_after(problem, c, d, shift[a, d], (how, place, last))
        if place < 0 or place == fresh_place(problem, c, d, shift[a, d]):
            return place >= 0
        how, last = WORKED, into_of(problem, c, d, shift[a, d])
    return True


@part
def alone_later(problem: Problem, shift: np.ndarray, a: int, end: int, how: int) -> float:
    """Price of a single day off that what is worked from day `end` on makes with how the week ends."""
    days = shift.shape[1]
    if how == GAP and end < days and shift[a, end] >= 0:
        return problem.taste.alone
    if how == WORKED and end + 1 < days and shift[a, end] < 0 and shift[a, end + 1] >= 0:
        return problem.taste.alone
    return 0.0
