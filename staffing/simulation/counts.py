"""What a run comes to: contacts and seconds, counted by queue and interval of arrival."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from planner.domain.centre import Queue
from staffing.simulation.floor import Contacts, Groups, Outcome
from staffing.simulation.horizon import Horizon, open_seconds
from staffing.simulation.tally import COUNTED, Rules, Seen, tally


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


@dataclass(frozen=True)
class Yardstick:
    """What the contacts of a site are counted by, the same in every replication.

    `clocks` gives, for each queue with a deadline, the seconds of opening hours gone by at the end of
    each step of the horizon; `serves` (queues x groups) is 1 where the group serves the queue.
    """

    horizon: Horizon
    queues: tuple[Queue, ...]
    rules: Rules
    clocks: Mapping[int, np.ndarray]
    serves: np.ndarray


def yardstick(queues: Sequence[Queue], *, groups: Groups, horizon: Horizon) -> Yardstick:
    """The yardstick of a site's queues."""
    rules = Rules(
        np.array([queue.handling.reaction_s if queue.kind == "concurrent" else 0.0 for queue in queues]),
        np.array([queue.handling.short_abandon_s for queue in queues]),
        np.array([_within_s(queues, 0), _within_s(queues, 1)]),
        horizon.interval_s,
        horizon.end_s,
    )
    clocks = {
        number: horizon.open_clock(queue.hours)
        for number, queue in enumerate(queues)
        if queue.target.deadline is not None
    }
    serves = np.zeros((len(queues), len(groups.queues)))
    group, column = np.nonzero(groups.queues >= 0)
    serves[groups.queues[group, column], group] = 1.0
    return Yardstick(horizon, tuple(queues), rules, clocks, serves)


def count(contacts: Contacts, *, outcome: Outcome, yardstick: Yardstick) -> Counts:
    """Counts of one run. The wait of a written contact includes the agent's reaction: its first reply.

    Who called again is offered again, in the interval in which the call came.
    """
    sums = np.zeros((len(yardstick.queues), len(yardstick.horizon.starts), COUNTED))
    seen = Seen(contacts.queue, outcome.arrived_s, outcome.answered_s, contacts.patience_s)
    tally(seen, yardstick.rules, sums)
    judged, met = _by_deadline(contacts.queue, outcome=outcome, yardstick=yardstick)
    busy = np.where(outcome.people_s > 0, outcome.busy_s, 0.0)  # what rounding leaves of nobody's work
    staffed_s, busy_s = yardstick.serves @ outcome.people_s, yardstick.serves @ busy
    return Counts._make([*np.moveaxis(sums, -1, 0), judged, met, staffed_s, busy_s])


def _within_s(queues: Sequence[Queue], number: int) -> list[float]:
    """Answer threshold of each queue's service level `number`; -1 s where it has none: nobody is in time."""
    levels = [queue.target.service_levels for queue in queues]
    return [level[number].within_s if len(level) > number else -1.0 for level in levels]


def _by_deadline(
    queue_of: np.ndarray, *, outcome: Outcome, yardstick: Yardstick
) -> tuple[np.ndarray, np.ndarray]:
    """How many deadlines lie inside the horizon, and how many of these were met, by queue and interval.

    Deadlines run on the queue's opening hours. One that ends later cannot be judged: it is neither.
    """
    horizon = yardstick.horizon
    judged, met = np.zeros((2, len(yardstick.queues), len(horizon.starts)))
    for number, clock in yardstick.clocks.items():
        deadline = yardstick.queues[number].target.deadline
        allowed_s = deadline.within_business_h * 3600.0 if deadline else 0.0
        arrived_s = outcome.arrived_s[queue_of == number]
        begun_s = open_seconds(clock, at_s=arrived_s)
        took_s = open_seconds(clock, at_s=outcome.finished_s[queue_of == number]) - begun_s
        inside = begun_s + allowed_s <= clock[-1]  # false for NaN: who never came
        interval = np.minimum(arrived_s[inside] // horizon.interval_s, judged.shape[1] - 1).astype(np.int64)
        judged[number] = np.bincount(interval, minlength=judged.shape[1])
        met[number] = np.bincount(interval, took_s[inside] <= allowed_s, minlength=judged.shape[1])
    return judged, met
