"""Neighbourhoods grow while they are solved in time, and those that paid are tried more often."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.rosters.kind import FEWEST, ROWS, SHORTEST, Finish, Kind, drawn_kind, kinds_of


def kind(*, people: float = 10, days: float = 7) -> Kind:
    return Kind(Finish.DIVE, people, days, (20, 28), ROWS)


def test_days_grow_when_nothing_more_can_be_saved_in_time() -> None:
    one = kind()
    one.learn(saved=0, seconds=1, solved=True, goal=2)
    assert one.days > 7
    assert one.people == 10


def test_people_grow_where_all_days_are_in_it() -> None:
    one = kind(days=28)
    one.learn(saved=0, seconds=1, solved=True, goal=2)
    assert (one.people > 10, one.days) == (True, 28)


def test_after_everybody_over_all_days_it_is_half_of_them_with_more_rows() -> None:
    one = kind(people=20, days=28)
    one.learn(saved=0, seconds=1, solved=True, goal=2)
    assert one.people == 10
    assert one.kept > ROWS


@pytest.mark.parametrize(("seconds", "solved"), [(5, True), (1, False)])
def test_a_kind_shrinks_when_it_takes_too_long_or_is_given_up_but_never_to_nothing(
    seconds: float, solved: bool
) -> None:
    few, short = kind(people=20, days=28), kind()
    for each in (few, short):
        for _ in range(40):
            each.learn(saved=0, seconds=seconds, solved=solved, goal=2)
    assert (few.people, short.days) == (FEWEST, SHORTEST)


def test_no_kind_is_larger_than_the_problem() -> None:
    for each in kinds_of(5, 10):
        for _ in range(60):
            each.learn(saved=0, seconds=0.1, solved=True, goal=1)
        assert (each.people <= 5, each.days <= 10) == (True, True)


def test_every_kind_is_tried_once_and_then_mostly_the_one_that_paid() -> None:
    kinds, rng = kinds_of(20, 28), np.random.default_rng(1)
    for _ in kinds:
        one = drawn_kind(kinds, goal=1, rng=rng)
        one.learn(saved=0, seconds=1, solved=True, goal=1)
    assert all(one.rate is not None for one in kinds)
    kinds[3].learn(saved=50, seconds=1, solved=True, goal=1)
    drawn = [drawn_kind(kinds, goal=1, rng=rng) is kinds[3] for _ in range(200)]
    assert 150 < sum(drawn) < 200
