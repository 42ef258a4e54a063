"""What an agent is worth in a queue and interval where so many are offered: a price for one, one for a part.

A break shorter than an interval leaves a part of an agent in it. People are whole, so a cell chooses whole
agents and, of the parts, less than make a whole one: its mixes. Which of them it can choose depends on who
has a break just then, so an agent in part has a price of its own on top of its share of a whole one's.
With one price for both, the cell would pick the fraction that suits its need, and the bound is far too low.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.bound import Mixes, mixes_of
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import Demand, Problem

BETWEEN = 1e30  # worth on a piece of no length
NEAR = 5e-5  # of the range of prices: near enough to the price of a cell


class Bends(NamedTuple):
    """The penalty saved by one more agent, piece by piece: up to `end` (Q x T x L x K) it is `worth`.

    L are the mixes of parts; each begins with `agents` (L) in `parts` (L) parts, where `owed` is due.
    """

    end: np.ndarray
    worth: np.ndarray
    owed: np.ndarray  # Q x T x L
    agents: np.ndarray
    parts: np.ndarray
    value: np.ndarray  # L: room for the least cost of each mix at a price
    number: np.ndarray  # L: and for the agents it takes
    low: float  # no price lies below, or above `high`
    high: float


class Held(NamedTuple):
    """Prices to stay near, and how much an agent too few raises them; the first row whole, then of a part."""

    centre: np.ndarray  # Y x Q x T
    give: np.ndarray  # Q x T


def bends_of(problem: Problem) -> Bends:
    """The pieces of every cell's penalty, between whole numbers of agents beyond each mix of parts."""
    demand, mixes = problem.demand, mixes_of(problem.shifts.shares)
    kinks = [demand.need - demand.tier_under, demand.need, demand.need + demand.tier_over, demand.floor]
    ends = np.stack([_ends(kinks, agents) for agents in mixes.agents], axis=2)
    begins = np.concatenate([np.broadcast_to(mixes.agents[:, None], ends[..., :1].shape), ends[..., :-1]], 3)
    lengths, owed = ends - begins, _along(demand, begins)
    saved = owed - _along(demand, ends)
    worth = np.divide(saved, lengths, out=np.full_like(saved, BETWEEN), where=lengths > 1e-9)
    last = np.full_like(ends[..., :1], -demand.prices[3])
    return Bends(
        np.concatenate([ends, np.full_like(last, np.inf)], axis=-1),
        np.concatenate([worth, last], axis=-1),
        owed[..., 0],
        mixes.agents,
        _parts(mixes),
        np.zeros(len(mixes.agents)),
        np.zeros(len(mixes.agents)),
        -float(demand.prices[3]),
        float(demand.prices[1] + demand.prices[4]),
    )


def _ends(kinks: list[np.ndarray], agents: float) -> np.ndarray:
    """Where the pieces of a mix end: at the whole numbers beyond it next to a kink, Q x T x K."""
    beyond = [np.maximum(kink - agents, 0.0) for kink in kinks]
    whole = [up for kink in beyond for up in (np.floor(kink + 1e-9), np.ceil(kink - 1e-9))]
    return np.sort(np.stack(whole, axis=-1), axis=-1) + agents


def _parts(mixes: Mixes) -> np.ndarray:
    return mixes.parts[:, 1:].sum(axis=1).astype(float)


def _along(demand: Demand, cover: np.ndarray) -> np.ndarray:
    """Penalties at several covers of each cell, Q x T x L x K."""
    wide = demand._replace(
        need=demand.need[..., None, None],
        tier_under=demand.tier_under[..., None, None],
        tier_over=demand.tier_over[..., None, None],
        floor=demand.floor[..., None, None],
    )
    return penalties(wide, cover)


@part
def one_kind(bends: Bends, held: Held, q: int, t: int, cover: float) -> float:
    """The price of an agent where there are no parts, in one look along the pieces."""
    centre, give, begin = held.centre[0, q, t], held.give[q, t], 0.0
    for k in range(bends.end.shape[3]):
        near, worth = centre + give * (begin - cover), bends.worth[q, t, 0, k]
        if near >= worth:
            return near
        if cover + (worth - centre) / give <= bends.end[q, t, 0, k]:
            return worth
        begin = bends.end[q, t, 0, k]
    return bends.worth[q, t, 0, bends.worth.shape[3] - 1]


