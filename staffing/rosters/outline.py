"""Prices to begin with: a linear programme, by OR-Tools, that sees everybody as one crowd.

Of the rules it knows who is there at all, the crowd's minutes, weekends and longest runs. Its duals say
on which days people are scarce, which is most of what the true prices say.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt

from staffing.rosters.problem import Problem
from staffing.rosters.tables import JOINS, OPENS, SCALE, Tables


def outline_prices(problem: Problem, t: Tables) -> np.ndarray:
    """What one more person at work is worth to the crowd, days x shifts, in money."""
    model: Any = mathopt.Model()
    work = [[_work(model, able) for able in day] for day in t.allowed.sum(axis=0)]
    for d, able in enumerate(t.allowed.any(axis=2).sum(axis=0)):
        _at_most(model, work[d], float(able))
    _minutes(model, work, t)
    _weekends(model, work, t)
    _runs(model, work, problem)
    cells = _cover(model, work, t)
    result = mathopt.solve(model, mathopt.SolverType.GLOP)
    if not result.has_dual_feasible_solution():
        return np.zeros(t.need.shape)
    duals = result.dual_values()
    return np.array([[duals[cell] for cell in day] for day in cells])


def _work(model: Any, able: int) -> Any:
    """People at work on a shift of a day."""
    return model.add_variable(lb=0.0, ub=float(able))


def _at_most(model: Any, terms: list[Any], most: float) -> None:
    row = model.add_linear_constraint(ub=most)
    for term in terms:
        row.set_coefficient(term, 1.0)


def _minutes(model: Any, work: list[list[Any]], t: Tables) -> None:
    """The crowd's units of work are between the sums of the people's."""
    total = model.add_linear_constraint(lb=float(t.least.sum()), ub=float(t.most.sum()))
    for day in work:
        for s, people in enumerate(day):
            total.set_coefficient(people, float(t.units[t.group_of[s]]))


def _weekends(model: Any, work: list[list[Any]], t: Tables) -> None:
    """A weekend is worked by as many as on its fuller day; the crowd's weekends add up to at most the sum."""
    weekends = []
    for d, day in enumerate(work):
        if t.weekend[d] == OPENS or (t.weekend[d] == JOINS and d == 0):
            weekends.append(model.add_variable(lb=0.0))
        if t.weekend[d] > 0:
            row = model.add_linear_constraint(ub=0.0)
            row.set_coefficient(weekends[-1], -1.0)
            for people in day:
                row.set_coefficient(people, 1.0)
    _at_most(model, weekends, float(t.weekends.sum()))


def _runs(model: Any, work: list[list[Any]], problem: Problem) -> None:
    """In a full cycle of the longest run and the shortest rest nobody works more than the run."""
    cycle = max(person.longest_run + person.shortest_rest for person in problem.people)
    most = sum(min(person.longest_run, cycle) for person in problem.people)
    for d in range(len(work) - cycle + 1):
        _at_most(model, [people for day in work[d : d + cycle] for people in day], float(most))


def _cover(model: Any, work: list[list[Any]], t: Tables) -> list[list[Any]]:
    """A row per day and shift: people at work, too few and too many."""
    cells = [[model.add_linear_constraint(lb=float(n), ub=float(n)) for n in day] for day in t.need]
    for d, s in np.ndindex(t.need.shape):
        cells[d][s].set_coefficient(work[d][s], 1.0)
        for price, sign in ((t.under, 1.0), (t.over, -1.0)):
            miss = model.add_variable(lb=0.0)
            model.objective.set_linear_coefficient(miss, float(price[d, s]) / SCALE)
            cells[d][s].set_coefficient(miss, sign)
    return cells
