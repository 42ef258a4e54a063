"""The floor, contact by contact: theory inside the simulation's interval, and nobody lost."""

import numpy as np
import pytest

from planner.sample.floor import RECONNECT, REDIAL, Draws, Staff, simulate
from planner.sample.waiting import Work, service

DAYS, AHT = 60, 300.0


def draws_of(rate: float, *, patience_s: float, redials: float = 0.0, reconnects: float = 0.0) -> Draws:
    rng = np.random.default_rng(4)
    fresh = np.sort(rng.uniform(0, DAYS * 86400, rng.poisson(rate * DAYS * 86400)))
    most = 2 * len(fresh)
    return Draws(
        fresh_s=fresh,
        patience_s=rng.exponential(patience_s, most),
        work=rng.exponential(1.0, most),
        reason=np.zeros(most, np.int64),
        luck=rng.random(most),
        pause_s=rng.uniform(15, 900, most),
        redial_share=redials,
        reconnect_share=np.array([reconnects]),
        reason_work=np.ones(1),
    )


def staff_of(agents: int, *, slots: int = 1, slow_down: float = 0.0) -> Staff:
    intervals = DAYS * 48
    return Staff(
        seats=np.full(intervals, agents),
        who=np.tile(np.arange(agents), (intervals, 1)),
        pace=np.ones((intervals, agents)),
        aht_s=np.full(intervals, AHT),
        slots=slots,
        slow_down=slow_down,
        reaction_s=0.0,
    )


@pytest.mark.parametrize(("slots", "slow_down", "load"), [(1, 0.0, 9.0), (3, 0.24, 18.0)])
def test_it_agrees_with_the_formulas(slots: int, slow_down: float, load: float) -> None:
    log = simulate(draws_of(load / AHT, patience_s=180), staff_of(10, slots=slots, slow_down=slow_down))
    found = service(
        np.array([10.0]), np.array([load / AHT]), Work(AHT, 180.0, slots, slow_down), within_s=[20]
    )
    wait, answered = log.answered_s - log.arrived_s, log.agent >= 0
    day = (log.arrived_s // 86400).astype(int)
    for mine, theory in (
        (~answered, found.abandoned[0]),
        (answered & (wait <= 20), 1 - found.abandoned[0] - found.late[0, 0]),
    ):
        by_day = np.array([mine[day == d].mean() for d in range(DAYS)])
        error = 4 * by_day.std() / np.sqrt(DAYS) + 0.002
        assert by_day.mean() == pytest.approx(theory, abs=error)


def test_every_contact_is_answered_or_abandoned_once_and_in_order() -> None:
    log = simulate(draws_of(11 / AHT, patience_s=60, redials=0.45, reconnects=0.015), staff_of(10))
    answered = log.agent >= 0
    assert (answered == ~np.isnan(log.answered_s)).all()
    assert not np.isnan(log.ended_s).any()
    assert (log.ended_s >= log.arrived_s).all()
    assert (log.ended_s[answered] >= log.answered_s[answered]).all()


def test_an_agent_on_the_phone_has_one_call_at_a_time() -> None:
    log = simulate(draws_of(11 / AHT, patience_s=60, redials=0.45), staff_of(10))
    for agent in range(10):
        mine = np.flatnonzero(log.agent == agent)
        mine = mine[np.argsort(log.answered_s[mine])]
        assert (log.answered_s[mine][1:] >= log.ended_s[mine][:-1] - 1e-6).all()


def test_who_comes_back_comes_after_and_as_often_as_asked() -> None:
    log = simulate(draws_of(11 / AHT, patience_s=60, redials=0.45, reconnects=0.015), staff_of(10))
    child = np.flatnonzero(log.parent >= 0)
    pause = log.arrived_s[child] - log.ended_s[log.parent[child]]
    assert ((pause >= 15) & (pause <= 900)).all()
    left = (log.agent < 0) & (log.origin != RECONNECT)
    again = np.isin(np.arange(len(left)), log.parent[child])
    assert again[left].mean() == pytest.approx(0.45, abs=0.02)
    assert set(np.unique(log.origin[child])) == {REDIAL, RECONNECT}


def test_conversations_overlap_up_to_the_slots_and_take_longer_for_it() -> None:
    log = simulate(draws_of(22 / AHT, patience_s=180), staff_of(10, slots=3, slow_down=0.24))
    answered = log.agent >= 0
    length = (log.ended_s - log.answered_s)[answered]
    together = log.open_s[answered] / length
    assert together.min() >= 1 - 1e-6
    assert together.max() <= 3 + 1e-6
    solo = length / (1 + 0.24 * (together - 1))
    assert solo.mean() == pytest.approx(AHT, rel=0.03)


def test_who_still_waits_when_the_queue_closes_is_answered_or_leaves() -> None:
    open_hours = staff_of(3)
    seats = np.where(np.arange(DAYS * 48) % 48 < 20, 3, 0)
    draws = draws_of(2.9 / AHT, patience_s=900)
    fresh = draws.fresh_s[(draws.fresh_s // 1800).astype(int) % 48 < 20]
    log = simulate(draws._replace(fresh_s=fresh), open_hours._replace(seats=seats))
    late = log.answered_s[log.agent >= 0] % 86400 > 36000
    assert late.any()
    assert (log.answered_s[log.agent >= 0] % 86400 < 36000 + 2 * 3600).all()
