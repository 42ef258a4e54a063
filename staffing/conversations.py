"""Agents who hold several conversations at once, compiled: the chain below and above the last free slot.

With n conversations over N agents, spread evenly, an agent with j open completes
j / (AHT (1 + slow_down (j - 1))) a second. Above N k conversations customers wait: from there on it is
Erlang A with N k servers at the handle time of full agents. k = 1 is Erlang A itself.
"""

from __future__ import annotations

from typing import Any

from staffing.mills import compiled, upper
from staffing.waiting import Wait, steady

LOAD, AHT, PATIENCE, SLOTS, SLOW_DOWN = 0, 1, 2, 3, 4


@compiled
def state_of(agents: int, demand: Any, table: Any) -> Wait:
    """The steady state of a row (load, AHT, patience, slots, slow-down); load and AHT of one alone."""
    load, ratio = demand[LOAD], demand[PATIENCE] / demand[AHT]
    slots, slow_down = int(demand[SLOTS]), demand[SLOW_DOWN]
    if slots == 1:
        blocked = upper(agents, load, load - agents, table) if load > 0 else 0.0
        return steady(float(agents), load, ratio, blocked, table)
    slower = slowed(slots, slow_down)
    blocked = _free_slot_weight(agents, load, slots, slow_down) if load > 0 else 0.0
    return steady(float(agents * slots), load * slower, ratio / slower, blocked, table)


@compiled
def slowed(open_now: int, slow_down: float) -> float:
    """How many times longer a conversation takes with that many open."""
    return 1.0 + slow_down * (open_now - 1)


@compiled
def _free_slot_weight(agents: int, load: float, slots: int, slow_down: float) -> float:
    """Weight of the states with a free slot, relative to the state with none and nobody waiting.

    Birth and death: pi(n - 1) / pi(n) = completions(n) / arrivals, summed by the recursion of Erlang B.
    """
    ratio = 0.0
    for busiest in range(1, slots + 1):
        before = (busiest - 1) / slowed(busiest - 1, slow_down) if busiest > 1 else 0.0
        gain = busiest / slowed(busiest, slow_down) - before
        for more in range(1, agents + 1):
            ratio = (agents * before + more * gain) / load * (1 + ratio)
    return ratio
