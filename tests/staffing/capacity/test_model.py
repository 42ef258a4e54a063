"""The hiring plan against trying every plan, and what more freedom or less may do to its cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.capacity import CrossTraining
from staffing.capacity.model import solve
from staffing.capacity.problem import Pool, SiteProblem, Teachable, nobody
from tests.staffing.capacity.small import KIND, WEEKS, site

NEEDS = st.lists(st.floats(0, 260), min_size=WEEKS, max_size=WEEKS)


def every_cost(problem: SiteProblem, rooms: int) -> Iterator[float]:
    """The cost of every hiring plan, each week's overtime as far as it is cheaper than being short.

    Added up class by class, without the model: wages of those still there, hiring, classes.
    """
    hireable, need = problem.hireable[0], problem.need_h["pt"]
    weeks = np.flatnonzero(hireable.may_begin)
    for hires in product(range(2 * KIND.class_most + 1), repeat=len(weeks)):
        classes = [-(-people // KIND.class_most) for people in hires]
        if any(0 < people < KIND.class_least * count for people, count in zip(hires, classes)):
            continue
        if any(count > rooms for count in classes):  # a class trains one week
            continue
        paid, work = problem.pools[0].heads.paid_h.copy(), problem.pools[0].heads.work_h.copy()
        for week, people in zip(weeks, hires):
            for after in range(WEEKS - week):
                there = 40 * people * hireable.curve.there[after]
                paid[week + after] += there
                work[week + after] += there * hireable.curve.effect[after]
        lacking = np.maximum(need - work, 0)
        extra = np.minimum(lacking, problem.overtime * work)
        wages = problem.rate * (paid.sum() + 1.5 * extra.sum())
        yield wages + 300 * sum(hires) + 500 * sum(classes) + problem.shortage * (lacking - extra).sum()


@settings(max_examples=12, deadline=None)
@given(NEEDS)
def test_no_hiring_plan_costs_less_than_the_one_found(need_h: list[float]) -> None:
    problem = site(need_h)
    found = solve(problem, seconds=30, gap=0.0, seed=1)
    assert found.cost == pytest.approx(min(every_cost(problem, rooms=1)), rel=1e-6)
    assert found.bound <= found.cost + 1e-6


def test_the_rooms_hold() -> None:
    found = solve(site([0, 0, 1000, 1000, 1000]), seconds=30, gap=0.0, seed=1)
    assert found.classes.sum(axis=0).max() == 1
    assert found.hires.max() == KIND.class_most


def test_more_rooms_never_cost_more_and_a_freeze_never_less() -> None:
    need = [80.0, 160.0, 240.0, 260.0, 260.0]
    usual = site(need)
    frozen = replace(usual, hireable=tuple(replace(h, may_begin=h.may_begin & False) for h in usual.hireable))
    one, free, none = (
        solve(p, seconds=30, gap=0.0, seed=1).cost for p in (usual, site(need, rooms=None), frozen)
    )
    assert free <= one <= none
    assert none == pytest.approx(min(every_cost(usual, rooms=0)))


def test_enough_people_hire_nobody_and_work_no_overtime() -> None:
    found = solve(site([80.0] * WEEKS, people=2), seconds=30, gap=0.0, seed=1)
    assert found.hires.sum() == found.overtime_h.sum() == 0
    assert found.cost == pytest.approx(10 * 80 * WEEKS)
    assert found.gap == pytest.approx(0, abs=1e-9)


def two_languages(need_es: float, *, taught: bool) -> SiteProblem:
    """Four Portuguese speakers for two people's work; nobody speaks Spanish unless taught for a week."""
    alone = site([80.0] * WEEKS, people=4)
    pools = (alone.pools[0], Pool(("es", "pt"), nobody(WEEKS)))
    course = CrossTraining("LIS", "pt", "es", training_weeks=1, cost=50, most_a_week=2)
    teachable = (Teachable(course, 0, 1, 40.0, np.ones(WEEKS)),) if taught else ()
    need = alone.need_h | {"es": np.full(WEEKS, need_es)}
    return replace(alone, pools=pools, need_h=need, teachable=teachable, hireable=())


def test_who_is_taught_a_language_serves_it_after_the_course() -> None:
    """Two taught in week 0: short in that week only; the others suffice for Portuguese."""
    found = solve(two_languages(80.0, taught=True), seconds=30, gap=0.0, seed=1)
    without = solve(two_languages(80.0, taught=False), seconds=30, gap=0.0, seed=1)
    assert found.taught[0].tolist() == [2, 0, 0, 0, 0][: found.taught.shape[1]]
    assert found.short_h["es"].tolist() == pytest.approx([80, 0, 0, 0, 0])
    assert found.short_h["pt"].sum() == pytest.approx(0)
    assert without.short_h["es"].sum() == pytest.approx(80 * WEEKS)
    assert without.cost - found.cost == pytest.approx(4 * 80 * 100 - 2 * 50)
