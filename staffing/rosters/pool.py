"""The integer programme over the rows at hand, by OR-Tools: one row each for some people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt

from staffing.rosters.master import Column, Need

NEARER = 0.99  # prices are whole numbers: a roster that saves less than 1 saves nothing
NODES = 300  # of the branch and bound


@dataclass(frozen=True)
class Picked:
    """A row per person, never dearer than the rows at the start, and whether no better choice exists."""

    rows: dict[int, Column]
    optimal: bool


def best_of_pool(need: Need, columns: list[Column], *, now: dict[int, Column], seconds: float) -> Picked:
    """The cheapest choice of a column per person, begun from the choice of `now`.

    The search stops after NODES nodes, which is the same on every machine, or (rarely) after `seconds`.
    """
    model: Any = mathopt.Model()
    chosen = [model.add_binary_variable() for _ in columns]
    cells = _cover_rows(model, need)
    model.objective.offset = 0.0
    persons: dict[int, Any] = {p: model.add_linear_constraint(lb=1.0, ub=1.0) for p in now}
    for column, variable in zip(columns, chosen):
        model.objective.set_linear_coefficient(variable, column.price)
        persons[column.person].set_coefficient(variable, 1.0)
        for d in np.flatnonzero(column.row >= 0).tolist():
            cells[d][column.row[d]].set_coefficient(variable, 1.0)
    hint = mathopt.SolutionHint(
        variable_values={x: float(now[c.person] is c) for c, x in zip(columns, chosen)}
    )
    result = mathopt.solve(
        model,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(
            time_limit=timedelta(seconds=seconds), node_limit=NODES, absolute_gap_tolerance=NEARER
        ),
        model_params=mathopt.ModelSolveParameters(solution_hints=[hint]),
    )
    optimal = result.termination.reason == mathopt.TerminationReason.OPTIMAL
    if not result.has_primal_feasible_solution():
        return Picked(now, optimal)
    values = result.variable_values(chosen)
    rows = {c.person: c for c, value in zip(columns, values) if value > 0.5}
    better = len(rows) == len(now) and need.price(rows.values()) <= need.price(now.values())
    return Picked(rows if better else now, optimal)


def _cover_rows(model: Any, need: Need) -> list[list[Any]]:
    """A row per day and shift with people too few and too many."""
    cells = [[model.add_linear_constraint(lb=float(n), ub=float(n)) for n in day] for day in need.people]
    for d, s in np.ndindex(need.people.shape):
        for price, sign in ((need.under, 1.0), (need.over, -1.0)):
            miss = model.add_variable(lb=0.0)
            model.objective.set_linear_coefficient(miss, float(price[d, s]))
            cells[d][s].set_coefficient(miss, sign)
    return cells
