"""The linear programme over rosters, by OR-Tools: which mixture of people's rows covers the need cheapest.

One row per day and shift, one per person; columns are people's rows of days, and people too few or too
many. MathOpt keeps the model and GLOP its basis, so that a solve after new columns goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from ortools.math_opt.python import mathopt

NOBODY = 1e5  # price of a person without a row, so that a mixture always exists
STALLED = 20  # steps of the simplex for each row and column, more than which is going in circles
OFF = mathopt.Emphasis.OFF  # presolve loses the basis
# New columns leave the last basis feasible, fixings leave its prices so: each has its simplex.
PRIMAL = mathopt.SolveParameters(presolve=OFF, lp_algorithm=mathopt.LPAlgorithm.PRIMAL_SIMPLEX)
DUAL = mathopt.SolveParameters(presolve=OFF, lp_algorithm=mathopt.LPAlgorithm.DUAL_SIMPLEX)


@dataclass(frozen=True, eq=False)
class Column:
    """A person's row of days (shifts, -1 off) and its price in wishes."""

    person: int
    row: np.ndarray
    price: float

    @property
    def key(self) -> tuple[int, bytes]:
        return self.person, self.row.tobytes()

    def reduced(self, prices: np.ndarray) -> float:
        """Price less what the row's shifts are worth at prices by day and shift."""
        days = np.flatnonzero(self.row >= 0)
        return self.price - float(prices[days, self.row[days]].sum())


@dataclass(frozen=True)
class Need:
    """People still wanted by day and shift (below 0 where too many are there), and the prices of a miss."""

    people: np.ndarray
    under: np.ndarray
    over: np.ndarray

    def less(self, columns: Iterable[Column]) -> Need:
        """What is still wanted once some people work their rows."""
        people = self.people.copy()
        for column in columns:
            days = np.flatnonzero(column.row >= 0)
            people[days, column.row[days]] -= 1
        return Need(people, self.under, self.over)

    def price(self, columns: Iterable[Column]) -> float:
        """What people cost by their wishes and by what is then too few or too many."""
        chosen = list(columns)
        missing = self.less(chosen).people
        miss = self.under * np.maximum(missing, 0) + self.over * np.maximum(-missing, 0)
        return float(miss.sum()) + sum(column.price for column in chosen)


@dataclass(frozen=True)
class Mixture:
    """The best mixture: its cost, prices by day and shift, and the share of each column."""

    cost: float
    prices: np.ndarray
    shares: np.ndarray


@dataclass
class Master:
    """The model as it grows."""

    need: Need
    people: Sequence[int]
    columns: list[Column] = field(default_factory=list)
    _model: Any = field(default_factory=mathopt.Model)
    _seen: set[tuple[int, bytes]] = field(default_factory=set)
    _shares: list[Any] = field(default_factory=list)
    _paid: float = 0.0  # wishes of the people fixed
    _fixed_since: bool = False

    def __post_init__(self) -> None:
        need = self.need.people
        self._cells = [
            [self._model.add_linear_constraint(lb=float(n), ub=float(n)) for n in day] for day in need
        ]
        self._persons = {p: self._model.add_linear_constraint(lb=1.0, ub=1.0) for p in self.people}
        for d, s in np.ndindex(need.shape):
            self._variable(float(self.need.under[d, s]), [(self._cells[d][s], 1.0)])
            self._variable(float(self.need.over[d, s]), [(self._cells[d][s], -1.0)])
        for person in self._persons.values():
            self._variable(NOBODY, [(person, 1.0)])
        self._solver = mathopt.IncrementalSolver(self._model, mathopt.SolverType.GLOP)

    def _variable(self, price: float, entries: list[tuple[Any, float]]) -> Any:
        variable = self._model.add_variable(lb=0.0)
        self._model.objective.set_linear_coefficient(variable, float(price))
        for row, value in entries:
            row.set_coefficient(variable, value)
        return variable

    def add(self, column: Column) -> bool:
        """Add a column; whether it is new."""
        if column.key in self._seen:
            return False
        self._seen.add(column.key)
        cells = [(self._cells[d][column.row[d]], 1.0) for d in np.flatnonzero(column.row >= 0)]
        self._shares.append(self._variable(column.price, [*cells, (self._persons[column.person], 1.0)]))
        self.columns.append(column)
        return True

    def fix(self, columns: Iterable[Column]) -> None:
        """Give people their columns: they and what they cover are no part of the master any more."""
        fixed = {column.key: column for column in columns}
        for column, share in zip(self.columns, self._shares):
            if column.key in fixed:
                share.lower_bound = 1.0
        gone = {column.person for column in fixed.values()}
        self.people = [p for p in self.people if p not in gone]
        self.need = self.need.less(fixed.values())
        self._paid += sum(column.price for column in fixed.values())
        self._fixed_since = True

    def solve(self) -> Mixture:
        """The best mixture of the columns so far; what fixed people's wishes cost is not counted."""
        result = self._solved()
        duals, values = result.dual_values(), result.variable_values()
        prices = np.array([[duals[cell] for cell in day] for day in self._cells])
        shares = np.array([values[x] for x in self._shares])
        return Mixture(result.objective_value() - self._paid, prices, shares)

    def _solved(self) -> Any:
        """The result from where the last solve ended, or from the beginning where that stalls."""
        how = DUAL if self._fixed_since else PRIMAL
        self._fixed_since = False
        limit = STALLED * (len(self.columns) + 3 * self.need.people.size + len(self._persons))
        result = self._solver.solve(params=replace(how, iteration_limit=limit))
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            result = mathopt.solve(self._model, mathopt.SolverType.GLOP)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            raise RuntimeError(f"the linear programme over rosters ended as {result.termination}")
        return result
