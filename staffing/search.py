"""The least agents for a set of targets, compiled: every target is monotone in the agents, so brackets close.

One state of the queue answers for all targets at once: each agent count tried moves the bracket of
every target still open, so the number that each target alone would need costs little more than the
number that meets them all. Fewer agents than the load are tried too: with abandonment they may do.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from staffing.answer_time import answer_time_against
from staffing.conversations import AHT, LOAD, SLOTS, SLOW_DOWN, slowed, state_of
from staffing.flow import (
    ABANDONMENT,
    ASA,
    LARGE,
    LEVELS,
    OCCUPANCY,
    ROUNDING,
    SHORT,
    Case,
    bound_above,
    bound_below,
    first_guess,
)
from staffing.mills import compiled
from staffing.waiting import Wait, answered, level

MOST = 10**9
LOW, HIGH, SHORTFALL, EXCESS, LAST, LAST_ROOM = 0, 1, 2, 3, 4, 5


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
            slower = slowed(int(here[SLOTS]), here[SLOW_DOWN])
            _close(brackets, Case(here, ask, formula, slower, table))
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
    spread, levels = math.sqrt(case.demand[LOAD]) * case.slower / case.demand[SLOTS], len(brackets) - 3
    _bound(brackets, case)
    for target in range(len(brackets)):
        bracket, tries = brackets[target], 0
        guess = _guess(bracket, target, levels, case)
        while bracket[LOW] >= 0 and bracket[HIGH] - bracket[LOW] > 1:
            agents = guess if tries == 0 and guess > 0 else _next(bracket, spread, tries)
            agents = min(max(agents, bracket[LOW] + 1), bracket[HIGH] - 1)
            if agents > MOST:
                bracket[HIGH] = math.inf
                break
            tries += 1
            wait = state_of(int(agents), case.demand, case.table)
            _move(brackets, agents, wait, case)


@compiled
def _bound(brackets: Any, case: Case) -> None:
    """Narrow the brackets to what no queue can pass."""
    levels = len(brackets) - 3
    for target in range(len(brackets)):
        if brackets[target, LOW] >= 0:
            brackets[target, LOW] = bound_below(target, levels, case)
            brackets[target, HIGH] = bound_above(target, levels, case)


@compiled
def _guess(bracket: Any, target: int, levels: int, case: Case) -> float:
    """The agents to try first; 0 where what other targets tried says more than a guess."""
    if bracket[LOW] < 0 or bracket[HIGH] - bracket[LOW] <= 1:
        return 0.0
    failed, met = bracket[SHORTFALL] > -math.inf, bracket[EXCESS] < math.inf
    if (failed or met) and case.demand[LOAD] <= LARGE:
        return 0.0
    guess = math.ceil(first_guess(target, levels, case))
    guess = guess if failed else max(guess, bracket[LOW] + 1)
    guess = guess if met else min(guess, bracket[HIGH] - 1)
    return guess if bracket[LOW] < guess < bracket[HIGH] else 0.0


@compiled
def _next(bracket: Any, spread: float, tries: int) -> float:
    """The agents to try: strides from the only end tried, then between the two ends."""
    low, high = bracket[LOW], bracket[HIGH]
    failed, met = bracket[SHORTFALL] > -math.inf, bracket[EXCESS] < math.inf
    if not met:
        return low + _stride(bracket, low, bracket[SHORTFALL], spread, tries)
    if not failed:
        return high - _stride(bracket, high, bracket[EXCESS], spread, tries)
    part = bracket[SHORTFALL] / (bracket[SHORTFALL] - bracket[EXCESS])
    if tries % 3 == 2 or not 0 < part < 1:
        part = 0.5
    return math.ceil(low + part * (high - low))


@compiled
def _stride(bracket: Any, end: float, room: float, spread: float, tries: int) -> float:
    """Agents from a known end to where the target should turn, by the last two tried; longer each time."""
    slope = (room - bracket[LAST_ROOM]) / (end - bracket[LAST])
    if not 0.0 < slope < math.inf:
        slope = 1.5 / spread
    agents = 1 + math.floor(min(abs(room) / slope, 3 * spread + 0.1 * end))
    return agents * 2.0 ** max(tries - 3, 0)  # also where the target hardly turns: a share of 0


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
    abandon, ask = wait.p_wait * wait.leave, case.ask
    aht_s = case.demand[AHT] * case.slower
    if target < levels:
        share, within = ask[LEVELS + 2 * target], ask[LEVELS + 2 * target + 1]
        missed = 1 - level(case.formula, wait, within / aht_s, ask[SHORT] / aht_s, case.table)
        return math.log((1 - share + ROUNDING) / max(missed, 1e-300))
    if target == levels:
        return math.log((ask[ABANDONMENT] + ROUNDING) / max(abandon, 1e-300))
    if target == levels + 1:
        return math.log(ask[OCCUPANCY] * wait.servers / (wait.load * answered(wait)))
    asa_s = answer_time_against(wait, ask[ASA] / aht_s) * aht_s
    return math.log((ask[ASA] + ROUNDING) / max(asa_s, 1e-300))
