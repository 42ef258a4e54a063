"""A person's best row is the best of all rows, found by trying every one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from staffing.rosters.pricing import TRIES, Room, best_row, room_for
from staffing.rosters.problem import Problem
from staffing.rosters.rule import breaches
from staffing.rosters.tables import NEVER, SCALE, Tables, tables_of
from staffing.rosters.window import best_window, join, leave
from tests.staffing.rosters.small import legal_rows, problem


def worth(case: Problem, prices: np.ndarray, row: np.ndarray) -> float:
    on = np.flatnonzero(row >= 0)
    return float((prices - case.wish[0] * SCALE)[on, row[on]].sum())


def best(t: Tables, prices: np.ndarray, room: Room) -> tuple[int, bool, np.ndarray]:
    row = np.full(t.wish.shape[1], -1)
    bound, legal, _ = best_row(t, 0, (0, 99, TRIES), prices, room, row)
    return bound, legal, row


@pytest.mark.parametrize("seed", range(6))
def test_the_best_row_is_the_best_of_all_rows(seed: int) -> None:
    case = problem(seed, people=1, days=7, weekday=seed)
    t = tables_of(case)
    prices = np.random.default_rng(seed).integers(-20_000, 40_000, case.need.shape)
    bound, legal, row = best(t, prices, room_for(t, cells=500_000))
    assert legal
    assert breaches(case, row[None]) == []
    assert (
        bound
        == worth(case, prices, row)
        == max(worth(case, prices, r) for r in legal_rows(case, case.people[0]))
    )


@pytest.mark.parametrize("seed", range(6))
def test_without_room_to_count_the_row_stays_legal_and_the_bound_a_bound(seed: int) -> None:
    case = problem(seed, people=1, days=7, weekday=2)
    t = tables_of(case)
    prices = np.random.default_rng(seed).integers(-5_000, 40_000, case.need.shape)
    tight = room_for(t, cells=int(8 * t.states[0] * (t.most[0] + 1)))
    bound, legal, row = best(t, prices, tight)
    most = max(worth(case, prices, r) for r in legal_rows(case, case.people[0]))
    assert bound >= most
    if legal:
        assert breaches(case, row[None]) == []
        assert worth(case, prices, row) <= most


def test_a_person_without_a_legal_row_has_none_found() -> None:
    case = problem(1, people=1, days=7)
    case = replace(case, people=(replace(case.people[0], least_min=9_000, most_min=9_999),))
    t = tables_of(case)
    assert not best(t, np.zeros(case.need.shape, np.int64), room_for(t, cells=500_000))[1]


def window_filled(case: Problem, seed: int) -> tuple[int, int, np.ndarray]:
    """What days 2 to 4 of a drawn legal row save when filled anew, the most they can, and the row then."""
    t, rng = tables_of(case), np.random.default_rng(seed)
    rows = list(legal_rows(case, case.people[0]))
    before = rows[rng.integers(len(rows))]
    roster, here, row = before.copy()[None], np.zeros_like(t.need), np.full(7, -1)
    join(before, 0, (0, 7), roster, here)
    leave(t, 0, (2, 5), roster, here)
    gains = np.where(here < t.need, t.under, -t.over) - t.wish[0]
    saves, _ = best_window(t, 0, (2, 5, 77), roster, here, room_for(t, cells=500_000), row)
    if saves > NEVER // 2:
        join(row, 0, (2, 5), roster, here)
    alike = [r for r in rows if (r[:2] == before[:2]).all() and (r[5:] == before[5:]).all()]
    return saves, max(sum(int(gains[d, r[d]]) for d in range(2, 5) if r[d] >= 0) for r in alike), roster


@pytest.mark.parametrize("seed", range(8))
def test_a_window_is_filled_as_well_as_it_can_be(seed: int) -> None:
    case = problem(seed, people=1, days=7, weekday=3)
    loose = replace(case.people[0], most_of=dict.fromkeys("ELN", 7))
    saves, most, roster = window_filled(replace(case, people=(loose,)), seed)
    assert saves == most
    assert breaches(replace(case, people=(loose,)), roster) == []


@pytest.mark.parametrize("seed", range(8))
def test_a_window_under_caps_is_legal_and_saves_no_more_than_it_can(seed: int) -> None:
    case = problem(seed, people=1, days=7, weekday=3)
    saves, most, roster = window_filled(case, seed)
    assert breaches(case, roster) == []
    assert saves <= most


@pytest.mark.parametrize("seed", [0, 4])
def test_the_best_row_does_not_depend_on_what_was_asked_before(seed: int) -> None:
    """Caps that were broken under other prices are remembered or forgotten, and change nothing."""
    case = problem(seed, people=1, days=7, weekday=seed)
    t, rows = tables_of(case), list(legal_rows(case, case.people[0]))
    room, rng = room_for(t, cells=500_000), np.random.default_rng(seed)
    for _ in range(12):
        prices = rng.integers(-20_000, 40_000, case.need.shape)
        bound, legal, row = best(t, prices, room)
        assert legal
        assert bound == worth(case, prices, row) == max(worth(case, prices, r) for r in rows)
