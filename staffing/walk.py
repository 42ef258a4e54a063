"""The exact state of a queue whose arrivals and agents change in the day, compiled: M(t)/M/s(t)+M.

The state is the number of contacts in the system; its distribution moves by Kolmogorov's forward
equations. While rate and agents stay the same, uniformisation (Jensen 1953; Grassmann 1977) gives the
distribution at the end and its integral over time as sums of non-negative terms:

    p(h) = sum_k pois(k; L h) P^k p        integral = 1/L sum_k P(Poisson(L h) > k) P^k p

Only states that carry probability are touched, and room is made upwards until next to nothing leaks:
shares are right to 1e-8 (300 Erlang: 1e-9).
Agents with several conversations at once are a matter of the completion rates alone.

numba does not see that a compiled function of another file has changed: all of the walk stands here
and in `staffing.ahead`; whoever edits either deletes `staffing/__pycache__` afterwards.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from staffing.mills import compiled

TINY = 1e-12  # a state with less probability is left out
LEAK = 1e-10  # probability that may reach the highest state before more room is made


class Crew(NamedTuple):
    """Agents on duty and how they and their customers behave; patience may be infinite."""

    agents: float
    slots: float
    aht_s: float
    slow_down: float
    patience_s: float


class Path(NamedTuple):
    """The distribution at the end of a stretch, and its integral over the stretch (state-seconds)."""

    state: Any
    time_s: Any


@compiled
def completions(in_service: float, crew: Crew) -> float:
    """Contacts completed a second with so many conversations open, spread evenly over the agents."""
    if crew.agents == 0 or in_service <= 0:
        return 0.0
    busiest = math.floor(in_service / crew.agents)
    more = in_service - busiest * crew.agents
    pace = (crew.agents - more) * _pace(busiest, crew)
    return pace + more * _pace(busiest + 1, crew) if more > 0 else pace


@compiled
def _pace(open_now: float, crew: Crew) -> float:
    return open_now / (crew.aht_s * (1 + crew.slow_down * (open_now - 1))) if open_now > 0 else 0.0


@compiled
def departures(top: int, crew: Crew) -> Any:
    """Completions and abandonments a second in the states 0..top."""
    result = np.empty(top + 1)
    full = int(crew.agents * crew.slots)
    for n in range(min(full, top) + 1):
        result[n] = completions(float(n), crew)
    rate = completions(float(full), crew)
    for n in range(full + 1, top + 1):
        result[n] = rate + (n - full) / crew.patience_s
    return result


@compiled
def stretch(state: Any, rate: float, crew: Crew, seconds: float) -> Path:
    """The path over some seconds of constant arrival rate (per second) and crew."""
    last = len(state) - 1
    room = int(1.5 * math.sqrt(last + 1.0)) + 3
    while True:
        path = _uniformised(state, rate, departures(last + room, crew), seconds)
        if path.state[-1] + path.time_s[-1] / seconds < LEAK or rate == 0:
            return Path(_trimmed(path.state), path.time_s)
        room *= 2


@compiled
def _trimmed(state: Any) -> Any:
    """Without the highest states that carry next to nothing, and adding up to 1 again."""
    last = len(state) - 1
    while last > 0 and state[last] < TINY:
        last -= 1
    kept = state[: last + 1].copy()
    return kept / kept.sum()


@compiled
def _weights(events: float) -> tuple[Any, Any]:
    """Poisson probabilities of 0, 1, ... events and of more than so many, until these are negligible.

    They are made to add up to 1: over a long day the rounding of each step would show.
    """
    weight = np.empty(int(events + 9 * math.sqrt(events) + 25))
    logarithm, total = -events, 0.0
    for k in range(len(weight)):
        if k > 0:
            logarithm += math.log(events / k)
        weight[k] = math.exp(logarithm)
        total += weight[k]
    beyond, rest = np.empty(len(weight)), 0.0
    for k in range(len(weight) - 1, -1, -1):
        beyond[k] = rest
        weight[k] /= total
        rest += weight[k]
    count = len(weight)
    while count > 1 and beyond[count - 2] < TINY:
        count -= 1
    return weight[:count], beyond[:count]


@compiled
def _uniformised(state: Any, rate: float, down: Any, seconds: float) -> Path:
    size = len(down)
    pace = rate + down[-1] + 1e-12
    stay = 1 - (rate + down) / pace
    stay[-1] = 1 - down[-1] / pace  # nobody comes in at the top: what would, is the leak
    fall, rise = down / pace, rate / pace
    weight, beyond = _weights(pace * seconds)
    now, then = np.zeros(size + 2), np.zeros(size + 2)  # state n at n + 1, with a border of nothing
    now[1 : len(state) + 1] = state
    end, time = np.zeros(size), np.zeros(size)
    low, high = _first(state), len(state) - 1
    for k in range(len(weight)):
        here = now[low + 1 : high + 2]
        _add(time[low : high + 1], here, beyond[k])
        if weight[k] > TINY:
            _add(end[low : high + 1], here, weight[k])
        first, last = max(low - 1, 0), min(high + 1, size - 1)
        _step(now[first : last + 3], then[first : last + 3], stay[first : last + 1], fall[first:], rise)
        now, then, low, high = then, now, first, last
        while low < high and now[low + 1] < TINY:
            now[low + 1] = 0.0
            low += 1
        while high > low and now[high + 1] < TINY:
            now[high + 1] = 0.0
            high -= 1
    return Path(end, time / pace)


@compiled
def _first(state: Any) -> int:
    low = 0
    while low < len(state) - 1 and state[low] < TINY:
        low += 1
    return low


@compiled
def _add(total: Any, part: Any, weight: float) -> None:
    for i in range(len(total)):
        total[i] += weight * part[i]


@compiled
def _step(now: Any, then: Any, stay: Any, fall: Any, rise: float) -> None:
    """One jump of the chain; `now` and `then` have a border of one state on either side."""
    size = len(stay)
    below, above = now[:size], now[2:]
    here = now[1 : size + 1]
    new = then[1 : size + 1]
    for i in range(size - 1):
        new[i] = stay[i] * here[i] + rise * below[i] + fall[i + 1] * above[i]
    new[size - 1] = stay[size - 1] * here[size - 1] + rise * below[size - 1]
    if len(fall) > size:
        new[size - 1] += fall[size] * above[size - 1]


@compiled
def hand_over(state: Any, before: Crew, after: Crew) -> Any:
    """The state once agents have left: who leaves is chance, and takes the contacts in hand along.

    Those who leave finish outside the system (a hypergeometric share of the contacts in service);
    waiting contacts stay. With more agents than before nothing changes.
    """
    full, left = int(before.agents * before.slots), int(after.agents * after.slots)
    if left >= full or len(state) == 1:
        return state
    result = np.zeros(max(left + len(state) - full, min(left, len(state) - 1) + 1))
    for n in range(len(state)):
        if state[n] < TINY:
            continue
        if n >= full:
            result[left + n - full] += state[n]
            continue
        _share_out(result, state[n], n, full, left)
    return _trimmed(result)


@compiled
def _share_out(result: Any, mass: float, busy: int, full: int, left: int) -> None:
    """Spread mass over the busy slots among those left: hypergeometric, from its mode outwards."""
    low, high = max(0, busy - (full - left)), min(busy, left)
    mode = min(max(int((busy + 1.0) * (left + 1.0) / (full + 2.0)), low), high)
    gone = full - left
    peak = math.exp(_choices(left, mode) + _choices(gone, busy - mode) - _choices(full, busy))
    result[mode] += mass * peak
    part = peak
    for k in range(mode, high):
        part *= (left - k) * (busy - k) / ((k + 1.0) * (gone - busy + k + 1.0))
        if part < TINY:
            break
        result[k + 1] += mass * part
    part = peak
    for k in range(mode, low, -1):
        part *= k * (gone - busy + k) / ((left - k + 1.0) * (busy - k + 1.0))
        if part < TINY:
            break
        result[k - 1] += mass * part


@compiled
def _choices(n: int, k: int) -> float:
    return math.lgamma(n + 1.0) - math.lgamma(k + 1.0) - math.lgamma(n - k + 1.0)
