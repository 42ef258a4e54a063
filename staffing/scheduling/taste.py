"""Prices that are not linear in the shifts: fair shares, steady starts, days off alone.

The week's computation takes them as prices per shift, right for a week like the one before; the search
accepts a week by what it truly costs.
"""

from __future__ import annotations

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.problem import CLOCK, FLAGS, Problem, Roster
from staffing.scheduling.values import Scratch

ALONE = 1  # an agent who comes in so was off for one day; above it, worked the day before


@part
def counted(problem: Problem, roster: Roster, a: int, n: int) -> float:
    """How much more than the fair share agent a has of count n."""
    total = -problem.staff.due[a, n]
    for w in range(roster.tally.shape[1]):
        total += roster.tally[a, w, n]
    return total


@entry
def set_taste(
    problem: Problem, roster: Roster, at: tuple[int, int, int], kept: tuple[np.ndarray, int], room: Scratch
) -> None:
    """Prices of one more of each count, and the start to keep to, once the agent's week is off the floor.

    `at` is (agent, week, salt), `kept` the weeks put aside and the row of this one. Between none and
    twice what that week had the price is that of the square, on average.
    """
    a, w, salt = at
    weeks, row = kept
    c, first = problem.staff.kind[a], problem.week_day[w]
    days = problem.week_day[w + 1] - first
    for n in range(len(room.taste)):
        price = problem.taste.fair[n]
        room.taste[n] = 0.0
        if price > 0.0:
            here = 0
            for d in range(days):
                if weeks[row, d] >= 0:
                    here += (problem.shifts.starts[c, first + d, weeks[row, d], FLAGS] >> n) & 1
            room.taste[n] = price * (2 * counted(problem, roster, a, n) + max(here, 1))
    room.middle[0] = -1
    if problem.taste.steady > 0.0:
        room.middle[0] = middle_start(problem, (weeks, row, 0), a, w, room)
        d = (salt >> 3) % days
        offered = problem.shifts.offered[c, first + d]
        if offered > 0 and (room.middle[0] < 0 or salt & 1):
            room.middle[0] = problem.shifts.starts[c, first + d, (salt >> 6) % offered, CLOCK]


@entry
def middle_start(problem: Problem, week: tuple[np.ndarray, int, int], a: int, w: int, room: Scratch) -> int:
    """The middle start of a week by the local clock (intervals), -1 without a shift.

    `week` is an array of shifts with the row and the column where the week begins.
    """
    shift, row, column = week
    found, c, first = 0, problem.staff.kind[a], problem.week_day[w]
    for n in range(problem.week_day[w + 1] - first):
        if shift[row, column + n] >= 0:
            clock = problem.shifts.starts[c, first + n, shift[row, column + n], CLOCK]
            place = found
            while place > 0 and room.part[place - 1] > clock:
                room.part[place] = room.part[place - 1]
                place -= 1
            room.part[place] = clock
            found += 1
    return room.part[found // 2] if found else -1


@entry
def cost_of_taste(problem: Problem, roster: Roster, a: int, w: int, room: Scratch) -> float:
    """What the agent's week costs by `Taste`, fair shares by all weeks, days off alone by those around."""
    cost = 0.0
    for n in range(len(room.taste)):
        if problem.taste.fair[n] > 0.0:
            cost += problem.taste.fair[n] * counted(problem, roster, a, n) ** 2
    if problem.taste.steady > 0.0 or problem.taste.rotation > 0.0:
        cost += cost_of_starts(problem, roster, a, w, room)
    if problem.taste.alone > 0.0:
        for d in range(problem.week_day[w] - 1, problem.week_day[w + 1] + 1):
            cost += problem.taste.alone * alone(problem, roster, a, d)
    return cost


@entry
def cost_of_starts(problem: Problem, roster: Roster, a: int, w: int, room: Scratch) -> float:
    """Price of starts away from the week's middle one, and of starts earlier than the day before's."""
    cost, c, first, end = 0.0, problem.staff.kind[a], problem.week_day[w], problem.week_day[w + 1]
    middle = middle_start(problem, (roster.shift, a, first), a, w, room)
    for d in range(first, end + 1):
        cost += problem.taste.rotation * earlier(problem, roster, a, d)
    for d in range(first, end):
        if roster.shift[a, d] >= 0:
            cost += problem.taste.steady * abs(
                problem.shifts.starts[c, d, roster.shift[a, d], CLOCK] - middle
            )
    return cost


@part
def earlier(problem: Problem, roster: Roster, a: int, d: int) -> int:
    """Intervals by which the start of day d comes earlier than that of the day before."""
    if d < 1 or d >= roster.shift.shape[1] or roster.shift[a, d] < 0 or roster.shift[a, d - 1] < 0:
        return 0
    c = problem.staff.kind[a]
    here = problem.shifts.starts[c, d, roster.shift[a, d], CLOCK]
    before = problem.shifts.starts[c, d - 1, roster.shift[a, d - 1], CLOCK]
    return max(before - here, 0)


@part
def alone(problem: Problem, roster: Roster, a: int, d: int) -> int:
    """1 when day d is off between two days worked; the days before the first are as `Staff.entry` says."""
    if d + 1 >= roster.shift.shape[1] or roster.shift[a, d + 1] < 0:
        return 0
    if d < 0:
        return 1 if problem.staff.entry[a, 0] == ALONE else 0
    before = roster.shift[a, d - 1] >= 0 if d > 0 else problem.staff.entry[a, 0] > ALONE
    return 1 if before and roster.shift[a, d] < 0 else 0
