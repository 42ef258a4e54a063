"""The compiled run does with every draw what a plain reading of the rules does."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.centre import Handling
from staffing.simulation.arrivals import in_order_of_arrival
from staffing.simulation.floor import Contacts, Duty, Groups, Queues, padded
from staffing.simulation.luck import with_further_luck
from staffing.simulation.run import run
from tests.staffing.simulation.plain import PlainFloor

SECONDS = 4 * 3600.0
GROUPS = Groups(padded([[0], [1], [0, 1], [2], [1, 2]]), padded([[]] * 5), np.zeros(5))
SERVED_BY = padded([[0, 2], [1, 2, 4], [3, 4]])
HANDLING = (
    Handling(200, 120, patience_shape=2, redial_share=0.6, redial_after_s=300),
    Handling(300, 240, reconnect_share=0.2, redial_share=0.1, reconnect_after_s=900, redial_after_s=200),
    Handling(250, 200, idle_s=120, redial_share=0.3, redial_after_s=100),
)


def drawn(rng: np.random.Generator) -> Contacts:
    """Two voice queues and a chat, a few more contacts than the agents can take."""
    parts = []
    for queue, handling in enumerate(HANDLING):
        count = int(rng.integers(100, 200))
        calls = Contacts(
            np.sort(rng.random(count)) * SECONDS,
            np.full(count, queue),
            rng.exponential(handling.aht_s, count),
            rng.exponential(handling.patience_s or np.inf, count),
        )
        aht_s = np.full(count, handling.aht_s)
        parts.append(with_further_luck(calls, aht_s=aht_s, handling=handling, rng=rng))
    return in_order_of_arrival(parts)


def shifts(rng: np.random.Generator, *, agents: int) -> Duty:
    """Agents who come, change group, and go, at moments of their own; the run ends with the last interval."""
    rows = [(SECONDS, -1, -1, 1)]
    for agent in range(agents):
        moments = np.sort(rng.random(3)) * SECONDS
        for moment, group in zip(moments, [*rng.integers(0, 5, 2), -1], strict=True):
            rows.append((moment, agent, int(group), 3 if group in (3, 4) else 1))
    return Duty(*(np.array(column) for column in zip(*sorted(rows), strict=True)))


@pytest.mark.parametrize("seed", range(12))
def test_contact_by_contact_the_same_as_in_plain_python(seed: int) -> None:
    rng = np.random.default_rng(seed)
    contacts, duty = drawn(rng), shifts(rng, agents=int(rng.integers(3, 14)))
    priority = rng.integers(0, 2, 3)
    queues = Queues(np.array([0.0, 0.0, 0.3]), np.array([False, False, True]), SERVED_BY, priority)
    plain = PlainFloor(contacts, queues=queues, groups=GROUPS, duty=duty)
    plain.run()
    outcome = run(contacts, queues=queues, groups=GROUPS, duty=duty)
    assert outcome.arrived_s == pytest.approx(plain.arrived_s, abs=1e-6, nan_ok=True)
    assert outcome.answered_s == pytest.approx(plain.answered_s, abs=1e-6, nan_ok=True)
    assert outcome.finished_s == pytest.approx(plain.finished_s, abs=1e-6, nan_ok=True)
    came, first = ~np.isnan(outcome.arrived_s), ~np.isnan(contacts.arrived_s)
    assert 0 < (came & ~first).sum() < (~first).sum()
    assert 0 < (~np.isnan(outcome.answered_s)).sum() < came.sum()
