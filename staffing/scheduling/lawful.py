"""Whether a roster that was not made by the engine is one that the engine could have made."""

from __future__ import annotations

import numpy as np

from staffing.compiled import entry
from staffing.scheduling.around import GAP, RESTED, WORKED, entry_state, into_of, place_after
from staffing.scheduling.capped import left_of
from staffing.scheduling.problem import CAPPED, FORBIDDEN, NIGHT, ONCE, WHICH, Problem, Roster


def lawful(problem: Problem, roster: Roster) -> np.ndarray:
    """Which agents' rosters keep to rests, days in a row, hours, free days and caps, as the engine does.

    The roster's tally must be in step with its shifts.
    """
    agents = range(len(roster.shift))
    return np.array([rests(problem, roster.shift, a) and fits(problem, roster, a) for a in agents], bool)


@entry
def rests(problem: Problem, shift: np.ndarray, a: int) -> bool:
    """Whether rests and days in a row are kept from the first day to the last."""
    how, place, last = entry_state(problem, shift, a, 0)
    c = problem.staff.kind[a]
    for d in range(shift.shape[1]):
        if shift[a, d] < 0:
            how = GAP if how == WORKED else RESTED
            continue
        place = place_after(problem, c, d, shift[a, d], (how, place, last))
        if place < 0:
            return False
        how, last = WORKED, into_of(problem, c, d, shift[a, d])
    return True


@entry
def fits(problem: Problem, roster: Roster, a: int) -> bool:
    """Whether every shift is on a free day and allowed, and every week within its hours, days and caps."""
    staff, shifts, c = problem.staff, problem.shifts, problem.staff.kind[a]
    for w in range(len(problem.week_day) - 1):
        days, units = 0, 0
        for d in range(problem.week_day[w], problem.week_day[w + 1]):
            i = roster.shift[a, d]
            if i < 0:
                continue
            away = not staff.free[a, d] or (shifts.starts[c, d, i, NIGHT] and not staff.free[a, d + 1])
            if away or staff.cost[a, d, i] >= FORBIDDEN:
                return False
            days, units = days + 1, units + shifts.units[shifts.starts[c, d, i, WHICH]]
        if days > staff.days_left[a, w] or units > staff.units_left[a, w]:
            return False
        for cap in range(shifts.caps.shape[1]):
            bit = shifts.caps[c, cap, CAPPED]
            if bit >= 0:
                here = roster.tally[a, w + staff.before.shape[1], bit]
                if (min(here, 1) if shifts.caps[c, cap, ONCE] else here) > left_of(
                    problem, roster, a, w, cap
                ):
                    return False
    return True
