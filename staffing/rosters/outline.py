"""Prices to begin with: a linear programme, by OR-Tools, that sees everybody as one crowd.

Of the rules it knows who is there at all, the crowd's minutes, weekends and longest runs. Its duals say
on which days people are scarce, which is most of what the true prices say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt

from staffing.rosters.problem import Person, Problem
from staffing.rosters.tables import JOINS, OPENS, SCALE, Tables

SLACK = 1e-6  # for the tolerance of the linear programme


@dataclass(frozen=True)
class Outline:
    """What one more person at work is worth to the crowd (days x shifts), and a bound (no constant)."""

    prices: np.ndarray
    bound: float


def outline_of(problem: Problem, t: Tables) -> Outline:
    """Prices and a bound that take a moment, whatever the size; every wish counts at its best."""
    wishes = np.where(t.allowed, t.wish, 0).min(axis=2).clip(max=0).sum() / SCALE
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
        return Outline(np.zeros(t.need.shape), float(wishes))
    duals = result.dual_values()
    prices = np.array([[duals[cell] for cell in day] for day in cells])
    return Outline(prices, float(result.objective_value() * (1 - SLACK) + wishes) - SLACK)


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
    """In so many days nobody works more than full runs with shortest rests between them."""
    cycle = min(person.longest_run + person.shortest_rest for person in problem.people)
    most = sum(_most_days(person, cycle) for person in problem.people)
    for d in range(len(work) - cycle + 1):
        _at_most(model, [people for day in work[d : d + cycle] for people in day], float(most))


def _most_days(person: Person, days: int) -> int:
    """The most days a person can work of some in a row."""
    cycles, rest = divmod(days, person.longest_run + max(person.shortest_rest, 1))
    return cycles * person.longest_run + min(rest, person.longest_run)


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
