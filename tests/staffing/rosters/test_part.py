"""A part's best row is the best of all legal rows that are alike outside it."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.rosters.part import Part, tables_of_part
from staffing.rosters.pricing import TRIES, best_row, room_for
from staffing.rosters.problem import cover
from staffing.rosters.tables import SCALE, tables_of
from tests.staffing.rosters.small import legal_rows, problem


@pytest.mark.parametrize("seed", range(8))
def test_a_parts_best_row_is_the_best_of_all_that_are_alike_outside_it(seed: int) -> None:
    case, rng = problem(seed, people=1, days=7, weekday=seed), np.random.default_rng(seed)
    every = np.array(list(legal_rows(case, case.people[0])))
    now, first, end = every[rng.integers(len(every))], seed % 4, 4 + seed % 4
    inside = (np.arange(7) >= first) & (np.arange(7) < end)
    alike = every[(every[:, ~inside] == now[~inside]).all(axis=1)][:, inside]
    prices = rng.integers(-20_000, 40_000, (end - first, 3))
    t = tables_of_part(tables_of(case), now[None], Part(np.array([0]), first, end))
    row = np.full(end - first, -1)
    bound, legal, _ = best_row(t, 0, (0, 99, TRIES), prices, room_for(t, cells=500_000), row)
    worth = prices - case.wish[0, first:end] * SCALE
    earned = [int(worth[np.flatnonzero(r >= 0), r[r >= 0]].sum()) for r in alike]
    assert legal
    assert (alike == row).all(axis=1).any()
    assert bound == max(earned) == earned[int((alike == row).all(axis=1).argmax())]


def test_a_parts_need_is_what_the_other_people_leave() -> None:
    case = problem(3, people=3, days=7)
    roster = np.array([next(legal_rows(case, person)) for person in case.people])
    t = tables_of_part(tables_of(case), roster, Part(np.array([2, 0]), 2, 6))
    assert (t.need == (case.need - cover(case, roster[1:2]))[2:6]).all()
    assert (t.wish == case.wish[[2, 0], 2:6] * SCALE).all()
