"""The event simulation agrees with the exact theory of every queue that has one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from staffing.simulation.floor import Contacts, Groups, Outcome, Queues, padded
from staffing.simulation.run import run
from tests.staffing.simulation.floors import (
    INTERVAL_S,
    always,
    duty,
    one_queue,
    poisson_contacts,
)
from tests.staffing.simulation.intervals import assert_inside
from tests.staffing.simulation.steady import Steady, chain, many_servers

DAY_S = 86400.0
SEEDS = range(12)
ERLANG = {
    "M/M/N, 14 agents": (14, 100 / 1800, 180.0, np.inf),
    "M/M/N/N, 10 agents": (10, 9 / 300, 300.0, 1e-6),
    "M/M/N+M, 10 agents": (10, 9 / 300, 300.0, 180.0),
    "M/M/N+M overloaded, 20 agents": (20, 25 / 240, 240.0, 120.0),
}


def measured(contacts: Contacts, outcome: Outcome, *, within_s: float) -> dict[str, float]:
    """Measures after the first half day, which still remembers that it began empty."""
    kept = contacts.arrived_s > DAY_S / 2
    wait_s = (outcome.answered_s - contacts.arrived_s)[kept]
    answered = ~np.isnan(wait_s)
    first = int(DAY_S / 2 / INTERVAL_S)
    return {
        "abandonment": 1 - answered.mean(),
        "service_level": (wait_s <= within_s).mean(),
        "asa_s": wait_s[answered].mean(),
        "occupancy": outcome.busy_s[:, first:].sum() / outcome.people_s[:, first:].sum(),
    }


def theory_of(steady: Steady) -> dict[str, float]:
    """What `measured` measures, in theory."""
    return {name: getattr(steady, name) for name in ("abandonment", "service_level", "asa_s", "occupancy")}


@pytest.mark.parametrize("case", ERLANG)
def test_erlang_lies_inside_the_simulations_interval(case: str) -> None:
    agents, offered_per_s, aht_s, patience_s = ERLANG[case]
    runs = []
    for seed in SEEDS:
        contacts = poisson_contacts(
            np.random.default_rng(seed),
            offered_per_s=offered_per_s,
            seconds=10 * DAY_S,
            aht_s=aht_s,
            patience_s=patience_s,
        )
        outcome = one_queue(contacts, always(agents, seconds=10 * DAY_S))
        runs.append(measured(contacts, outcome, within_s=20.0))
    theory = many_servers(
        agents, offered_per_s=offered_per_s, aht_s=aht_s, patience_s=patience_s, within_s=20.0
    )
    assert_inside(runs, theory_of(theory))


def test_the_theory_here_gives_the_published_values() -> None:
    """Erlang C: CRAN ErlangC README (100 calls in 30 min, 180 s, 14 agents, 20 s).
    Erlang A: Garnett, Mandelbaum & Reiman 2002 (48 calls/min, 1 min, patience 2 min, 50 agents).
    """
    c = many_servers(14, offered_per_s=100 / 1800, aht_s=180, patience_s=np.inf, within_s=20)
    assert (c.p_wait, c.service_level, c.asa_s) == pytest.approx((0.1741319, 0.88835, 7.83593701), abs=5e-6)
    a = many_servers(50, offered_per_s=0.8, aht_s=60, patience_s=120, within_s=20)
    assert a.abandonment == pytest.approx(0.031, abs=5e-4)
    assert a.mean_wait_s == pytest.approx(3.7, abs=0.05)
    assert a.occupancy == pytest.approx(0.93, abs=5e-3)
    b = many_servers(10, offered_per_s=20 / 300, aht_s=300, patience_s=1e-9, within_s=20)
    assert b.abandonment == pytest.approx(0.5379631686, abs=1e-8)  # Erlang B, 20 Erlang on 10 servers


def test_one_agent_with_several_conversations_is_the_chain_of_slowed_completions() -> None:
    """A single agent with up to 3 chats of exponential length is exactly a birth-death chain."""
    aht_s, slow_down, open_now = 480.0, 0.24, np.arange(1, 4)
    theory = chain(
        open_now / (aht_s * (1 + slow_down * (open_now - 1))),
        offered_per_s=1 / 250,
        patience_s=330.0,
        within_s=60.0,
    )
    runs = []
    for seed in SEEDS:
        contacts = poisson_contacts(
            np.random.default_rng(seed),
            offered_per_s=1 / 250,
            seconds=40 * DAY_S,
            aht_s=aht_s,
            patience_s=330.0,
        )
        outcome = one_queue(
            contacts, always(1, seconds=40 * DAY_S, slots=3), slow_down=slow_down, concurrent=True
        )
        runs.append(measured(contacts, outcome, within_s=60.0))
    full_per_s = 3 / (aht_s * (1 + slow_down * 2))
    work_done = (1 - theory.abandonment) / 250 / full_per_s  # as a share of what a full agent does
    assert_inside(runs, theory_of(replace(theory, occupancy=work_done)))


def test_a_loss_system_does_not_mind_the_shape_of_handle_times() -> None:
    """Erlang's loss formula holds for any distribution of the same mean (Sevastyanov 1957)."""
    runs = []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        contacts = poisson_contacts(
            rng, offered_per_s=9 / 300, seconds=10 * DAY_S, aht_s=300.0, patience_s=0.0
        )
        fixed = contacts._replace(work_s=np.full(len(contacts.work_s), 300.0))
        outcome = one_queue(fixed, always(10, seconds=10 * DAY_S))
        runs.append({"abandonment": measured(fixed, outcome, within_s=20.0)["abandonment"]})
    lost = many_servers(10, offered_per_s=0.03, aht_s=300.0, patience_s=1e-9, within_s=20.0).abandonment
    assert_inside(runs, {"abandonment": lost})


