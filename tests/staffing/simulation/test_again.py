"""Who gave up or was answered may call again, as drawn before, and is offered again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.centre import Handling
from staffing.simulation.floor import Again, Contacts, Groups, Outcome, Queues, padded
from staffing.simulation.luck import with_further_luck
from staffing.simulation.run import run
from tests.staffing.simulation.floors import always, duty, one_queue, poisson_contacts
from tests.staffing.simulation.intervals import assert_inside
from tests.staffing.simulation.steady import Steady, many_servers

DAY_S = 86400.0
NEVER = np.array([np.inf, np.inf])


def caller(*, patience_s: float, again: Again) -> Contacts:
    """One caller at 10 s with 60 s of work, who may call a second time."""
    return Contacts(
        np.array([10.0, np.nan]), np.zeros(2, np.int64), np.full(2, 60.0), np.full(2, patience_s), 0.0, again
    )


def test_who_gives_up_calls_again_and_is_answered_by_hand() -> None:
    """Gives up at 40, calls again at 140, when an agent has come."""
    contacts = caller(patience_s=30.0, again=Again(np.array([1, -1]), np.array([100.0, np.inf]), NEVER))
    outcome = one_queue(contacts, duty([(0, 100.0, 3600.0)], seconds=3600.0))
    assert list(outcome.arrived_s) == [10.0, 140.0]
    assert np.isnan(outcome.answered_s[0])
    assert outcome.finished_s[1] == 200.0


def test_who_is_answered_does_not_redial_but_may_reconnect() -> None:
    again = Again(np.array([1, -1]), np.array([100.0, np.inf]), NEVER)
    shifts = duty([(0, 20.0, 3600.0)], seconds=3600.0)
    assert np.isnan(one_queue(caller(patience_s=30.0, again=again), shifts).arrived_s[1])
    again = Again(np.array([1, -1]), NEVER, np.array([100.0, np.inf]))
    assert one_queue(caller(patience_s=30.0, again=again), shifts).arrived_s[1] == 180.0  # 20 + 60 + 100


def test_nobody_gets_through_to_a_closed_queue() -> None:
    """Open in the first half-hour only: the call at 2010 s is not offered."""
    contacts = caller(patience_s=30.0, again=Again(np.array([1, -1]), np.array([1970.0, np.inf]), NEVER))
    for is_open, arrived_s in (([True, False], np.nan), ([True, True], 2010.0)):
        outcome = run(
            contacts,
            queues=Queues(np.zeros(1), np.zeros(1, bool), padded([[0]]), is_open=np.array([is_open])),
            groups=Groups(padded([[0]]), padded([[]]), np.zeros(1)),
            duty=duty([(0, 1900.0, 3600.0)], seconds=3600.0),
        )
        assert outcome.arrived_s[1] == pytest.approx(arrived_s, nan_ok=True)


def fixed_point(handling: Handling, *, agents: int, first_per_s: float) -> tuple[float, Steady]:
    """offered = first + redial offered P(ab) + reconnect offered (1 - P(ab)), and Erlang A there."""
    offered_per_s = first_per_s
    for _ in range(200):
        steady = many_servers(
            agents, offered_per_s=offered_per_s, aht_s=handling.aht_s, patience_s=180.0, within_s=20.0
        )
        back = handling.redial_share * steady.abandonment
        back += handling.reconnect_share * (1 - steady.abandonment)
        offered_per_s = first_per_s + offered_per_s * back
    return offered_per_s, steady


def measured(contacts: Contacts, outcome: Outcome, *, days: int) -> dict[str, float]:
    """Rates and shares of those who arrived between the fourth day and the last but one."""
    seen = (outcome.arrived_s > 4 * DAY_S) & (outcome.arrived_s < (days - 1) * DAY_S)
    wait_s = (outcome.answered_s - outcome.arrived_s)[seen]
    return {
        "offered_per_s": seen.sum() / ((days - 5) * DAY_S),
        "abandonment": np.isnan(wait_s).mean(),
        "service_level": (wait_s <= 20.0).mean(),
    }


@pytest.mark.parametrize(("redial", "reconnect"), [(0.7, 0.0), (0.0, 0.15), (0.5, 0.1)])
def test_redials_and_reconnects_come_to_the_fixed_point_of_erlang_a(redial: float, reconnect: float) -> None:
    """Delays of five hours are long enough for a call that comes again to find a queue that forgot it."""
    handling = Handling(300.0, 180.0, redial_share=redial, reconnect_share=reconnect)
    handling = replace(handling, redial_after_s=18000.0, reconnect_after_s=18000.0)
    agents, first_per_s, days = 10, 0.03, 45
    offered_per_s, steady = fixed_point(handling, agents=agents, first_per_s=first_per_s)
    runs = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        calls = poisson_contacts(
            rng, offered_per_s=first_per_s, seconds=days * DAY_S, aht_s=300.0, patience_s=180.0
        )
        contacts = with_further_luck(
            calls, aht_s=np.full(len(calls.queue), 300.0), handling=handling, rng=rng
        )
        first = len(calls.queue)
        work_s = np.concatenate([calls.work_s, rng.exponential(300.0, len(contacts.queue) - first)])
        outcome = one_queue(contacts._replace(work_s=work_s), always(agents, seconds=days * DAY_S))
        runs.append(measured(contacts, outcome, days=days))
    theory = {"abandonment": steady.abandonment, "service_level": steady.service_level}
    assert_inside(runs, {"offered_per_s": offered_per_s, **theory})


def test_the_same_draw_gives_the_same_calls_and_more_agents_fewer_of_them() -> None:
    handling = Handling(300.0, 180.0, redial_share=0.8, redial_after_s=600.0)
    rng = np.random.default_rng(1)
    calls = poisson_contacts(rng, offered_per_s=0.03, seconds=10 * DAY_S, aht_s=300.0, patience_s=180.0)
    contacts = with_further_luck(calls, aht_s=np.full(len(calls.queue), 300.0), handling=handling, rng=rng)
    outcomes = [one_queue(contacts, always(n, seconds=10 * DAY_S)) for n in (8, 8, 10, 14)]
    assert np.array_equal(outcomes[0].arrived_s, outcomes[1].arrived_s, equal_nan=True)
    offered = [int((~np.isnan(one.arrived_s)).sum()) for one in outcomes[1:]]
    assert offered == sorted(offered, reverse=True)
    assert offered[0] > offered[-1] >= len(calls.queue)
