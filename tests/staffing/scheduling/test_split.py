"""The split of people over queues is the best one, and they seldom change queue."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from staffing.scheduling.price import Prices, penalties
from staffing.scheduling.problem import Roster
from staffing.scheduling.search import Course, search
from staffing.scheduling.split import contact_table, split_queues
from tests.staffing.scheduling.planted import centre_of, planted
from tests.staffing.scheduling.solving import case


def searched(seed: int, number: int) -> tuple[object, Roster]:
    found = case(planted(seed, number, centre=centre_of()))
    rng = np.random.default_rng(seed)
    roster, _ = search(found.problem, course=Course(pairs_each=5), rng=rng, clock=lambda: 0.0)
    return found, roster


def changes(problem: object, roster: Roster) -> int:
    """Changes of queue within a shift."""
    on = contact_table(problem, roster)
    number = 0
    for row, queue in zip(on, roster.queue, strict=True):
        last = -1
        for part, q in zip(row, queue, strict=True):
            last = -1 if part == -2 else last
            number += int(part >= 0 and last >= 0 and q != last)
            last = q if part >= 0 else last
    return number


def test_no_other_assignment_of_an_interval_is_cheaper() -> None:
    found, roster = searched(2, 5)
    problem, shares = found.problem, np.append(found.problem.shifts.shares, 0.0)
    split_queues(problem, roster, switch=0.0)
    on, known = contact_table(problem, roster), problem.staff.queues
    for t in np.flatnonzero((on[:, : problem.demand.need.shape[1]] == 0).sum(axis=0) >= 3)[:40]:
        people = np.flatnonzero(on[:, t] == 0)
        broken = on[:, t] > 0
        rest = np.bincount(
            roster.queue[broken, t], weights=shares[on[broken, t]], minlength=len(problem.demand.need)
        )
        column = problem.demand._replace(
            need=problem.demand.need[:, [t]],
            tier_under=problem.demand.tier_under[:, [t]],
            tier_over=problem.demand.tier_over[:, [t]],
        )
        costs = [
            penalties(column, (rest + np.bincount(queues, minlength=len(rest)))[:, None]).sum()
            for queues in product(*([int(q) for q in known[a] if q >= 0] for a in people))
        ]
        assert penalties(column, roster.cover[:, [t]]).sum() == pytest.approx(min(costs), abs=0.02)


def test_a_price_on_changes_makes_them_rare_and_costs_little() -> None:
    found, free = searched(3, 20)
    priced = Roster(*(array.copy() for array in free))
    split_queues(found.problem, free, switch=0.0)
    split_queues(found.problem, priced, switch=Prices().switch)
    assert changes(found.problem, priced) < 0.7 * changes(found.problem, free)
    total = [penalties(found.problem.demand, roster.cover).sum() for roster in (free, priced)]
    assert total[0] <= total[1] + 0.02 * 600
    assert total[1] - total[0] <= Prices().switch * changes(found.problem, free)


def test_cover_and_gains_stay_in_step_and_everybody_keeps_to_their_queues() -> None:
    found, roster = searched(4, 12)
    split_queues(found.problem, roster, switch=0.5)
    on = contact_table(found.problem, roster)
    cover = np.zeros_like(roster.cover)
    for a, t in np.argwhere(on >= 0):
        assert roster.queue[a, t] in found.problem.staff.queues[a]
        cover[roster.queue[a, t], t] += found.problem.shifts.shares[on[a, t]]
    assert roster.cover == pytest.approx(cover)