def test_conversations_slow_each_other_down_by_hand() -> None:
    """Solo to 50 s; then both at 1 / 1.5: the first ends at 50 + 75; the second has 50 s left, alone."""
    contacts = Contacts(np.array([0.5, 50.5]), np.zeros(2, np.int64), np.full(2, 100.0), np.full(2, np.inf))
    outcome = one_queue(contacts, always(1, seconds=3600.0, slots=2), slow_down=0.5, concurrent=True)
    assert outcome.finished_s - 0.5 == pytest.approx([125.0, 175.0])


def test_an_agent_finishes_the_contact_when_the_segment_ends_and_takes_no_new_one() -> None:
    contacts = Contacts(
        np.array([500.0, 600.0]), np.zeros(2, np.int64), np.full(2, 900.0), np.full(2, np.inf)
    )
    outcome = one_queue(contacts, duty([(0, 0.0, 1000.0)], seconds=3600.0))
    assert outcome.finished_s[0] == 1400.0
    assert np.isnan(outcome.answered_s[1])
    assert outcome.people_s.sum() == pytest.approx(1400.0)  # the overrun is time on duty
    assert outcome.busy_s.sum() == pytest.approx(900.0)


def test_who_has_waited_longest_is_taken_first_across_queues() -> None:
    contacts = Contacts(
        np.array([10.0, 20.0, 30.0]), np.array([0, 1, 0]), np.full(3, 100.0), np.full(3, np.inf)
    )
    outcome = run(
        contacts,
        queues=Queues(np.zeros(2), np.zeros(2, bool), padded([[0], [0]])),
        groups=Groups(padded([[0, 1]]), padded([[]]), np.zeros(1)),
        duty=always(1, seconds=3600.0),
    )
    assert list(outcome.answered_s) == [10.0, 110.0, 210.0]


def test_a_call_is_not_taken_beside_open_chats() -> None:
    """An agent of voice (0) and chat (1) with a chat open takes the next chat, but not the call."""
    contacts = Contacts(
        np.array([10.0, 20.0, 30.0]), np.array([1, 0, 1]), np.full(3, 100.0), np.full(3, np.inf)
    )
    outcome = run(
        contacts,
        queues=Queues(np.zeros(2), np.array([False, True]), padded([[0], [0]])),
        groups=Groups(padded([[0, 1]]), padded([[]]), np.zeros(1)),
        duty=always(1, seconds=3600.0, slots=3),
    )
    assert list(outcome.answered_s) == [10.0, 130.0, 30.0]


def test_the_specialist_takes_the_call_before_the_generalist() -> None:
    """Queue 0 is served by a specialist (agent 0) and a generalist: the specialist takes the call."""
    contacts = Contacts(np.array([10.0]), np.zeros(1, np.int64), np.full(1, 100.0), np.full(1, np.inf))
    shifts = always(2, seconds=3600.0)
    outcome = run(
        contacts,
        queues=Queues(np.zeros(2), np.zeros(2, bool), padded([[0, 1], [1]])),
        groups=Groups(padded([[0], [0, 1]]), padded([[], []]), np.zeros(2)),
        duty=shifts._replace(group=np.where(shifts.agent == 1, 1, shifts.group)),
    )
    assert list(outcome.busy_s.sum(axis=1)) == pytest.approx([100.0, 0.0])


def test_deferred_work_fills_the_stated_share_of_idle_time_and_no_more() -> None:
    """Waiting from the second interval on: 10 intervals of 1800 s at 30 % are 54 e-mails of 100 s."""
    count = 200
    contacts = Contacts(
        np.linspace(1, 2, count), np.ones(count, np.int64), np.full(count, 100.0), np.full(count, np.inf)
    )
    outcome = run(
        contacts,
        queues=Queues(np.zeros(2), np.zeros(2, bool), padded([[0], []])),
        groups=Groups(padded([[0]]), padded([[1]]), np.array([0.3])),
        duty=always(1, seconds=11 * INTERVAL_S),
    )
    assert (~np.isnan(outcome.finished_s)).sum() == 54
    assert outcome.busy_s.sum() == 0  # of voice


def test_more_agents_answer_no_fewer_and_no_later_in_the_mean() -> None:
    contacts = poisson_contacts(
        np.random.default_rng(3), offered_per_s=9 / 300, seconds=5 * DAY_S, aht_s=300.0, patience_s=180.0
    )
    found = [
        measured(contacts, one_queue(contacts, always(agents, seconds=5 * DAY_S)), within_s=20.0)
        for agents in range(6, 16)
    ]
    levels = [one["service_level"] for one in found]
    assert levels == sorted(levels)
    abandonment = [one["abandonment"] for one in found]
    assert abandonment == sorted(abandonment, reverse=True)


def test_nobody_waits_when_there_are_more_agents_than_contacts() -> None:
    contacts = poisson_contacts(
        np.random.default_rng(4), offered_per_s=9 / 300, seconds=DAY_S, aht_s=300.0, patience_s=180.0
    )
    outcome = one_queue(contacts, always(len(contacts.arrived_s), seconds=DAY_S))
    assert np.array_equal(outcome.answered_s, contacts.arrived_s)
    busy_s = outcome.busy_s.sum()
    inside_s = np.minimum(contacts.arrived_s + contacts.work_s, DAY_S) - contacts.arrived_s
    assert busy_s == pytest.approx(inside_s.sum())  # work in = work out
