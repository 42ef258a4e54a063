"""The prices that the engine pays for wishes are those that the checking faces find, roster by roster."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.soft import Fairness, Soft, Weights
from staffing.fair_share import fairness
from staffing.granted import granted, missed_wishes
from staffing.scheduling.case import Case
from staffing.scheduling.fair import fair
from staffing.scheduling.marks import marks
from staffing.scheduling.problem import BEGIN, END, Roster, empty_roster
from staffing.scheduling.segments import segments
from staffing.scheduling.wishes import floors, offers_of, wanted
from staffing.unwanted import unwanted
from staffing.wish import every_wish
from tests.staffing.scheduling.planted import Planted
from tests.staffing.scheduling.solving import case
from tests.staffing.scheduling.wishing import asked, finished, wishing

LINEAR = ("day of work", "day off", "preferred start", "premiums")


@pytest.fixture(scope="module")
def drawn() -> tuple[Planted, pd.DataFrame, Case]:
    plan, wishes = wishing()
    return plan, wishes, case(plan)


def any_roster(one: Case, rng: np.random.Generator) -> Roster:
    """Shifts at random on days at random, none after another, all on the agent's first queue."""
    roster, table = empty_roster(one.problem), one.problem.shifts
    for a, kind in enumerate(one.problem.staff.kind):
        drawn = one.problem.staff.free[a, :-1] & (rng.random(roster.shift.shape[1]) < 0.6)
        drawn[1:] &= ~drawn[:-1]
        for d in np.flatnonzero(drawn):
            place = int(rng.integers(table.offered[kind, d]))
            start = table.starts[kind, d, place]
            roster.shift[a, d] = place
            roster.pause[a, d] = table.pauses[start[0], :, 0]
            roster.queue[a, start[BEGIN] : start[END]] = one.problem.staff.queues[a, 0]
    return roster


@pytest.mark.parametrize("seed", range(4))
def test_prices_of_any_roster_are_those_found_in_its_schedule(
    drawn: tuple[Planted, pd.DataFrame, Case], seed: int
) -> None:
    plan, wishes, one = drawn
    roster = any_roster(one, np.random.default_rng(seed))
    view = asked(one, plan, wishes)
    prices = wanted(
        view, offers_of(one.problem.shifts, one.shifts, view, clock=one.clock), wishes=every_wish()
    )
    a, d = np.nonzero(roster.shift >= 0)
    engine = prices.idle.sum() + prices.shift[a, d, roster.shift[a, d]].sum()
    missed = missed_wishes(finished(plan, segments(one, roster), wishes))
    found = missed[missed["wish"].isin(LINEAR)]
    assert set(found["wish"]) == set(LINEAR)
    assert engine == pytest.approx(found["price"].sum(), rel=1e-5)


def test_a_wish_that_weighs_nothing_costs_nothing(drawn: tuple[Planted, pd.DataFrame, Case]) -> None:
    plan, wishes, one = drawn
    nothing = Soft(Weights(start=0, day_off=0, work=0, paid_hour=0))
    view = asked(one, plan, wishes, nothing)
    prices = wanted(
        view, offers_of(one.problem.shifts, one.shifts, view, clock=one.clock), wishes=every_wish()
    )
    assert not prices.shift.any()
    assert not prices.idle.any()


def test_marks_of_any_roster_are_those_counted_in_its_schedule(
    drawn: tuple[Planted, pd.DataFrame, Case],
) -> None:
    plan, wishes, one = drawn
    roster = any_roster(one, np.random.default_rng(9))
    flags = unwanted(Fairness())
    bits = marks(one.problem.shifts, flags, site=one.site, clock=one.clock)
    a, d = np.nonzero(roster.shift >= 0)
    carried = bits[one.problem.staff.kind[a], d, roster.shift[a, d]]
    table = fairness(finished(plan, segments(one, roster), wishes)).set_index(["measure", "agent_id"])[
        "count"
    ]
    for g, flag in enumerate(flags):
        counted = np.bincount(a, carried >> g & 1, minlength=len(one.agents))
        assert counted.sum() > 0
        assert counted.tolist() == table[flag.name].reindex(one.agents).tolist()


def test_fair_shares_of_a_group_sum_to_its_past_and_what_the_need_asks(
    drawn: tuple[Planted, pd.DataFrame, Case],
) -> None:
    plan, wishes, one = drawn
    view = asked(one, plan, wishes)
    need = one.problem.demand.need
    whole = Soft(fairness=Fairness(group=("contract",)))
    shares = fair(view.people, need, clock=one.clock, soft=whole)
    more = fair(view.people, 2 * need, clock=one.clock, soft=whole)
    assert not shares.before.any()
    assert (shares.due >= 0).all()
    assert shares.due.sum() > 0
    assert more.due.sum(axis=0) == pytest.approx(2 * shares.due.sum(axis=0), rel=0.1)


def test_what_was_carried_before_stands_in_the_share_of_the_group(
    drawn: tuple[Planted, pd.DataFrame, Case],
) -> None:
    plan, wishes, one = drawn
    view = asked(one, plan, wishes)
    past = plan.schedule.assign(
        **{name: plan.schedule[name] - pd.Timedelta(weeks=2) for name in ("day", "start", "end")}
    )
    with_past = replace(view.people, before=past)
    shares = fair(with_past, one.problem.demand.need, clock=one.clock, soft=Soft())
    without = fair(view.people, one.problem.demand.need, clock=one.clock, soft=Soft())
    carried = shares.before.sum(axis=0)
    assert carried[0] > 0
    assert shares.due.sum(axis=0) == pytest.approx(without.due.sum(axis=0) + carried)


def test_a_floor_holds_while_the_queue_is_open(drawn: tuple[Planted, pd.DataFrame, Case]) -> None:
    plan, _, one = drawn
    queues = {key: replace(queue, floor=2) for key, queue in plan.centre.queues.items()}
    found = floors(one.queues, replace(plan.centre, queues=queues), one.clock)
    assert found.shape == one.problem.demand.need.shape
    assert (found == 2).all()


def test_what_is_granted_and_what_is_missed_make_what_was_asked(
    drawn: tuple[Planted, pd.DataFrame, Case],
) -> None:
    plan, wishes, one = drawn
    done = finished(plan, segments(one, any_roster(one, np.random.default_rng(3))), wishes)
    missed = missed_wishes(done)
    table = granted(missed, done)
    assert (table["asked"] - table["granted"]).sum() == len(missed)
    assert table["price"].sum() == pytest.approx(missed["price"].sum())
    assert (table["granted"] >= 0).all()
