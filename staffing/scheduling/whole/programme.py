"""An integer programme as it grows, and the bound that HiGHS proves of it in some seconds, by OR-Tools."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from math import isfinite
from typing import Any

import numpy as np
from ortools.math_opt import model_pb2
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers import highs_pb2
from scipy.sparse import csr_matrix

NEVER = "the integer programme of the bound has no solution, which cannot be: nobody at work is one"


@dataclass
class Programme:
    """Columns are whole numbers from 0 on, each with a cost and a most; rows lie between two numbers."""

    cost: list[np.ndarray] = field(default_factory=list)
    most: list[np.ndarray] = field(default_factory=list)
    low: list[np.ndarray] = field(default_factory=list)
    high: list[np.ndarray] = field(default_factory=list)
    entries: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list)
    constant: float = 0.0
    columns: int = 0
    rows: int = 0

    def add_columns(self, cost: np.ndarray, most: np.ndarray | float) -> np.ndarray:
        """The numbers of new columns side by side."""
        self.cost.append(np.asarray(cost, float))
        self.most.append(np.broadcast_to(np.asarray(most, float), len(cost)))
        self.columns += len(cost)
        return np.arange(self.columns - len(cost), self.columns)

    def add_rows(self, number: int, low: float, high: float) -> np.ndarray:
        """The numbers of new rows between the same two numbers."""
        self.low.append(np.full(number, float(low)))
        self.high.append(np.full(number, float(high)))
        self.rows += number
        return np.arange(self.rows - number, self.rows)

    def put(self, rows: np.ndarray, columns: np.ndarray, values: np.ndarray | float) -> None:
        """Values of columns in rows, one after another; one value, row or column serves all."""
        parts = np.broadcast_arrays(rows, columns, np.asarray(values, float))
        self.entries.append((parts[0].ravel(), parts[1].ravel(), parts[2].ravel()))

    def at_most(self, columns: np.ndarray, most: float, values: np.ndarray | float = 1.0) -> None:
        """A row that holds a sum of columns at or below a number."""
        self.put(self.add_rows(1, -np.inf, most), columns, values)

    def bound(self, seconds: float) -> float:
        """What no solution costs less than: the best that is proved in so many seconds of wall time."""
        highs = highs_pb2.HighsOptionsProto(
            string_options={"mip_lp_solver": "ipm"}, double_options={"mip_heuristic_effort": 0.0}
        )
        found = mathopt.solve(
            mathopt.Model.from_model_proto(self._proto()),
            mathopt.SolverType.HIGHS,
            params=mathopt.SolveParameters(time_limit=timedelta(seconds=seconds), highs=highs),
        )
        if found.termination.reason == mathopt.TerminationReason.INFEASIBLE:
            raise RuntimeError(NEVER)
        proved = float(found.termination.objective_bounds.dual_bound)
        return proved if isfinite(proved) else -np.inf

    def _proto(self) -> Any:
        model, numbers = model_pb2.ModelProto(), range(self.columns)
        variables, rows, matrix = model.variables, model.linear_constraints, model.linear_constraint_matrix
        variables.ids.extend(numbers)
        variables.lower_bounds.extend(np.zeros(self.columns).tolist())
        variables.upper_bounds.extend(np.concatenate(self.most).tolist())
        variables.integers.extend([True] * self.columns)
        costs = np.concatenate(self.cost)
        model.objective.offset = self.constant
        model.objective.linear_coefficients.ids.extend(np.flatnonzero(costs).tolist())
        model.objective.linear_coefficients.values.extend(costs[costs != 0].tolist())
        rows.ids.extend(range(self.rows))
        rows.lower_bounds.extend(np.concatenate(self.low).tolist())
        rows.upper_bounds.extend(np.concatenate(self.high).tolist())
        row, column, value = (np.concatenate(parts) for parts in zip(*self.entries))
        # Entries of the same place add up; the proto wants them in order of row and column.
        sums = csr_matrix((value, (row, column)), shape=(self.rows, self.columns))
        sums.sum_duplicates()
        sums.eliminate_zeros()
        coo = sums.tocoo()
        matrix.row_ids.extend(coo.row.tolist())
        matrix.column_ids.extend(coo.col.tolist())
        matrix.coefficients.extend(coo.data.tolist())
        return model
