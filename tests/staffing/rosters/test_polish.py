"""Every roster of a polish is legal and cheaper than the one before, as the problem itself counts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from staffing.rosters.clock import Clock
from staffing.rosters.generation import Desk
from staffing.rosters.master import Need
from staffing.rosters.polish import Whole, polish
from staffing.rosters.pricing import room_for
from staffing.rosters.problem import Problem, cost
from staffing.rosters.rule import breaches
from staffing.rosters.start import first_roster
from staffing.rosters.tables import SCALE, tables_of
from tests.staffing.rosters.small import Ticks, problem


def polished(case: Problem, *, ticks: float, enough: float = -np.inf) -> list[np.ndarray]:
    """The first roster, and those that followed."""
    t, rng, clock = tables_of(case), np.random.default_rng(3), Clock(Ticks(), 0.0, ticks)
    room = room_for(t, cells=500_000)
    start = first_roster(t, room=room, salt=7, rng=rng, clock=clock)
    whole = Whole(Need(t.need, t.under / SCALE, t.over / SCALE), np.zeros(case.need.shape), enough)
    desk = Desk(t, room, clock, start.salt)
    return [start.roster, *polish(desk, whole, start.roster, rng=rng, clock=clock)]


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_rosters_are_legal_and_cheaper_and_cheaper(seed: int) -> None:
    case = problem(seed, people=6, days=16)
    rosters = polished(case, ticks=250)
    costs = [cost(case, roster) for roster in rosters]
    assert len(rosters) > 1
    assert all(after < before for before, after in pairwise(costs))
    assert not any(breaches(case, roster) for roster in rosters)


def test_it_ends_once_the_cost_is_enough() -> None:
    case = problem(5, people=6, days=16)
    rosters = polished(case, ticks=1e9, enough=cost(case, polished(case, ticks=250)[1]) - case.constant)
    assert len(rosters) == 2
