"""Who is next: the higher priority, then the longest wait."""

from __future__ import annotations

import numpy as np
import pytest

from staffing.simulation.floor import Contacts, Duty, Groups, Outcome, Queues, padded
from staffing.simulation.run import run
from tests.staffing.simulation.floors import always, duty, one_queue, poisson_contacts
from tests.staffing.simulation.intervals import assert_inside
from tests.staffing.simulation.steady import many_servers

DAY_S = 86400.0


def shared_group(contacts: Contacts, shifts: Duty, *, priority: list[int]) -> Outcome:
    """Two queues served by one group."""
    return run(
        contacts,
        queues=Queues(np.zeros(2), np.zeros(2, bool), padded([[0], [0]]), np.array(priority)),
        groups=Groups(padded([[0, 1]]), padded([[]]), np.zeros(1)),
        duty=shifts,
    )


@pytest.mark.parametrize("agents", [1, 8])
def test_two_priorities_wait_as_cobham_and_kella_and_yechiali_say(agents: int) -> None:
    """Mean waits without preemption (Cobham 1954; several servers of one rate: Kella & Yechiali 1985).

    P(wait) h / (c (1 - load of the higher)), and that / (1 - whole load) for the lower.
    """
    aht_s, load, urgent = 300.0, 0.85, 0.4  # the higher priority's share of all contacts
    offered_per_s = agents * load / aht_s
    steady = many_servers(agents, offered_per_s=offered_per_s, aht_s=aht_s, patience_s=np.inf, within_s=20.0)
    higher_s = steady.p_wait * aht_s / agents / (1 - urgent * load)
    runs = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        contacts = poisson_contacts(
            rng, offered_per_s=offered_per_s, seconds=60 * DAY_S, aht_s=aht_s, patience_s=np.inf
        )
        lower = rng.random(len(contacts.queue)) > urgent
        contacts = contacts._replace(queue=lower.astype(np.int64))
        outcome = shared_group(contacts, always(agents, seconds=60 * DAY_S), priority=[5, 1])
        wait_s = outcome.answered_s - contacts.arrived_s
        seen = (contacts.arrived_s > 2 * DAY_S) & ~np.isnan(wait_s)
        runs.append({"higher": wait_s[seen & ~lower].mean(), "lower": wait_s[seen & lower].mean()})
    assert_inside(runs, {"higher": higher_s, "lower": higher_s / (1 - load)})


def test_priority_changes_who_waits_but_not_how_much_is_waited() -> None:
    """Exponential work of one mean: the mean wait of all is the same in any order of service."""
    contacts = poisson_contacts(
        np.random.default_rng(5), offered_per_s=0.02, seconds=20 * DAY_S, aht_s=300.0, patience_s=np.inf
    )
    contacts = contacts._replace(
        queue=np.arange(len(contacts.queue)) % 2, work_s=np.full(len(contacts.queue), 300.0)
    )
    waits = []
    for priority in ([0, 0], [0, 1]):
        outcome = shared_group(contacts, always(7, seconds=20 * DAY_S), priority=priority)
        waits.append(outcome.answered_s - contacts.arrived_s)
    assert np.nansum(waits[0]) == pytest.approx(np.nansum(waits[1]))  # fixed work: exactly
    assert np.nanmean(waits[1][contacts.queue == 1]) < np.nanmean(waits[0][contacts.queue == 1])


def test_within_one_priority_the_longest_wait_goes_first() -> None:
    contacts = Contacts(
        np.array([10.0, 20.0, 30.0, 40.0]), np.array([0, 1, 0, 1]), np.full(4, 100.0), np.full(4, np.inf)
    )
    shifts = always(1, seconds=3600.0)
    equal = shared_group(contacts, shifts, priority=[3, 3])
    assert list(equal.answered_s) == [10.0, 110.0, 210.0, 310.0]
    second_first = shared_group(contacts, shifts, priority=[-1, 0])
    assert list(second_first.answered_s) == [10.0, 110.0, 310.0, 210.0]


def test_when_anyone_may_go_an_idle_agent_goes_before_a_busy_one() -> None:
    """Agent 0 is on the phone when one of two goes: agent 1 goes, and the next call waits for agent 0."""
    contacts = Contacts(np.array([10.0, 60.0]), np.zeros(2, np.int64), np.full(2, 100.0), np.full(2, np.inf))
    shifts = duty([(0, 0.0, 9000.0), (1, 0.0, 9000.0)], seconds=3600.0)
    leaves = np.array([50.0, -2, 0, 1])
    place = np.searchsorted(shifts.at_s, 50.0)
    anyone = Duty(*(np.insert(column, place, value) for column, value in zip(shifts, leaves, strict=True)))
    outcome = one_queue(contacts, anyone)
    assert list(outcome.answered_s) == [10.0, 110.0]
    assert outcome.people_s[0, 0] == pytest.approx(1800 + 50)
