"""Customers who come again: abandoned ones redial, answered ones reconnect, both on top of fresh contacts.

The total arrivals are a fixed point (Ding, Remerova, van der Mei & Zwart 2015, in its steady form):

    load = fresh + redial_share load P(abandon) + reconnect_share load (1 - P(abandon)).

In words: fresh = (1 - reconnect_share) answered + (1 - redial_share) abandoned. Answered and abandoned
both grow with the load, so there is exactly one solution for any shares below 1, and a bracket finds it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from staffing.conversations import LOAD, PATIENCE, SLOTS, SLOW_DOWN, slowed, state_of
from staffing.erlang import Demand
from staffing.mills import compiled
from staffing.temme import temme_coefficients

AGENTS, REDIAL, RECONNECT = 5, 6, 7
CLOSE = 1e-15  # of the load: a step that short ends the search
STEPS = 200


@dataclass(frozen=True)
class Repeats:
    """Shares 0..1 (1 excluded) of the abandoned who call again, and of the answered who do.

    ValueError where a share is impossible.
    """

    redial_share: ArrayLike = 0.0
    reconnect_share: ArrayLike = 0.0

    def __post_init__(self) -> None:
        for name in ("redial_share", "reconnect_share"):
            share = np.asarray(getattr(self, name), dtype=float)
            if not ((share >= 0) & (share < 1)).all():
                raise ValueError(f"{name} must be from 0 to below 1: at 1 nobody ever stops calling")


def with_repeats(fresh: Demand, *, agents: ArrayLike, repeats: Repeats) -> Demand:
    """The total demand, repeats included, in the shape of all inputs together.

    Where nobody ever leaves it is fresh / (1 - reconnect share) if the agents can carry that; else the
    queue grows for ever and only those answered reconnect.

    >>> calm, busy = with_repeats(Demand(10, 300, 120), agents=[14, 9], repeats=Repeats(0.5, 0.05)).load
    >>> round(float(calm), 3), round(float(busy), 3)
    (10.738, 12.376)
    """
    count = np.asarray(agents, dtype=float)
    if not ((count >= 0) & (count % 1 == 0)).all():
        raise ValueError("agents must be a whole number from 0")
    shares = (np.asarray(repeats.redial_share, dtype=float), np.asarray(repeats.reconnect_share, dtype=float))
    together = np.broadcast_arrays(*fresh.columns(), count, *shares)
    rows = np.stack([cell.ravel() for cell in together], axis=1)
    load = np.empty(len(rows))
    _total(rows, temme_coefficients(), load)
    return replace(fresh, load=load.reshape(together[0].shape))


@compiled
def _total(rows: Any, table: Any, load: Any) -> None:
    for i in range(len(rows)):
        row = rows[i].copy()
        redial, reconnect, patience = row[REDIAL], row[RECONNECT], row[PATIENCE]
        if patience == math.inf:
            load[i] = _never_leaving(row)
        elif redial == reconnect or row[LOAD] == 0:
            load[i] = row[LOAD] / (1 - reconnect)
        else:
            load[i] = _crossing(row, table)


@compiled
def _never_leaving(row: Any) -> float:
    slots, reconnect = row[SLOTS], row[RECONNECT]
    carried = row[AGENTS] * slots / slowed(int(slots), row[SLOW_DOWN])
    return min(row[LOAD] / (1 - reconnect), row[LOAD] + reconnect * carried)


@compiled
def _crossing(row: Any, table: Any) -> float:
    """The load that its own repeats explain, by regula falsi in its Illinois form."""
    fresh = row[LOAD]
    low = fresh / (1 - min(row[REDIAL], row[RECONNECT]))
    high = fresh / (1 - max(row[REDIAL], row[RECONNECT]))
    below, above = _unexplained(low, fresh, row, table), _unexplained(high, fresh, row, table)
    if below >= 0 or above <= 0:  # nobody leaves, or everybody: one end is the answer
        return low if -below < above else high
    last, kept = low, 0
    for _ in range(STEPS):
        middle = high - above * (high - low) / (above - below)
        value = _unexplained(middle, fresh, row, table)
        if value == 0 or abs(middle - last) <= CLOSE * middle:
            return middle
        last = middle
        if value < 0:
            low, below = middle, value
            above, kept = (0.5 * above if kept == -1 else above), -1
        else:
            high, above = middle, value
            below, kept = (0.5 * below if kept == 1 else below), 1
    return last


@compiled
def _unexplained(load: float, fresh: float, row: Any, table: Any) -> float:
    """Load less fresh contacts and the repeats that so much load would cause; rises with the load."""
    row[LOAD] = load
    wait = state_of(int(row[AGENTS]), row, table)
    abandoned = load * wait.p_wait * wait.leave
    return (1 - row[RECONNECT]) * (load - abandoned) + (1 - row[REDIAL]) * abandoned - fresh