@part
def choose(bends: Bends, q: int, t: int, price: float) -> int:
    """Least penalty plus price of each mix, and its agents; returns the least mix, of the fewest parts."""
    best = 0
    for m in range(len(bends.agents)):
        at, owed = bends.agents[m], bends.owed[q, t, m]
        for k in range(bends.end.shape[3]):
            if bends.worth[q, t, m, k] <= price:
                break
            owed -= bends.worth[q, t, m, k] * (bends.end[q, t, m, k] - at)
            at = bends.end[q, t, m, k]
        bends.value[m], bends.number[m] = owed + price * at, at
        if bends.value[m] < bends.value[best]:
            best = m
    return best


@part
def with_parts(bends: Bends, m: int, of: tuple[float, float, float]) -> tuple[float, float]:
    """The price of a part, and the agents wanted, where the mixes' values are known and m is the least.

    `of` is (parts offered, their price to stay near, its give). A higher price makes mixes of fewer parts
    the least; where two are, they are mixed so that the price stays as near as it can.
    """
    offered, centre, give = of
    price = 0.0
    before = m
    while True:
        still = centre + give * (bends.parts[m] - offered)
        if still <= price:
            break
        turn, fewer = np.inf, -1
        for n in range(len(bends.parts)):
            if bends.parts[n] < bends.parts[m]:
                cross = (bends.value[n] - bends.value[m]) / (bends.parts[m] - bends.parts[n])
                if cross < turn:
                    turn, fewer = cross, n
        if still <= turn:
            return still, bends.number[m]
        price, before, m = max(turn, price), m, fewer
    if before == m:
        return price, bends.number[m]
    parts = offered + (price - centre) / give
    share = (parts - bends.parts[m]) / (bends.parts[before] - bends.parts[m])
    return price, share * bends.number[before] + (1.0 - share) * bends.number[m]


@part
def worth_of(
    bends: Bends,
    held: Held,
    at: tuple[int, int],
    offered: tuple[float, float],
    span: tuple[float, float],
) -> tuple[float, float]:
    """The price of an agent in cell `at` (queue, interval), and of its being in part.

    `offered` are agents and parts; the prices are those of the need still missing, held near `held`.
    That of an agent is known to lie in `span`.
    """
    q, t = at
    cover, parts = offered
    if len(bends.agents) == 1:
        return one_kind(bends, held, q, t, cover), 0.0
    centre, give, near = held.centre[0, q, t], held.give[q, t], NEAR * (bends.high - bends.low)
    low, high = max(span[0], bends.low), min(span[1], bends.high)
    price, of_part = low, 0.0
    while True:
        price = 0.5 * (low + high)
        m = choose(bends, q, t, price)
        of_part, wanted = with_parts(bends, m, (parts, held.centre[1, q, t], give))
        if high - low < near:
            return price, of_part
        if wanted - cover > (price - centre) / give:
            low = price
        else:
            high = price


@part
def span_of(bends: Bends, give: float, price: float, moved: float) -> tuple[float, float]:
    """Between what prices one lies after so many agents were moved: it follows by `give` each at most."""
    away = give * moved + NEAR * (bends.high - bends.low)
    return price - away, price + away


@entry
def least_owed(bends: Bends, held: Held, offered: np.ndarray) -> float:
    """Least mean penalty of all cells that choose so many agents and parts in the mean (Y x Q x T).

    By the prices that go with it, which hardly need to stay near anything (`held` gives a great deal).
    """
    total, span = 0.0, (bends.low, bends.high)
    for q in range(offered.shape[1]):
        for t in range(offered.shape[2]):
            cover = offered[0, q, t]
            parts = offered[1, q, t] if offered.shape[0] > 1 else 0.0
            price, of_part = worth_of(bends, held, (q, t), (cover, parts), span)
            choose(bends, q, t, price)
            least = np.inf
            for m in range(len(bends.agents)):
                least = min(least, bends.value[m] + of_part * bends.parts[m])
            total += least - price * cover - of_part * parts
    return total
