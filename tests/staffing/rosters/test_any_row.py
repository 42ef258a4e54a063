"""Any legal row by CP-SAT: legal where one exists, none where trying all finds none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from staffing.rosters.any_row import any_row
from staffing.rosters.rule import breaches
from staffing.rosters.tables import tables_of
from tests.staffing.rosters.small import legal_rows, person, problem


@pytest.mark.parametrize("seed", range(12))
def test_a_row_is_found_just_where_there_is_one(seed: int) -> None:
    case = problem(seed, people=1, days=6, weekday=seed % 7)
    someone = person(np.random.default_rng(100 + seed), "Someone")
    least = someone.least_min + (seed % 3) * 600
    case = replace(case, people=(replace(someone, least_min=least),))
    sought = any_row(tables_of(case), 0, seed=1, effort=10.0)
    row = sought.row
    exists = next(legal_rows(case, case.people[0]), None) is not None
    assert (row is not None) == exists
    assert sought.certain
    if row is not None:
        assert breaches(case, row[None]) == []
