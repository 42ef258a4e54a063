"""What a roster costs, computed anew from its arrays and not from the search's running sums."""

from __future__ import annotations

import numpy as np

from staffing.scheduling.case import Case
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import WHICH, Roster
from staffing.scheduling.wished import wish_cost


def total_cost(case: Case, roster: Roster) -> float:
    """Penalty units of coverage, idle contract hours and wishes."""
    return coverage_cost(case, roster) + float(wish_cost(case.problem, roster).sum() + case.wish_base.sum())


def coverage_cost(case: Case, roster: Roster) -> float:
    """Penalty units of coverage and idle contract hours over the horizon."""
    return float(coverage_costs(case, roster).sum())


def coverage_costs(case: Case, roster: Roster) -> np.ndarray:
    """Penalty units of coverage and idle contract hours by week."""
    problem = case.problem
    short = penalties(problem.demand, roster.cover).sum(axis=0)
    by_interval = np.add.reduceat(short, problem.day_begin[problem.week_day[:-1]])
    a, d = np.nonzero(roster.shift >= 0)
    reward = np.zeros(roster.shift.shape)
    reward[a, d] = problem.shifts.reward[
        problem.shifts.starts[problem.staff.kind[a], d, roster.shift[a, d], WHICH]
    ]
    saved = np.add.reduceat(reward.sum(axis=0), problem.week_day[:-1])
    return np.asarray(by_interval + case.idle_base.sum(axis=0) - saved)


def under_over_h(case: Case, roster: Roster) -> tuple[np.ndarray, np.ndarray]:
    """Agent-hours short and over of each queue."""
    short = case.problem.demand.need - roster.cover
    an_interval_h = case.clock.interval_min / 60
    return (
        np.maximum(short, 0).sum(axis=1) * an_interval_h,
        np.maximum(-short, 0).sum(axis=1) * an_interval_h,
    )
