"""One interval of a moving queue, compiled: what its customers meet with so many agents.

Customers who abandoned and call again, and those who were answered and call again, wait in two pools that
empty at their mean delay (their mean is followed, not their chance).
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from staffing.ahead import Floor, left_within, served_at_all, served_within, wait_of_served
from staffing.mills import compiled
from staffing.walk import Crew, completions, hand_over, stretch

ROUNDING = 1e-9  # a target missed by less is met: the walk is no more exact than that
OFFERED, ABANDONMENT, OCCUPANCY, ASA, P_WAIT, LEVELS = 0, 1, 2, 3, 4, 5  # columns of what is met


class Ask(NamedTuple):
    """Targets, NaN = none; `levels` holds share, seconds, share, seconds, ...; `formula` is 1..5."""

    formula: int
    short_s: float
    abandonment: float
    occupancy: float
    asa_s: float
    levels: Any


class Again(NamedTuple):
    """Shares that call again once abandoned or answered, and their mean delays in seconds."""

    redial_share: float
    redial_after_s: float
    reconnect_share: float
    reconnect_after_s: float


class Moving(NamedTuple):
    """Open intervals: where the queue begins empty, rates (intervals x steps) per second, AHT, who serves
    and how patient those are who wait.

    `hand_back` 0: who goes off duty finishes the contact in hand, as people do; 1: it goes back to the
    head of the queue at once, as the textbook's M(t)/M/s(t)+M has it.
    """

    opens: Any
    rates: Any
    step_s: float
    aht_s: Any
    slots: float
    slow_down: Any
    patience_s: Any
    again: Again
    hand_back: int


class Place(NamedTuple):
    """Where a walk stands: distribution, agents now on duty, customers about to redial and reconnect."""

    state: Any
    crew: Crew
    redialling: float
    reconnecting: float


class Visit(NamedTuple):
    """The place after an interval, and what its customers met: columns OFFERED .. LEVELS + number."""

    place: Place
    met: Any


@compiled
def visit(place: Place, moving: Moving, i: int, agents: float, ask: Ask) -> Visit:
    """Walk through interval i with so many agents; the arrival rate is constant over each of its steps."""
    crew, step_s, again = crew_of(moving, i, agents), moving.step_s, moving.again
    state = place.state if moving.hand_back else hand_over(place.state, place.crew, crew)
    redialling, reconnecting = place.redialling, place.reconnecting
    came, spent, offered = np.zeros(1), np.zeros(1), 0.0
    for rate in moving.rates[i]:
        back = redialling * -math.expm1(-step_s / again.redial_after_s)
        late = reconnecting * -math.expm1(-step_s / again.reconnect_after_s)
        total = rate + (back + late) / step_s
        path = stretch(state, total, crew, step_s)
        state, size = path.state, len(path.time_s)
        came, spent = _grown(came, size), _grown(spent, size)
        for n in range(size):
            came[n] += total * path.time_s[n]
            spent[n] += path.time_s[n]
        offered += total * step_s
        done, gone = _flows(path.time_s, crew)
        redialling += again.redial_share * gone - back
        reconnecting += again.reconnect_share * done - late
    met = _met(came, spent, offered, crew, ask)
    return Visit(Place(state, crew, redialling, reconnecting), met)


@compiled
def standing(place: Place) -> float:
    """Customers who wait, on average."""
    full, waiting = int(place.crew.agents * place.crew.slots), 0.0
    for n in range(full + 1, len(place.state)):
        waiting += (n - full) * place.state[n]
    return waiting


@compiled
def _grown(cells: Any, size: int) -> Any:
    if len(cells) >= size:
        return cells
    result = np.zeros(size + size // 2)
    result[: len(cells)] = cells
    return result


@compiled
def _flows(time_s: Any, crew: Crew) -> tuple[float, float]:
    """Contacts completed and customers who left, from the time spent in each state."""
    done, gone, full = 0.0, 0.0, crew.agents * crew.slots
    for n in range(len(time_s)):
        served = min(float(n), full)
        done += time_s[n] * completions(served, crew)
        gone += time_s[n] * (n - served) / crew.patience_s
    return done, gone


class Cohort(NamedTuple):
    """Those who arrive in an interval: contacts by the state they find, all of them, those answered."""

    came: Any
    offered: float
    answered: float
    floor: Floor


@compiled
def _met(came: Any, spent: Any, offered: float, crew: Crew, ask: Ask) -> Any:
    count = len(ask.levels) // 2
    met = np.full(LEVELS + count, np.nan)
    met[OFFERED] = offered
    top, full = len(came) - 1, int(crew.agents * crew.slots)
    floor = Floor(full, completions(float(full), crew), crew.patience_s)
    done, _ = _flows(spent, crew)
    if floor.rate > 0:
        met[OCCUPANCY] = min(done / (floor.rate * spent.sum()), 1.0)
    if offered <= 0:
        return met
    answers = served_at_all(top, floor)
    cohort = Cohort(came, offered, _dot(came, answers), floor)
    met[ABANDONMENT] = _dot(came, 1 - answers) / offered
    met[P_WAIT] = came[full:].sum() / offered
    if cohort.answered > 0:
        met[ASA] = _dot(came, wait_of_served(top, floor)) / cohort.answered
    for i in range(count):
        met[LEVELS + i] = _level(cohort, ask.levels[2 * i + 1], ask)
    return met


@compiled
def _dot(first: Any, second: Any) -> float:
    total = 0.0
    for i in range(len(first)):
        total += first[i] * second[i]
    return total


@compiled
def _level(cohort: Cohort, within_s: float, ask: Ask) -> float:
    """The service level of a cohort by formula 1..5 (ICMI's list)."""
    came, offered, answered, floor = cohort
    top = len(came) - 1
    in_time = _dot(came, served_within(top, floor, within_s))
    if ask.formula == 3:
        return in_time / offered
    if ask.formula == 2:
        return in_time / answered if answered > 0 else 0.0
    left = _dot(came, left_within(top, floor, ask.short_s if ask.formula == 5 else within_s))
    if ask.formula == 4:
        return in_time / (offered - left) if offered > left else 0.0
    return (in_time + left) / offered


@compiled
def is_met(met: Any, target: int, ask: Ask) -> bool:
    """Whether a target holds: service levels first, then abandonment, occupancy, ASA; NaN = no target."""
    count = len(ask.levels) // 2
    if target < count:
        return bool(met[LEVELS + target] >= ask.levels[2 * target] - ROUNDING)
    if target == count:
        return not met[ABANDONMENT] > ask.abandonment + ROUNDING
    if target == count + 1:
        return not met[OCCUPANCY] > ask.occupancy + ROUNDING
    return not (met[ASA] > ask.asa_s + ROUNDING or (math.isnan(met[ASA]) and not math.isnan(ask.asa_s)))


@compiled
def crew_of(moving: Moving, interval: int, agents: float) -> Crew:
    """The agents of an interval."""
    aht_s, slow_down, patience_s = (
        moving.aht_s[interval],
        moving.slow_down[interval],
        moving.patience_s[interval],
    )
    return Crew(agents, moving.slots, aht_s, slow_down, patience_s)


@compiled
def empty_place(moving: Moving) -> Place:
    """Nobody there, nobody on duty, nobody about to call again."""
    return Place(np.ones(1), crew_of(moving, 0, 0.0), 0.0, 0.0)


@compiled
def busy_with_agents_for_all(moving: Moving) -> Any:
    """Mean number of contacts in service in each interval if nobody had to wait, in Erlang."""
    busy, result = 0.0, np.zeros(len(moving.rates))
    for i in range(len(moving.rates)):
        busy = 0.0 if moving.opens[i] else busy
        kept = math.exp(-moving.step_s / moving.aht_s[i])
        for rate in moving.rates[i]:
            before, busy = busy, busy * kept + rate * moving.aht_s[i] * (1 - kept)
            result[i] += 0.5 * (before + busy) / len(moving.rates[i])
    return result
