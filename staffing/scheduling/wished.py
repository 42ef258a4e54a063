"""What a roster costs beside coverage: wishes, premiums, changes, starts that wander, unfair shares."""

from __future__ import annotations

import numpy as np

from staffing.compiled import entry
from staffing.scheduling.problem import FORBIDDEN, Problem, Roster, no_taste
from staffing.scheduling.taste import alone, cost_of_starts, counted, earlier
from staffing.scheduling.values import Scratch, scratch_for


def coverage_only(problem: Problem) -> Problem:
    """The same people, shifts and need, and no price but that of coverage; what is forbidden stays so."""
    cost = np.where(problem.staff.cost >= FORBIDDEN, np.float32(FORBIDDEN), np.float32(0.0))
    return problem._replace(staff=problem.staff._replace(cost=cost), taste=no_taste())


def wish_cost(problem: Problem, roster: Roster) -> np.ndarray:
    """Penalty units by week: prices of shifts worked, of starts and days off; unfair shares spread evenly."""
    weeks = len(problem.week_day) - 1
    found = np.zeros(weeks)
    for w in range(weeks):
        days = slice(int(problem.week_day[w]), int(problem.week_day[w + 1]))
        agent, day = np.nonzero(roster.shift[:, days] >= 0)
        place = roster.shift[:, days][agent, day]
        found[w] = float(problem.staff.cost[agent, day + days.start, place].sum())
    by_week = np.zeros(weeks)
    fair = taste_cost(problem, roster, by_week, scratch_for(problem))
    return np.asarray(found + by_week + fair / weeks)


@entry
def taste_cost(problem: Problem, roster: Roster, by_week: np.ndarray, room: Scratch) -> float:
    """Adds the price of starts and single days off to each week; returns that of unfair shares."""
    fair, weeks = 0.0, len(by_week)
    for a in range(roster.shift.shape[0]):
        for n in range(problem.staff.due.shape[1]):
            if problem.taste.fair[n] > 0.0:
                fair += problem.taste.fair[n] * counted(problem, roster, a, n) ** 2
        for w in range(weeks):
            seam = problem.taste.rotation * earlier(problem, roster, a, problem.week_day[w + 1])
            by_week[w] += cost_of_starts(problem, roster, a, w, room) - seam  # which is the next week's
            for d in range(problem.week_day[w] - 1, problem.week_day[w + 1] - 1):
                by_week[w] += problem.taste.alone * alone(problem, roster, a, d)
    return fair
