"""A conversation keeps its slot for a while after the work, at nobody's cost but the slot's."""

from __future__ import annotations

from math import factorial, prod

import numpy as np
import pytest

from staffing.simulation.floor import Contacts
from tests.staffing.simulation.floors import always, duty, one_queue, poisson_contacts
from tests.staffing.simulation.intervals import assert_inside
from tests.staffing.simulation.steady import many_servers

DAY_S = 86400.0


def test_slots_held_by_idle_conversations_are_lost_as_erlang_b_has_it() -> None:
    """Without slow-down a slot is taken for work and idle time together, whatever their shapes."""
    runs = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        contacts = poisson_contacts(rng, offered_per_s=0.02, seconds=20 * DAY_S, aht_s=300.0, patience_s=0.0)
        held = contacts._replace(idle_s=rng.exponential(200.0, len(contacts.queue)))
        outcome = one_queue(held, always(4, seconds=20 * DAY_S, slots=3), concurrent=True)
        runs.append({"lost": np.isnan(outcome.answered_s[contacts.arrived_s > DAY_S]).mean()})
    theory = many_servers(12, offered_per_s=0.02, aht_s=500.0, patience_s=1e-9, within_s=20.0)
    assert_inside(runs, {"lost": theory.abandonment})


def test_idle_conversations_neither_slow_the_others_nor_take_effort() -> None:
    """One agent, arrivals lost when all slots are taken: w worked on and i idle have the product form
    prod_j(offered h (1 + s (j - 1)) / j) (offered idle)^i / i!, cut off at w + i = slots.
    """
    offered_per_s, aht_s, idle_s, slow_down, slots = 0.01, 200.0, 150.0, 0.3, 4
    weight = {
        (w, i): prod(offered_per_s * aht_s * (1 + slow_down * (j - 1)) / j for j in range(1, w + 1))
        * (offered_per_s * idle_s) ** i
        / factorial(i)
        for w in range(slots + 1)
        for i in range(slots + 1 - w)
    }
    lost = sum(value for (w, i), value in weight.items() if w + i == slots) / sum(weight.values())
    full_per_s = slots / (aht_s * (1 + slow_down * (slots - 1)))
    runs = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        contacts = poisson_contacts(
            rng, offered_per_s=offered_per_s, seconds=40 * DAY_S, aht_s=aht_s, patience_s=0.0
        )
        held = contacts._replace(idle_s=rng.exponential(idle_s, len(contacts.queue)))
        shifts = always(1, seconds=40 * DAY_S, slots=slots)
        outcome = one_queue(held, shifts, slow_down=slow_down, concurrent=True)
        busy = outcome.busy_s.sum() / outcome.people_s.sum()
        runs.append({"lost": np.isnan(outcome.answered_s).mean(), "busy": busy})
    assert_inside(runs, {"lost": lost, "busy": offered_per_s * (1 - lost) / full_per_s})


def test_the_slot_comes_free_when_idle_time_is_over_by_hand() -> None:
    """Two slots: the third chat waits until the first has been idle for 40 s."""
    contacts = Contacts(
        np.array([0.0, 10.0, 20.0]), np.zeros(3, np.int64), np.array([100.0, 500.0, 50.0]), np.full(3, np.inf),
        idle_s=np.array([40.0, 40.0, 0.0]),
    )  # fmt: skip
    outcome = one_queue(contacts, always(1, seconds=3600.0, slots=2), concurrent=True)
    assert list(outcome.finished_s[:1]) == [100.0]
    assert list(outcome.answered_s) == [0.0, 10.0, 140.0]


def test_an_agent_does_not_stay_for_idle_conversations() -> None:
    contacts = Contacts(
        np.array([0.0]),
        np.zeros(1, np.int64),
        np.array([100.0]),
        np.full(1, np.inf),
        idle_s=np.array([900.0]),
    )
    outcome = one_queue(contacts, duty([(0, 0.0, 300.0)], seconds=3600.0, slots=3), concurrent=True)
    assert outcome.people_s.sum() == pytest.approx(300.0)
