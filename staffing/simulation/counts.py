"""What a run comes to: contacts and seconds, counted by queue and interval of arrival."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from planner.domain.centre import Queue
from staffing.simulation.floor import Contacts, Groups, Outcome
from staffing.simulation.horizon import Horizon


class Counts(NamedTuple):
    """Sums of one or many replications, shape (..., queues, intervals).

    `_in_t1`, `_in_t2`: within the seconds of the first and second service level. `judged`: deferred
    contacts whose deadline lies inside the horizon. Staffed and busy seconds belong to the interval
    in which they pass, everything else to the interval in which the contact arrived.
    """

    offered: np.ndarray
    answered: np.ndarray
    abandoned: np.ndarray
    waiting: np.ndarray
    abandoned_short: np.ndarray
    answered_in_t1: np.ndarray
    abandoned_in_t1: np.ndarray
    answered_in_t2: np.ndarray
    abandoned_in_t2: np.ndarray
    wait_s: np.ndarray
    judged: np.ndarray
    met: np.ndarray
    staffed_s: np.ndarray
    busy_s: np.ndarray


def count(
    contacts: Contacts, *, outcome: Outcome, queues: Sequence[Queue], groups: Groups, horizon: Horizon
) -> Counts:
    """Counts of one run. The wait of a written contact includes the agent's reaction: its first reply.

    Who called again is offered again, in the interval in which the call came.
    """
    contacts, outcome = _who_came(contacts, outcome)
    shape = (len(queues), len(horizon.starts))
    interval = np.minimum(contacts.arrived_s // horizon.interval_s, shape[1] - 1).astype(np.int64)
    cell = contacts.queue * shape[1] + interval

    def total(weights: np.ndarray) -> np.ndarray:
        return np.bincount(cell, weights, minlength=shape[0] * shape[1]).reshape(shape)

    answered = ~np.isnan(outcome.answered_s)
    abandoned = ~answered & (contacts.arrived_s + contacts.patience_s <= horizon.end_s)
    wait_s = np.nan_to_num(outcome.answered_s - contacts.arrived_s) + _reaction_s(queues)[contacts.queue]
    judged, met = _by_deadline(contacts, outcome=outcome, queues=queues, horizon=horizon)
    return Counts(
        offered=total(np.ones(len(cell))),
        answered=total(answered),
        abandoned=total(abandoned),
        waiting=total(~answered & ~abandoned),
        abandoned_short=total(abandoned & (contacts.patience_s <= _short_s(queues)[contacts.queue])),
        **{
            name: total(part)
            for number, within_s in enumerate((_within_s(queues, 0), _within_s(queues, 1)), start=1)
            for name, part in (
                (f"answered_in_t{number}", answered & (wait_s <= within_s[contacts.queue])),
                (f"abandoned_in_t{number}", abandoned & (contacts.patience_s <= within_s[contacts.queue])),
            )
        },
        wait_s=total(np.where(answered, wait_s, 0.0)),
        judged=total(judged),
        met=total(met),
        **_time(outcome, groups=groups, queue_count=len(queues)),
    )


def _who_came(contacts: Contacts, outcome: Outcome) -> tuple[Contacts, Outcome]:
    """Contacts and outcome without the calls that nobody made."""
    if contacts.again is None:
        return contacts, outcome
    came = ~np.isnan(outcome.arrived_s)
    return (
        Contacts(outcome.arrived_s[came], *(column[came] for column in contacts[1:4])),
        outcome._replace(answered_s=outcome.answered_s[came], finished_s=outcome.finished_s[came]),
    )


def _reaction_s(queues: Sequence[Queue]) -> np.ndarray:
    return np.array([queue.handling.reaction_s if queue.kind == "concurrent" else 0.0 for queue in queues])


def _short_s(queues: Sequence[Queue]) -> np.ndarray:
    return np.array([queue.handling.short_abandon_s for queue in queues])


def _within_s(queues: Sequence[Queue], number: int) -> np.ndarray:
    """Answer threshold of each queue's service level `number`; -1 s where it has none: nobody is in time."""
    levels = [queue.target.service_levels for queue in queues]
    return np.array([level[number].within_s if len(level) > number else -1.0 for level in levels])


def _by_deadline(
    contacts: Contacts, *, outcome: Outcome, queues: Sequence[Queue], horizon: Horizon
) -> tuple[np.ndarray, np.ndarray]:
    """Which contacts' deadlines lie inside the horizon, and which of these were met.

    Deadlines run on the queue's opening hours. One that ends later cannot be judged: it is neither.
    """
    judged, met = np.zeros((2, len(contacts.queue)), bool)
    for number, queue in enumerate(queues):
        if queue.target.deadline is None:
            continue
        of_queue = np.flatnonzero(contacts.queue == number)
        allowed_s = queue.target.deadline.within_business_h * 3600.0
        begun_s = horizon.open_seconds(queue.hours, at_s=contacts.arrived_s[of_queue])
        ended_s = horizon.open_seconds(queue.hours, at_s=outcome.finished_s[of_queue])
        closing_s = horizon.open_seconds(queue.hours, at_s=np.array([horizon.end_s]))
        judged[of_queue] = begun_s + allowed_s <= closing_s
        met[of_queue] = judged[of_queue] & (ended_s - begun_s <= allowed_s)
    return judged, met


def _time(outcome: Outcome, *, groups: Groups, queue_count: int) -> dict[str, np.ndarray]:
    """Staffed and busy seconds of the groups that serve each queue."""
    serves = np.zeros((queue_count, len(groups.queues)))
    group, column = np.nonzero(groups.queues >= 0)
    serves[groups.queues[group, column], group] = 1.0
    return {
        "staffed_s": serves @ outcome.people_s,
        "busy_s": serves @ outcome.busy_s,
    }
