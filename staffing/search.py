"""The least agents for a set of targets, compiled: every target is monotone in the agents, so brackets close.

One state of the queue answers for all targets at once: each agent count tried moves the bracket of
every target still open, so the number that each target alone would need costs little more than the
number that meets them all. Fewer agents than the load are tried too: with abandonment they may do.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from staffing.conversations import AHT, LOAD, PATIENCE, SLOTS, SLOW_DOWN, slowed, state_of
from staffing.mills import compiled
from staffing.waiting import Wait, answer_time, level

ROUNDING = 1e-12  # a target missed by less is met: the inputs are no more exact than that
MOST = 10**9
LARGE = 400.0  # Erlang
SHORT, ABANDONMENT, OCCUPANCY, ASA, LEVELS = 0, 1, 2, 3, 4
LOW, HIGH, SHORTFALL, EXCESS, LAST, LAST_ROOM = 0, 1, 2, 3, 4, 5


class Case(NamedTuple):
    """One row: its demand, what is asked of it, and the AHT with all slots taken."""

    demand: Any
    ask: Any
    formula: int
    aht_s: float
    table: Any


@compiled
def solve(demand: Any, asked: Any, formula: int, table: Any, needs: Any) -> None:
    """Fill needs[row, target] with the least agents that target alone needs; NaN = no such target.

    demand: rows of (load, AHT, patience, slots, slow-down). asked: one row for all or one each of (short
    abandon s, most abandonment, most occupancy, most ASA s, then share and seconds of each service level).
    Targets are in the order service levels, abandonment, occupancy, ASA. Infinite = not to be met.
    """
    brackets = np.empty((needs.shape[1], 6))
    for row in range(len(demand)):
        here, ask = demand[row], asked[row if len(asked) > 1 else 0]
        _open(brackets, ask)
        if here[LOAD] > 0:
            full = here[AHT] * slowed(int(here[SLOTS]), here[SLOW_DOWN])
            _close(brackets, Case(here, ask, formula, full, table))
        else:
            brackets[:, HIGH] = np.minimum(brackets[:, HIGH], 0.0)
        for target in range(len(brackets)):
            needs[row, target] = brackets[target, HIGH] if brackets[target, LOW] >= 0 else math.nan


@compiled
def _open(brackets: Any, ask: Any) -> None:
    """A bracket: an agent count that fails, one that meets, and how far each is from the target."""
    levels = len(brackets) - 3
    for target in range(len(brackets)):
        limit = ask[LEVELS + 2 * target] if target < levels else ask[ABANDONMENT + target - levels]
        absent = math.isnan(limit)
        brackets[target, LOW], brackets[target, HIGH] = (-1.0, 0.0) if absent else (0.0, math.inf)
        brackets[target, SHORTFALL], brackets[target, EXCESS] = -math.inf, math.inf
        brackets[target, LAST], brackets[target, LAST_ROOM] = math.nan, math.nan


@compiled
def _close(brackets: Any, case: Case) -> None:
    load, slots = case.demand[LOAD], int(case.demand[SLOTS])
    per_agent = slots / slowed(slots, case.demand[SLOW_DOWN])
    spread, levels = math.sqrt(load) / per_agent, len(brackets) - 3
    for target in range(len(brackets)):
        if brackets[target, LOW] < 0:
            continue
        tries, guess = 0, load / per_agent + 0.4 * spread
        if load > LARGE:  # chance matters less than the flow
            flow = load / per_agent * _flow(target, levels, case)
            guess = flow + 0.4 * spread if target < levels else flow
        while brackets[target, HIGH] - brackets[target, LOW] > 1:
            agents = _next(brackets[target], math.ceil(guess), spread, tries)
            if agents > MOST:
                break
            tries += 1
            wait = state_of(int(agents), case.demand, case.table)
            _move(brackets, agents, wait, case)


@compiled
def _flow(target: int, levels: int, case: Case) -> float:
    """Agents for each Erlang that a target would need if nothing were random: everybody waits the same."""
    ask = case.ask
    if target == levels:
        return 1 - min(ask[ABANDONMENT], 0.99)
    if target == levels + 1:
        return 1 / ask[OCCUPANCY]
    wait = ask[LEVELS + 2 * target + 1] if target < levels else ask[ASA]
    share = ask[LEVELS + 2 * target] if target < levels else 0.0
    return max(math.exp(-wait / case.demand[PATIENCE]), share)


@compiled
def _next(bracket: Any, guess: float, spread: float, tries: int) -> float:
    """The agents to try: a guess, then strides from the only known end, then between the two ends."""
    low, high = bracket[LOW], bracket[HIGH]
    if tries == 0 and low < guess < high and min(guess - low, high - guess) > 2 * spread + 2:
        return guess
    if low == 0.0 and high == math.inf:
        return guess
    if high == math.inf:
        return low + _stride(bracket, low, bracket[SHORTFALL], spread, tries)
    if low == 0.0:
        return max(high - _stride(bracket, high, bracket[EXCESS], spread, tries), 1.0)
    part = bracket[SHORTFALL] / (bracket[SHORTFALL] - bracket[EXCESS])
    if tries % 3 == 2 or not 0 < part < 1:
        part = 0.5
    return min(max(math.ceil(low + part * (high - low)), low + 1), high - 1)


@compiled
def _stride(bracket: Any, end: float, room: float, spread: float, tries: int) -> float:
    """Agents from a known end to where the target should turn, by the last two tried; longer each time."""
    slope = (room - bracket[LAST_ROOM]) / (end - bracket[LAST])
    if not 0.0 < slope < math.inf:
        slope = 1.5 / spread
    return 1 + math.floor(min(abs(room) / slope, 3 * spread + 0.1 * end)) * 2.0 ** max(tries - 3, 0)


@compiled
def _move(brackets: Any, agents: float, wait: Wait, case: Case) -> None:
    """Take the agents tried into every open bracket that holds them."""
    for target in range(len(brackets)):
        if brackets[target, LOW] < agents < brackets[target, HIGH]:
            room = _room(target, len(brackets) - 3, wait, case)
            end, value = (HIGH, EXCESS) if room >= -ROUNDING else (LOW, SHORTFALL)
            brackets[target, LAST], brackets[target, LAST_ROOM] = (
                brackets[target, end],
                brackets[target, value],
            )
            brackets[target, end], brackets[target, value] = agents, room


@compiled
def _room(target: int, levels: int, wait: Wait, case: Case) -> float:
    """How much better than the target, as a logarithm of what is missing; negative when it fails."""
    abandon, ask, aht_s = wait.p_wait * wait.leave, case.ask, case.aht_s
    if target < levels:
        share, within = ask[LEVELS + 2 * target], ask[LEVELS + 2 * target + 1]
        missed = 1 - level(case.formula, wait, within / aht_s, ask[SHORT] / aht_s, case.table)
        return math.log((1 - share + ROUNDING) / max(missed, 1e-300))
    if target == levels:
        return math.log((ask[ABANDONMENT] + ROUNDING) / max(abandon, 1e-300))
    if target == levels + 1:
        return math.log(ask[OCCUPANCY] * wait.servers / (wait.load * (1 - abandon)))
    return math.log((ask[ASA] + ROUNDING) / max(answer_time(wait) * aht_s, 1e-300))
