"""Agents who hold several conversations, one by one: an exact simulation that shares no code with the model.

A new conversation goes to the agent with the fewest open (the first of equals); who finds all slots
taken waits, the longest first, and leaves after an exponential patience. An agent with j active completes
j / (AHT (1 + slow_down (j - 1))) a second; what is completed holds its slot for an exponential idle time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

ARRIVED, IN_TIME, LEFT, WAITED = 0, 1, 2, 3  # what is counted
WARM_UP = 0.1  # of the contacts


class Floor(NamedTuple):
    """Agents and their slots; contacts a second; times in seconds."""

    agents: int
    slots: int
    arrivals: float
    aht_s: float
    slow_down: float
    idle_s: float
    patience_s: float


class State(NamedTuple):
    """Conversations of each agent, the moments at which those waiting came (`queue[0]` of them), and what
    was counted."""

    active: Any
    idle: Any
    waiting: Any
    queue: Any
    counted: Any


class Seen(NamedTuple):
    """Shares of contacts and of time after the warm-up; `asa_s` is of those who got a slot."""

    answered_within: float
    abandoned: float
    asa_s: float
    open_per_agent: float
    active_per_agent: float
    nothing_open: float
    full: float


def watch(floor: Floor, *, within_s: float, contacts: int, rng: np.random.Generator) -> Seen:
    """Run until so many contacts have arrived, the first tenth not counted."""
    counted, shares = _run(floor, within_s, contacts, rng)
    offered, answered = counted[ARRIVED], counted[ARRIVED] - counted[LEFT]
    in_time, left, wait_s = counted[IN_TIME] / offered, counted[LEFT] / offered, counted[WAITED] / answered
    opened, active, none = shares[:3] / floor.agents
    return Seen(in_time, left, wait_s, opened, active, none, shares[3])


@njit(cache=True)
def _run(floor: Floor, within_s: float, contacts: int, rng: Any) -> Any:
    """What was counted, and time shares: open, active, agents with nothing open, all slots taken."""
    zeros = np.zeros(floor.agents, np.int64)
    state = State(zeros, zeros.copy(), np.empty(contacts), np.zeros(1, np.int64), np.zeros(4))
    shares, came, now, length = np.zeros(4), 0, 0.0, 0.0
    while came < contacts:
        rates = _rates(floor, state)
        step = rng.exponential(1 / rates.sum())
        counts = came > WARM_UP * contacts
        if counts:
            length += step
            shares += step * _picture(floor, state)
        now += step
        draw = rng.random() * rates.sum()
        if draw < rates[0]:
            came += 1
            _arrive(floor, state, now, counts)
        else:
            _change(floor, state, now, draw - rates[0], within_s, counts)
    return state.counted, shares / length


@njit(cache=True)
def _rates(floor: Floor, state: State) -> Any:
    """A second: arrivals, those who give up, completions, conversations closed."""
    paces = state.active / (floor.aht_s * (1 + floor.slow_down * np.maximum(state.active - 1, 0)))
    closing = state.idle.sum() / floor.idle_s if floor.idle_s > 0 else 0.0
    return np.array([floor.arrivals, state.queue[0] / floor.patience_s, paces.sum(), closing])


@njit(cache=True)
def _picture(floor: Floor, state: State) -> Any:
    taken = state.active + state.idle
    full = taken.sum() == floor.agents * floor.slots
    return np.array([taken.sum(), state.active.sum(), (taken == 0).sum(), 1.0 if full else 0.0])


@njit(cache=True)
def _change(floor: Floor, state: State, now: float, draw: float, within_s: float, counts: bool) -> None:
    """Somebody gives up, is handled, or is closed: whoever the draw falls on."""
    leaving = state.queue[0] / floor.patience_s
    paces = state.active / (floor.aht_s * (1 + floor.slow_down * np.maximum(state.active - 1, 0)))
    working = paces.sum()
    if draw < leaving:
        _drop(state, int(draw * floor.patience_s))
        state.counted[LEFT] += counts
    elif draw < leaving + working:
        agent = _whose(paces, draw - leaving)
        state.active[agent] -= 1
        if floor.idle_s > 0:
            state.idle[agent] += 1
        else:
            _take(state, agent, now, within_s, counts)
    else:
        agent = _whose(state.idle / floor.idle_s, draw - leaving - working)
        state.idle[agent] -= 1
        _take(state, agent, now, within_s, counts)


@njit(cache=True)
def _whose(rates: Any, draw: float) -> int:
    at = int(np.searchsorted(np.cumsum(rates), draw, side="right"))
    return min(at, int(np.flatnonzero(rates)[-1]))


@njit(cache=True)
def _arrive(floor: Floor, state: State, now: float, counts: bool) -> None:
    taken = state.active + state.idle
    state.counted[ARRIVED] += counts
    if taken.sum() < floor.agents * floor.slots:
        state.active[int(taken.argmin())] += 1
        state.counted[IN_TIME] += counts
    else:
        state.waiting[state.queue[0]] = now
        state.queue[0] += 1


@njit(cache=True)
def _take(state: State, agent: int, now: float, within_s: float, counts: bool) -> None:
    """The free slot goes to whoever waits longest."""
    if state.queue[0] == 0:
        return
    wait = now - state.waiting[0]
    _drop(state, 0)
    state.active[agent] += 1
    state.counted[IN_TIME] += counts * (wait <= within_s)
    state.counted[WAITED] += counts * wait


@njit(cache=True)
def _drop(state: State, place: int) -> None:
    last = state.queue[0] - 1
    at = min(place, last)
    state.waiting[at:last] = state.waiting[at + 1 : last + 1]
    state.queue[0] = last
