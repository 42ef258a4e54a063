"""Any legal row of a person, by CP-SAT: where fines do not lead to one, or to prove that there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from staffing.rosters.tables import JOINS, OPENS, Tables


@dataclass(frozen=True)
class Sought:
    """A legal row, or None when none was found; `certain` when more effort would find the same."""

    row: np.ndarray | None
    certain: bool


def any_row(t: Tables, p: int, *, seed: int, effort: float) -> Sought:
    """A legal row of person p, within so many of CP-SAT's deterministic seconds."""
    model, solver = cp_model.CpModel(), cp_model.CpSolver()
    works = [_day(model, allowed) for allowed in t.allowed[p]]
    _walks(model, t, p, works)
    length = t.units[t.group_of]
    total = sum(int(length[s]) * x for day in works for s, x in day.items())
    model.add_linear_constraint(total, int(t.least[p]), int(t.most[p]))
    for s, most in enumerate(t.cap[p].tolist()):
        model.add(sum(day[s] for day in works if s in day) <= most)
    model.add(sum(_weekends(model, t, works)) <= int(t.weekends[p]))
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Sought(None, certain=status == cp_model.INFEASIBLE)
    row = [next((s for s, x in day.items() if solver.value(x)), -1) for day in works]
    return Sought(np.array(row), certain=True)


def _day(model: cp_model.CpModel, allowed: np.ndarray) -> dict[int, cp_model.IntVar]:
    """Whether each shift that may be worked is; at most one."""
    day = {int(s): model.new_bool_var("") for s in np.flatnonzero(allowed)}
    model.add_at_most_one(day.values())
    return day


def _walks(model: cp_model.CpModel, t: Tables, p: int, works: list[dict[int, cp_model.IntVar]]) -> None:
    """Days follow the person's machine."""
    m = int(t.machine[p])
    symbols = []
    for day in works:
        symbol = model.new_int_var(0, t.step.shape[2] - 1, "")
        model.add(symbol == sum((1 + s) * x for s, x in day.items()))
        symbols.append(symbol)
    size = int(t.states[m])
    arcs = [(int(q), int(a), int(t.step[m, q, a])) for q, a in np.argwhere(t.step[m, :size] >= 0)]
    model.add_automaton(symbols, int(t.start[m]), list(range(size)), arcs)


def _weekends(
    model: cp_model.CpModel, t: Tables, works: list[dict[int, cp_model.IntVar]]
) -> list[cp_model.IntVar]:
    """Whether each weekend has work."""
    worked: list[cp_model.IntVar] = []
    for d, day in enumerate(works):
        if t.weekend[d] == OPENS or (t.weekend[d] == JOINS and not worked):
            worked.append(model.new_bool_var(""))
        if t.weekend[d] > 0:
            for x in day.values():
                model.add_implication(x, worked[-1])
    return worked
