"""Teams of given size meet drawn contacts: people on contact in each interval, by the queues they serve.

No roster stands behind them: in each interval there are as many as said. Who came first leaves first, and
finishes the contact in hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.centre import Queue
from staffing.simulation.arrivals import Demand, draw_contacts
from staffing.simulation.counts import Counts, Yardstick, count, yardstick
from staffing.simulation.floor import Contacts, Duty, Groups, Queues, padded
from staffing.simulation.horizon import Horizon
from staffing.simulation.run import run


@dataclass(frozen=True)
class TeamModel:
    """Queues with their demand, and groups of people as lists of queue numbers (specialists first)."""

    horizon: Horizon
    queues: tuple[Queue, ...]
    demands: tuple[Demand, ...]
    served: tuple[tuple[int, ...], ...]
    yardstick: Yardstick
    worked: Queues
    groups: Groups
    slots: np.ndarray


def team_model(demands: Sequence[Demand], served: Sequence[Sequence[int]], *, horizon: Horizon) -> TeamModel:
    """The model of a team; all queues have the same priority but for their own."""
    queues = tuple(one.queue for one in demands)
    groups_of = [[g for g, numbers in enumerate(served) if q in numbers] for q in range(len(queues))]
    groups = Groups(padded(served), padded([[] for _ in served]), np.zeros(len(served)))
    worked = Queues(
        np.array([queue.handling.slow_down for queue in queues]),
        np.array([queue.kind == "concurrent" for queue in queues]),
        padded(groups_of),
        np.array([queue.priority for queue in queues], np.int64),
        np.array([one.by_interval > 0 for one in demands]),
    )
    slots = [
        max([queues[q].handling.concurrency if worked.concurrent[q] else 1 for q in qs]) for qs in served
    ]
    return TeamModel(
        horizon,
        queues,
        tuple(demands),
        tuple(tuple(numbers) for numbers in served),
        yardstick(queues, groups=groups, horizon=horizon),
        worked,
        groups,
        np.array(slots),
    )


def drawn(model: TeamModel, *, path: int, seed: int, replication: int) -> Contacts:
    """The contacts of one replication: the same for every size of the team."""
    return draw_contacts(model.demands, path=path, seed=seed, replication=replication, horizon=model.horizon)


def on_duty(model: TeamModel, agents: np.ndarray) -> Duty:
    """Comings and goings that put `agents` (groups x intervals) of the model's groups on contact."""
    return duty_of(agents, model.slots, interval_s=model.horizon.interval_s)


def played(model: TeamModel, duty: Duty, contacts: Contacts) -> Counts:
    """Counts (queues x intervals) of one replication."""
    outcome = run(contacts, queues=model.worked, groups=model.groups, duty=duty)
    return count(contacts, outcome=outcome, yardstick=model.yardstick)


def duty_of(agents: np.ndarray, slots: np.ndarray, *, interval_s: float) -> Duty:
    """Comings and goings that put so many of each group on contact in each interval.

    The k-th of a group to leave is the k-th that came. Numbers are used again once their owner is long gone.
    """
    intervals = agents.shape[1]
    parts, before = [], 0
    for number, there in enumerate(agents):
        change = np.diff(there, prepend=0)
        ring = 2 * int(there.max(initial=0)) + 1
        comes, goes = (np.repeat(np.arange(intervals), np.maximum(way, 0)) for way in (change, -change))
        parts.append((comes, before + np.arange(len(comes)) % ring, number, slots[number]))
        parts.append((goes, before + np.arange(len(goes)) % ring, -1, 1))
        before += ring
    ticks = np.arange(1, intervals + 1)
    parts.append((ticks, np.full(intervals, -1), -1, 1))
    at = np.concatenate([part[0] for part in parts])
    order = np.argsort(at, kind="stable")
    return Duty(
        at[order] * interval_s,
        np.concatenate([part[1] for part in parts])[order],
        np.concatenate([np.full(len(part[0]), part[2]) for part in parts])[order],
        np.concatenate([np.full(len(part[0]), part[3]) for part in parts])[order],
    )
