"""Conversations that end idle: an agent's slots as a small closed network of work and waiting.

An agent with m slots taken works on the j whose customers write and waits for the other m - j, which
close by themselves. With the slots kept full this is a closed network of two stations: work, at
j / (AHT (1 + slow_down (j - 1))) a second, and idling, each conversation on its own. Its throughput at m
is the pace at which slots become free (the aggregation of Chandy, Herzog & Woo 1975, exact for
the network; Gordon & Newell 1967 for its product form, in which only the mean of the idle time counts).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from staffing.mills import compiled

HUGE, LEAST_LOAD = 1e150, 1e-100


def full_pace(idle: np.ndarray, *, slots: np.ndarray, slow_down: np.ndarray) -> np.ndarray:
    """Conversations closed per AHT by an agent whose slots are all taken; `idle` in AHTs, shapes alike.

    >>> full_pace(np.array([0.0, 1.0]), slots=np.array([3, 3]), slow_down=np.array([0.25, 0.0]))
    array([2. , 1.5])
    """
    deepest = int(np.max(slots, initial=1))
    idling, before, now = [np.ones(np.shape(idle))], np.ones(np.shape(idle)), np.ones(np.shape(idle))
    worked, pace = [np.ones(np.shape(idle))], np.ones(np.shape(idle))
    for taken in range(1, deepest + 1):
        idling.append(idling[-1] * idle / taken)
        worked.append(worked[-1] * (1 + slow_down * (taken - 1)) / taken)
        states = [worked[j] * idling[taken - j] for j in range(taken + 1)]
        before, now = now, np.sum(states, axis=0)
        pace = np.where(slots == taken, before / now, pace)
    return pace


@compiled
def free_slots(rows: Any, result: Any) -> None:
    """Per row (agents, load, slots, slow-down): mean open and agents with none, given a free slot.

    The chain of `staffing.conversations` from the last free slot down, in result[0] and result[1].
    """
    for i in range(len(rows)):
        agents, load = int(rows[i, 0]), max(rows[i, 1], LEAST_LOAD)
        slots, slow_down = int(rows[i, 2]), rows[i, 3]
        weight, total, taken, empty = 1.0, 0.0, 0.0, 0.0
        for n in range(agents * slots - 1, -1, -1):
            each, more = (n + 1) // agents, (n + 1) % agents
            pace = (agents - more) * each / (1 + slow_down * max(each - 1, 0))
            pace += more * (each + 1) / (1 + slow_down * each)
            weight *= pace / load
            total, taken, empty = total + weight, taken + weight * n, empty + weight * max(agents - n, 0)
            if total > HUGE:
                weight, total, taken, empty = weight / HUGE, total / HUGE, taken / HUGE, empty / HUGE
        result[0, i], result[1, i] = (taken / total, empty / total) if total > 0 else (0.0, 0.0)
