"""Before any queue is solved: what a target needs if contacts flowed like water, compiled.

`bound_below` and `bound_above` always hold, whatever chance does: agents answer no faster than they can,
and nobody is answered who was not offered. `first_guess` need not be right, only near: for large queues
the wait offered is nearly normal about the wait of the flow (the efficiency-driven regime of Garnett,
Mandelbaum & Reiman 2002; Mandelbaum & Zeltyn 2009, "Staffing many-server queues with impatient customers").
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from staffing.conversations import AHT, LOAD, PATIENCE, SLOTS
from staffing.mills import compiled

ROUNDING = 1e-12  # a target missed by less is met: the inputs are no more exact than that
LARGE = 400.0  # Erlang from which chance matters less than the flow
ANSWERED_OF_OFFERED = 3  # the formula in which nothing but an answer counts
SHORT, ABANDONMENT, OCCUPANCY, ASA, LEVELS = 0, 1, 2, 3, 4


class Case(NamedTuple):
    """One row: its demand, what is asked of it, how much longer a contact takes with all slots taken."""

    demand: Any
    ask: Any
    formula: int
    slower: float
    table: Any


@compiled
def bound_below(target: int, levels: int, case: Case) -> float:
    """Agents that surely miss the target: even if none ever idles they do not answer enough."""
    share = 0.0
    if target == levels:
        share = 1 - case.ask[ABANDONMENT]
    elif target < levels and case.formula == ANSWERED_OF_OFFERED:
        share = case.ask[LEVELS + 2 * target]
    fastest = max(case.demand[SLOTS] / case.slower, 1.0)
    return max(math.ceil(case.demand[LOAD] * (share - 2 * ROUNDING) / fastest * (1 - ROUNDING)) - 1.0, 0.0)


@compiled
def bound_above(target: int, levels: int, case: Case) -> float:
    """Agents that surely meet the target: even if they answer everybody they are not too busy."""
    if target != levels + 1:
        return math.inf
    return max(math.ceil(case.demand[LOAD] * case.slower / case.demand[SLOTS] / case.ask[OCCUPANCY]), 1.0)


@compiled
def first_guess(target: int, levels: int, case: Case) -> float:
    """Agents near those that the target needs."""
    ask, patience, scale = case.ask, case.demand[PATIENCE], case.slower / case.demand[SLOTS]
    load, chance = case.demand[LOAD] * scale, 0.4 * math.sqrt(case.demand[LOAD]) * scale
    if case.demand[LOAD] <= LARGE:
        return load + chance
    if target == levels:
        return load * (1 - min(ask[ABANDONMENT], 0.99))
    if target == levels + 1:
        return load / ask[OCCUPANCY]
    if target > levels:
        return load * math.exp(-ask[ASA] / patience) - 0.5 * case.demand[AHT] / patience
    share, within = ask[LEVELS + 2 * target], ask[LEVELS + 2 * target + 1] / patience
    flow = max(math.exp(-within), share)
    spread = 1 / math.sqrt(case.demand[LOAD] * flow * patience / case.demand[AHT])
    wait = _wait_that_serves(share, within, spread)
    return load * math.exp(-wait) if wait > spread else load * flow + chance


@compiled
def _wait_that_serves(share: float, within: float, spread: float) -> float:
    """The mean m of a normal wait V, all in patiences, at which E[exp(-V); V < within] is the share.

    Newton on the logarithm, which is concave and falls in m.
    """
    m = min(-math.log(share), within + 3 * spread)
    for _ in range(5):
        u = (within - m) / spread + spread
        below = 0.5 * math.erfc(-u * math.sqrt(0.5))
        bell = math.exp(-0.5 * u * u) / math.sqrt(2 * math.pi)
        high = 0.5 * spread * spread - m + math.log(below / share)
        m += high / (1 + bell / (below * spread))
    return m
