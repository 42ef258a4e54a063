"""The linear programme over rosters, by OR-Tools: prices of an agent by queue and interval.

Agents alike mix the weeks their class has worked so far; people with the same queues are spread over
them as a flow; each queue and interval mixes whole numbers of agents, so that its penalty is the one
between whole numbers. The duals are where the bound begins its climb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from ortools.linear_solver.python import model_builder_helper as solver
from scipy.sparse import csr_matrix

from staffing.scheduling.bound import WeekDual
from staffing.scheduling.duty import contact_parts
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import BEGIN, END, WHICH, Problem, Roster


@dataclass
class Columns:
    """Columns of a linear programme as they are found: cost, and rows with values."""

    cost: list[np.ndarray] = field(default_factory=list)
    entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)
    count: int = 0

    def add(self, cost: np.ndarray, *entries: tuple[np.ndarray, np.ndarray | float]) -> None:
        """Columns side by side; each entry gives every column one row and one value."""
        numbers = self.count + np.arange(len(cost))
        for rows, values in entries:
            self.entries.append((rows, numbers, np.broadcast_to(np.asarray(values, float), rows.shape)))
        self.cost.append(np.asarray(cost, float))
        self.count += len(cost)

    def matrix(self, rows: int) -> csr_matrix:
        """All entries as a sparse matrix."""
        row, column, value = (np.concatenate(parts) for parts in zip(*self.entries))
        return csr_matrix((value, (row, column)), shape=(rows, self.count))


@dataclass(frozen=True)
class Rows:
    """Where the rows of each kind begin: cover X x Q x T, presence X x G x T, classes, cells Q x T."""

    shape: tuple[int, int, int]  # X, Q, T of the week
    sets: tuple[tuple[int, ...], ...]  # G sets of queues
    classes: int

    @property
    def presence(self) -> int:
        shares, queues, intervals = self.shape
        return shares * queues * intervals

    @property
    def roster(self) -> int:
        return self.presence + self.shape[0] * len(self.sets) * self.shape[2]

    @property
    def cell(self) -> int:
        return self.roster + self.classes

    @property
    def count(self) -> int:
        return self.cell + self.shape[1] * self.shape[2]


def starting_prices(dual: WeekDual, roster: Roster) -> np.ndarray:
    """Prices (X x Q x T) at which the agents' weeks in a roster, mixed as one likes, are worth their cost."""
    problem, (first, end) = dual.problem, dual.week
    shares, queues = len(problem.shifts.shares), len(problem.demand.need)
    known = problem.staff.queues[dual.classes.agent]
    sets = tuple(dict.fromkeys(tuple(int(q) for q in row if q >= 0) for row in known))
    rows = Rows((shares, queues, end - first), sets, len(known))
    columns = Columns()
    _numbers_of_agents(columns, rows, dual)
    _flows(columns, rows)
    _weeks_worked(columns, rows, dual, roster)
    right = np.zeros(rows.count)
    right[rows.roster : rows.cell] = dual.classes.size
    right[rows.cell :] = 1.0
    prices = np.zeros((shares, queues, problem.demand.need.shape[1]))
    prices[..., first:end] = _duals(columns, right)[: rows.presence].reshape(rows.shape)
    return prices


def _numbers_of_agents(columns: Columns, rows: Rows, dual: WeekDual) -> None:
    """A cell mixes numbers of agents next to its kinks; more cost the dearer price, shares add up."""
    demand, week = dual.problem.demand, slice(*dual.week)
    part = demand._replace(
        need=demand.need[:, week],
        tier_under=demand.tier_under[:, week],
        tier_over=demand.tier_over[:, week],
        floor=demand.floor[:, week],
    )
    need, none = part.need, np.zeros_like(part.need)
    kinks = (need - part.tier_under, need, need + part.tier_over, part.floor, none)
    cells = np.arange(part.need.size)
    for parts, agents in zip(dual.mixes.parts, dual.mixes.agents):
        numbers = [np.maximum(np.floor(k - agents + 1e-9) + up, 0.0) for k in kinks for up in (0, 1)]
        for whole in numbers:
            shared = [(x * len(cells) + cells, -float(n)) for x, n in enumerate(parts) if n]
            cost = penalties(part, whole + agents).ravel()
            columns.add(cost, (rows.cell + cells, 1.0), (cells, -whole.ravel()), *shared)
    shares, dearest = dual.problem.shifts.shares, demand.prices[3]
    columns.add(np.full(len(cells), dearest), (cells, -1.0))
    for x, share in enumerate(shares[1:], start=1):
        columns.add(np.zeros(len(cells)), (x * len(cells) + cells, -1.0), (cells, share))


def _flows(columns: Columns, rows: Rows) -> None:
    """People with the same queues are spread over them, interval by interval, whole and part alike."""
    shares, queues, intervals = rows.shape
    t = np.arange(intervals)
    for x in range(shares):
        for g, known in enumerate(rows.sets):
            present = rows.presence + (x * len(rows.sets) + g) * intervals + t
            for q in known:
                columns.add(np.zeros(intervals), ((x * queues + q) * intervals + t, 1.0), (present, -1.0))


def _weeks_worked(columns: Columns, rows: Rows, dual: WeekDual, roster: Roster) -> None:
    """Every week that some agent of a class works in the roster may be worked by any share of the class."""
    problem, (first, end) = dual.problem, dual.week
    seen = set()
    for a, k in enumerate(dual.classes.of):
        known = tuple(int(q) for q in problem.staff.queues[a] if q >= 0)
        reward, part, t = _week_worked(problem, roster, a, dual.w)
        inside = (t >= first) & (t < end)
        part, t = part[inside], t[inside]
        key = (int(k), part.tobytes(), t.tobytes())
        if key not in seen:
            seen.add(key)
            present = (
                rows.presence + (part * len(rows.sets) + rows.sets.index(known)) * rows.shape[2] + t - first
            )
            column = np.array([rows.roster + k, *present])
            columns.entries.append((column, np.full(len(column), columns.count), np.ones(len(column))))
            columns.cost.append(np.array([-reward]))
            columns.count += 1


def _week_worked(problem: Problem, roster: Roster, a: int, w: int) -> tuple[float, np.ndarray, np.ndarray]:
    """An agent's week: reward of its shifts, and the intervals on contact with their share (its number)."""
    shifts, reward = problem.shifts, 0.0
    parts, intervals = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        if roster.shift[a, d] >= 0:
            start = shifts.starts[problem.staff.kind[a], d, roster.shift[a, d]]
            part = np.zeros(start[END] - start[BEGIN] + 1, np.int64)
            contact_parts(shifts, start[WHICH], roster.pause, (a, int(d)), part)
            on = np.flatnonzero(part[:-1] >= 0)
            reward += float(shifts.reward[start[WHICH]])
            parts.append(part[on])
            intervals.append(start[BEGIN] + on)
    return reward, np.concatenate(parts), np.concatenate(intervals)


def _duals(columns: Columns, right: np.ndarray) -> np.ndarray:
    """Duals of the least-cost mixture; RuntimeError when the solver finds none, which cannot be."""
    model: Any = solver.ModelBuilderHelper()
    glop = solver.ModelSolverHelper("glop")
    cost, matrix = np.concatenate(columns.cost), columns.matrix(len(right))
    model.fill_model_from_sparse_data(
        np.zeros(len(cost)), np.full(len(cost), np.inf), cost, right, right, matrix
    )
    glop.solve(model)
    if not glop.has_solution():
        raise RuntimeError(f"the linear programme of the bound ended as {glop.status()}")
    return np.asarray(glop.dual_values())
