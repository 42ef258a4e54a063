"""Nothing is lost between the run and its counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Deadline, Handling, QueueKey, ServiceLevel, Target
from staffing.simulation.counts import Counts, count, yardstick
from staffing.simulation.floor import Contacts, Groups, Outcome, padded
from staffing.simulation.horizon import Horizon
from tests.staffing.simulation.centres import MONDAY, ZONE, queue
from tests.staffing.simulation.floors import always, one_queue, poisson_contacts

HORIZON = Horizon(ZONE, pd.date_range(MONDAY, periods=2), 30)
GROUPS = Groups(padded([[0]]), padded([[]]), np.zeros(1))
TARGET = Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)))
VOICE = queue(QueueKey("LIS", "pt", "voice"), target=TARGET, handling=Handling(300, 180, short_abandon_s=5))


def counted(contacts: Contacts, outcome: Outcome, one=VOICE) -> Counts:
    return count(contacts, outcome=outcome, yardstick=yardstick([one], groups=GROUPS, horizon=HORIZON))


@pytest.mark.parametrize("agents", [0, 3, 12])
def test_offered_is_answered_and_abandoned_and_still_waiting(agents: int) -> None:
    contacts = poisson_contacts(
        np.random.default_rng(agents), offered_per_s=0.03, seconds=HORIZON.end_s, aht_s=300, patience_s=180
    )
    counts = counted(contacts, one_queue(contacts, always(agents, seconds=HORIZON.end_s)))
    assert counts.offered.sum() == len(contacts.arrived_s)
    assert np.array_equal(counts.offered, counts.answered + counts.abandoned + counts.waiting)
    assert (counts.abandoned_short <= counts.abandoned_in_t1).all()
    assert (counts.abandoned_in_t1 <= counts.abandoned_in_t2).all()
    assert (counts.answered_in_t1 <= counts.answered_in_t2).all()
    assert (counts.busy_s <= counts.staffed_s + 1e-6).all()
    assert counts.staffed_s.sum() == pytest.approx(agents * HORIZON.end_s)


def test_each_contact_counts_where_it_arrived_and_as_what_it_became() -> None:
    """Answered at once, after 30 s, after 70 s; abandoned after 4 s and 40 s; still waiting at the end."""
    arrived_s = np.array([100.0, 200.0, 300.0, 2000.0, 2100.0, HORIZON.end_s - 10])
    contacts = Contacts(
        arrived_s, np.zeros(6, np.int64), np.full(6, 60.0), np.array([np.inf, 180, 180, 4, 40, 180])
    )
    answered_s = np.array([100.0, 230.0, 370.0, np.nan, np.nan, np.nan])
    none = np.zeros((1, 96))
    counts = counted(contacts, Outcome(answered_s, answered_s + 60, none, none, contacts.arrived_s))
    expected = {
        "offered": (3, 2), "answered": (3, 0), "abandoned": (0, 2), "abandoned_short": (0, 1),
        "answered_in_t1": (1, 0), "answered_in_t2": (2, 0), "abandoned_in_t1": (0, 1),
        "abandoned_in_t2": (0, 2), "wait_s": (100, 0),
    }  # fmt: skip
    assert {name: tuple(getattr(counts, name)[0, :2]) for name in expected} == expected
    assert counts.waiting[0, -1] == 1


def test_a_deadline_beyond_the_horizon_is_not_judged() -> None:
    """Two days, deadline 6 h around the clock: judged until 18:00 of the second day."""
    mail = queue(QueueKey("LIS", "pt", "email"), target=Target(deadline=Deadline(0.95, 6)))
    hour = 3600.0
    contacts = Contacts(
        np.array([0, 1, 41, 43]) * hour, np.zeros(4, np.int64), np.full(4, 60.0), np.full(4, np.inf)
    )
    finished_s = np.array([5.9 * hour, 7.1 * hour, np.nan, 44 * hour])
    none = np.zeros((1, 96))
    counts = counted(contacts, Outcome(finished_s - 60, finished_s, none, none, contacts.arrived_s), mail)
    assert counts.judged.sum() == 3
    assert counts.met.sum() == 1


def test_who_never_called_again_is_not_offered() -> None:
    contacts = Contacts(
        np.array([100.0, np.nan, np.nan]), np.zeros(3, np.int64), np.ones(3), np.full(3, 30.0)
    )
    none, answered_s = np.zeros((1, 96)), np.array([np.nan, 2000.0, np.nan])
    came = Outcome(answered_s, answered_s + 1, none, none, np.array([100.0, 1990.0, np.nan]))
    counts = counted(contacts, came)
    assert list(counts.offered[0, :2]) == [1, 1]
    assert list(counts.answered_in_t1[0, :2]) == [0, 1]
    assert counts.offered.sum() == 2
