"""The walk through a stretch of intervals, compiled: with given agents, or with the least of each interval.

An interval is visited from the state before it, agent count after agent count, until the least that
meets all targets is found; from one state every target is monotone in the agents.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numba import njit

from staffing.mills import compiled
from staffing.visit import Ask, Moving, Place, Visit, empty_place, is_met, standing, visit

entry = njit(cache=True, error_model="numpy", nogil=True)  # queues run side by side
MOST = 1e8  # agents
NOBODY = 1e-9  # contacts, or contacts a second
LOW, HIGH = 0, 1


@entry
def walk(moving: Moving, agents: Any, ask: Ask, met: Any, fewer: Any) -> None:
    """What customers meet in every interval with given agents, and with one fewer in that interval.

    `met` and `fewer` are intervals x columns; `fewer` is left as it is where nobody is on duty.
    """
    place = empty_place(moving)
    for i in range(len(agents)):
        if moving.opens[i]:
            place = empty_place(moving)
        if agents[i] > 0:
            fewer[i] = visit(place, moving, i, agents[i] - 1, ask).met
        place, met[i] = visit(place, moving, i, agents[i], ask)


class Case(NamedTuple):
    """An interval to be staffed from the place before it."""

    place: Place
    moving: Moving
    interval: int
    ask: Ask


@entry
def sequential(moving: Moving, ask: Ask, guess: Any, met: Any, fewer: Any) -> Any:
    """The least agents of every interval, given the least of those before; `guess` (intervals x targets + 1).

    Column t of the result is what target t alone needs from the state at the interval's start, NaN where
    the guess is NaN (not asked); the last column is what all need together. `met` and `fewer` take what
    customers meet with so many agents and with one fewer (NaN where nobody is needed). Where nobody comes,
    an agent stays for each customer who is likely to be waiting still.
    """
    place, last = empty_place(moving), guess.shape[1] - 1
    result = np.full(guess.shape, np.nan)
    for i in range(len(guess)):
        if moving.opens[i]:
            place = empty_place(moving)
        case = Case(place, moving, i, ask)
        if moving.rates[i].sum() + place.redialling + place.reconnecting <= NOBODY:
            result[i] = np.where(np.isnan(guess[i]), np.nan, math.ceil(standing(place) - 0.5))
            place, met[i] = visit(place, moving, i, result[i, last], ask)
            continue
        brackets = np.array([[0.0] * (last + 1), [math.inf] * (last + 1)])
        place = _least(case, guess[i, last], brackets, met[i], fewer[i])
        result[i, last] = brackets[HIGH, last]
        for t in range(last):
            if not math.isnan(guess[i, t]):
                near = guess[i, t] + brackets[HIGH, last] - guess[i, last]
                result[i, t] = _alone(case, near, brackets, t)
    return result


@compiled
def _least(case: Case, guess: float, brackets: Any, met: Any, fewer: Any) -> Place:
    """Close the bracket of all targets together; the place that the least agents leave behind."""
    tries, best, fail, last = 0, case.place, -1.0, brackets.shape[1] - 1
    while brackets[HIGH, last] - brackets[LOW, last] > 1 or fail < brackets[LOW, last]:
        agents = _next(brackets[:, last], max(guess, 1.0), tries)
        found = _try(case, agents, brackets)
        if brackets[HIGH, last] == agents:
            best, met[:] = found.place, found.met
        elif agents > fail:
            fail, fewer[:] = agents, found.met
        tries += 1
    return best


@compiled
def _alone(case: Case, guess: float, brackets: Any, target: int) -> float:
    """The least agents for one target, from what its bracket knows already."""
    tries = 0
    while brackets[HIGH, target] - brackets[LOW, target] > 1:
        _try(case, _next(brackets[:, target], guess, tries), brackets)
        tries += 1
    return float(brackets[HIGH, target])


@compiled
def _try(case: Case, agents: float, brackets: Any) -> Visit:
    """A visit with so many agents; the brackets of every target, and of all together, learn from it."""
    found = visit(case.place, case.moving, case.interval, agents, case.ask)
    everything, last = True, brackets.shape[1] - 1
    for target in range(last):
        holds = agents > 0 and is_met(found.met, target, case.ask)  # nobody serves nobody
        _move(brackets, target, agents, holds)
        everything = everything and holds
    _move(brackets, last, agents, everything)
    return found


@compiled
def _move(brackets: Any, target: int, agents: float, holds: bool) -> None:
    if holds:
        brackets[HIGH, target] = min(brackets[HIGH, target], agents)
    else:
        brackets[LOW, target] = max(brackets[LOW, target], agents)


@compiled
def _next(bracket: Any, guess: float, tries: int) -> float:
    """The agents to try: the guess, then longer and longer strides from it, then the middle."""
    low, high = bracket[LOW], bracket[HIGH]
    if high > MOST and low > MOST:
        raise OverflowError("a target cannot be met by any number of agents")
    if high - low <= 1:
        return float(low)  # what one fewer gives is asked for as well
    if tries == 0 and low < guess < high:
        return guess
    stride = 2.0 ** max(tries - 1, 0)
    if high == math.inf:
        return float(low + stride)
    if low == 0.0 and high - stride > 0:
        return float(high - stride)
    return math.floor(0.5 * (low + high))
