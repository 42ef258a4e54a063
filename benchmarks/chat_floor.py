"""Agents who hold several conversations, one by one: an exact simulation that shares no code with the model.

A new conversation goes to the agent with the fewest open (the first of equals); who finds all slots
taken waits, the longest first, and leaves after an exponential patience. An agent with j active completes
j / (AHT (1 + slow_down (j - 1))) a second; what is completed holds its slot for an exponential idle time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit


class Floor(NamedTuple):
    """Agents and their slots; contacts a second; times in seconds."""

    agents: int
    slots: int
    arrivals: float
    aht_s: float
    slow_down: float
    idle_s: float
    patience_s: float


class Seen(NamedTuple):
    """Shares of contacts and of time after the warm-up; `asa_s` is of those who got a slot."""

    answered_within: float
    abandoned: float
    asa_s: float
    open_per_agent: float
    active_per_agent: float
    nothing_open: float
    full: float


@njit(cache=True)
def watch(floor: Floor, *, within_s: float, contacts: int, rng: Any) -> Seen:
    """Run until so many contacts have arrived, the first tenth not counted."""
    active, idle = np.zeros(floor.agents, np.int64), np.zeros(floor.agents, np.int64)
    waiting = np.empty(contacts)  # moments of arrival, the longest wait first
    queue, opened, idling, came, now = 0, 0, 0, 0, 0.0
    began, sums, counts = 0.0, np.zeros(4), np.zeros(4)
    while came < contacts:
        paces = active / (floor.aht_s * (1 + floor.slow_down * np.maximum(active - 1, 0)))
        working = paces.sum()
        closing = idling / floor.idle_s if floor.idle_s > 0 else 0.0
        leaving = queue / floor.patience_s
        total = floor.arrivals + working + closing + leaving
        step = rng.exponential(1 / total)
        if came > contacts // 10:
            began = began if began > 0 else now
            sums[0] += step * opened
            sums[1] += step * (opened - idling)
            sums[2] += step * (active + idle == 0).sum()
            sums[3] += step * (opened == floor.agents * floor.slots)
        now += step
        counted = came > contacts // 10
        draw, agent = rng.random() * total, -1
        if draw < floor.arrivals:
            came += 1
            counts[0] += counted
            if opened < floor.agents * floor.slots:
                agent = int((active + idle).argmin())
                active[agent] += 1
                opened += 1
                counts[1] += counted
            else:
                waiting[queue] = now
                queue += 1
            continue
        draw -= floor.arrivals
        if draw < leaving:
            who = min(int(draw * floor.patience_s), queue - 1)
            waiting[who : queue - 1] = waiting[who + 1 : queue]
            queue -= 1
            counts[2] += counted
            continue
        draw -= leaving
        if draw < working:
            agent = min(int(np.searchsorted(np.cumsum(paces), draw, side="right")), floor.agents - 1)
            active[agent] -= 1
            if floor.idle_s > 0:
                idle[agent] += 1
                idling += 1
                continue
        else:
            draw = (draw - working) * floor.idle_s
            agent = min(int(np.searchsorted(np.cumsum(idle), draw, side="right")), floor.agents - 1)
            idle[agent] -= 1
            idling -= 1
        if queue > 0:  # the free slot goes to whoever waits longest
            wait = now - waiting[0]
            waiting[: queue - 1] = waiting[1:queue]
            queue -= 1
            active[agent] += 1
            counts[1] += counted * (wait <= within_s)
            counts[3] += counted * wait
        else:
            opened -= 1
    length, offered = now - began, counts[0]
    shares = sums / length
    answered = offered - counts[2]
    return Seen(
        counts[1] / offered,
        counts[2] / offered,
        counts[3] / answered,
        shares[0] / floor.agents,
        shares[1] / floor.agents,
        shares[2] / floor.agents,
        shares[3],
    )
