"""The price of missing or exceeding the need: convex, so a shortage of two costs more than twice one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.problem import Demand


@dataclass(frozen=True)
class Prices:
    """Penalty units per agent-hour, and the shares of the need (0..1) up to which the lower price holds.

    `idle` is the price of a contract hour that is paid and not scheduled; below `over_more`, so that
    nobody is called in where there are far too many already; `switch` (penalty units) is that of a change
    of queue within a shift; `floor` comes on top of a shortage below a language's least staff.
    """

    under: float = 40.0
    under_more: float = 80.0
    over: float = 4.0
    over_more: float = 12.0
    idle: float = 10.0
    under_share: float = 0.10
    over_share: float = 0.25
    switch: float = 0.5
    floor: float = 80.0

    def per_interval(self, interval_h: float) -> np.ndarray:
        """The five prices of an agent for one interval, in the order of `Demand.prices`."""
        return np.array([self.under, self.under_more, self.over, self.over_more, self.floor]) * interval_h


@part
def penalty(demand: Demand, q: int, t: int, cover: float) -> float:
    """Price of `cover` agents in queue q and interval t."""
    prices = demand.prices
    short = demand.need[q, t] - cover
    bare = max(demand.floor[q, t] - cover, 0.0) * prices[4]
    if short > 0:
        cheap = min(short, demand.tier_under[q, t])
        return bare + prices[0] * cheap + prices[1] * (short - cheap)
    cheap = min(-short, demand.tier_over[q, t])
    return bare + prices[2] * cheap + prices[3] * (-short - cheap)


@part
def set_gain(
    demand: Demand, at: tuple[int, int], cover: float, shares: np.ndarray, gain: np.ndarray
) -> float:
    """Set the price saved by a further agent, for each share of the interval; returns the penalty.

    `at` is (queue, interval); negative where there are too many already.
    """
    q, t = at
    now = penalty(demand, q, t, cover)
    for x in range(len(shares)):
        gain[x, q, t] = now - penalty(demand, q, t, cover + shares[x])
    return now


@entry
def set_gains(
    demand: Demand, cover: np.ndarray, shares: np.ndarray, gain: np.ndarray, owed: np.ndarray
) -> None:
    """Set all gains and penalties from the cover."""
    for q in range(cover.shape[0]):
        for t in range(cover.shape[1]):
            owed[q, t] = set_gain(demand, (q, t), cover[q, t], shares, gain)


def penalties(demand: Demand, cover: np.ndarray) -> np.ndarray:
    """Price of every queue and interval at a cover, Q x T; the array form of `penalty`."""
    short, excess = np.maximum(demand.need - cover, 0), np.maximum(cover - demand.need, 0)
    cheap, little = np.minimum(short, demand.tier_under), np.minimum(excess, demand.tier_over)
    under, under_more, over, over_more, floor = demand.prices
    bare = floor * np.maximum(demand.floor - cover, 0)
    return under * cheap + under_more * (short - cheap) + over * little + over_more * (excess - little) + bare
