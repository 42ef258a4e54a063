"""Whole searches: legal, never below their bound, best where all rosters can be tried."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from planner.domain.problems import Infeasible
from staffing.rosters.clock import Clock
from staffing.rosters.outline import outline_of
from staffing.rosters.problem import Problem, cost
from staffing.rosters.rule import breaches
from staffing.rosters.solve import Solution, solve
from staffing.rosters.tables import tables_of
from tests.staffing.rosters.small import Ticks, legal_rows, problem


def solved(case: Problem, *, ticks: float = 400, seed: int = 5) -> Solution:
    return solve(case, clock=Clock(Ticks(), 0.0, ticks), seed=seed)


@pytest.mark.parametrize("seed", range(5))
def test_with_two_people_the_roster_is_the_best_of_all(seed: int) -> None:
    case = problem(seed, people=2, days=5, weekday=seed)
    rows = [list(legal_rows(case, person)) for person in case.people]
    least = min(cost(case, np.stack(pair)) for pair in product(*rows))
    found = solved(case)
    assert found.bound <= least == found.cost


@pytest.mark.parametrize(("seed", "ticks"), [(11, 0), (12, 3), (13, 30), (11, 120), (12, 200)])
def test_no_roster_costs_less_than_its_bound_and_all_are_legal(seed: int, ticks: int) -> None:
    case = problem(seed, people=6, days=14)
    found = solved(case, ticks=ticks)
    assert breaches(case, found.roster) == []
    assert cost(case, found.roster) == found.cost >= found.bound


def test_the_bound_is_below_any_legal_roster_not_only_the_one_found() -> None:
    case = problem(21, people=4, days=7)
    bound, rng = solved(case).bound, np.random.default_rng(1)
    rows = [list(legal_rows(case, person)) for person in case.people]
    for _ in range(100):
        assert cost(case, np.stack([r[rng.integers(len(r))] for r in rows])) >= bound


def test_the_same_seed_and_ticks_give_the_same_roster() -> None:
    case = problem(31, people=5, days=9)
    one, other = solved(case), solved(case)
    assert (one.roster == other.roster).all()
    assert one.bound == other.bound


def test_a_roster_that_meets_everything_is_proven_best() -> None:
    case = problem(41, people=3, days=7)
    nothing = np.zeros_like(case.need)
    free = replace(case, need=nothing, wish=np.zeros_like(case.wish), over=nothing)
    found = solved(free)
    assert found.cost == found.bound == free.constant
    assert found.ended == "proven best"


def test_people_without_a_legal_roster_are_named_with_the_rule_that_empties_it() -> None:
    case = problem(51, people=2, days=7)
    busy = replace(case.people[1], free_days=frozenset(range(7)), least_min=480, most_min=4800)
    with pytest.raises(
        Infeasible, match="P1 has no legal roster; without the rule free days or minutes there is one"
    ):
        solved(replace(case, people=(case.people[0], busy)))


def test_outline_prices_are_within_what_a_miss_costs() -> None:
    case = problem(61, people=6, days=14)
    prices = outline_of(case, tables_of(case)).prices
    assert (prices >= -case.over - 1e-6).all()
    assert (prices <= case.under + 1e-6).all()


@pytest.mark.parametrize("seed", range(71, 77))
def test_the_outlines_bound_is_below_every_pair_of_rosters(seed: int) -> None:
    case = problem(seed, people=2, days=6, weekday=seed)
    rows = [list(legal_rows(case, person))[:300] for person in case.people]
    least = min(cost(case, np.stack(pair)) for pair in product(*rows))
    assert outline_of(case, tables_of(case)).bound + case.constant <= least
