"""The best bound over a horizon: prices by `mixing`, the bound they prove by `dual`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.scheduling.dual import HorizonDual, Parts
from staffing.scheduling.mixing import Bends, Mixed, begin_with, recentre, reprice, take_turns
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import Demand, Problem, Roster

BETWEEN = 1e30  # worth on a piece of no length
SAMPLES = 16  # of the prices in a round, for their mean
NEAR = 0.001  # a bound so near to the mixture's cost, as a share of it, may stop gaining


@dataclass(frozen=True)
class Climb:
    """How long prices climb: all classes take `rounds` turns at most, until the bound gains no more.

    Prices are held near those of the round before: an agent too few, of the queue's usual number, raises
    them by `give` times the price of an agent short, by half as much after `half` rounds. Every `look`
    rounds the bound of the mean prices since is computed; `least` is the share of the gap to the mixture's
    cost that it must gain to go on.
    """

    rounds: int = 300
    give: float = 0.5
    half: int = 100
    look: int = 5
    least: float = 0.01
    seed: int = 0


@dataclass(frozen=True)
class Bound:
    """What no legal roster of a problem can undercut.

    `value` is the bound, `week` (W) its additive parts, `prices` (X x Q x T) the worth of one more agent in
    a queue and interval (penalty units), whole and for each share of it; `mixture` is the cost of the best
    mixture of rosters known, which no prices can prove more than; `rounds` the number of rounds taken.
    """

    value: float
    week: np.ndarray
    prices: np.ndarray
    mixture: float
    rounds: int


def bound_of(
    problem: Problem, roster: Roster, idle: np.ndarray, *, climb: Climb, prices: np.ndarray | None = None
) -> Bound:
    """The bound of a problem, from a known roster on; `idle` (W) is the price of idle contracts by week.

    `prices` (X x Q x T) of an earlier call, such as before a re-plan, are a head start.
    """
    dual = HorizonDual(problem, roster, idle)
    bends, mixed = bends_of(problem), mixed_of(dual, roster, climb, prices)
    reprice(dual.problem, bends, mixed)
    rng = np.random.default_rng(climb.seed)
    best, top, mixture, done = dual.answer(mixed.price), mixed.price.copy(), np.inf, 0
    while done < climb.rounds:
        number = min(climb.look, climb.rounds - done)
        mean = _rounds(dual, bends, mixed, number, rng)
        mixed.give[:] *= (1 + done / climb.half) / (1 + (done + number) / climb.half)
        done += number
        found, before = dual.answer(mean), best.value
        mixture = min(mixture, _cost(dual, mixed))
        if found.value > best.value:
            best, top = found, mean
        left = mixture - best.value
        if left < NEAR * abs(mixture) and best.value - before < climb.least * left:
            break
    return _bound(best, top, mixture, done)


def by_week(bound: Bound, costs: np.ndarray) -> np.ndarray:
    """A bound as rows of a report beside the roster's costs by week: additive, each from 0 to its cost.

    A week's part alone is no bound of the week, for agents may earn more in one week by less in another;
    the gap is what is proved, and goes to the weeks in which roster and prices differ most.
    """
    costs = np.maximum(costs, 0.0)
    gap = float(np.clip(costs.sum() - bound.value, 0.0, costs.sum()))
    apart = np.clip(costs - bound.week, 0.0, costs)
    apart = apart * min(1.0, gap / max(apart.sum(), 1e-9))
    left = costs - apart
    return np.asarray(left - (gap - apart.sum()) * left / max(left.sum(), 1e-9))


def _bound(best: Parts, prices: np.ndarray, mixture: float, done: int) -> Bound:
    return Bound(best.value, best.week, prices, max(mixture, best.value), done)


def _rounds(
    dual: HorizonDual, bends: Bends, mixed: Mixed, rounds: int, rng: np.random.Generator
) -> np.ndarray:
    """Rounds of turns in random order; the mean of the prices on the way."""
    total = np.zeros_like(mixed.price)
    for _ in range(rounds):
        for order in np.array_split(rng.permutation(len(dual.classes.agent)), SAMPLES):
            take_turns(dual.problem, bends, (dual.classes, dual.tangent.lean, order), dual.room, mixed)
            total += mixed.price
        recentre(dual.problem, bends, mixed)
    return np.asarray(total / (rounds * SAMPLES))


def bends_of(problem: Problem) -> Bends:
    """The pieces of every cell's penalty, between whole numbers of agents where there are no shares."""
    demand = problem.demand
    kinks = [demand.need - demand.tier_under, demand.need, demand.need + demand.tier_over, demand.floor]
    if len(problem.shifts.shares) == 1:
        kinks = [up for kink in kinks for up in (np.floor(kink + 1e-9), np.ceil(kink - 1e-9))]
    ends = np.sort(np.maximum(np.stack(kinks, axis=-1), 0.0), axis=-1)
    begins = np.concatenate([np.zeros_like(ends[..., :1]), ends[..., :-1]], axis=-1)
    lengths = ends - begins
    saved = _along(demand, begins) - _along(demand, ends)
    worth = np.divide(saved, lengths, out=np.full_like(saved, BETWEEN), where=lengths > 1e-9)
    last = np.full_like(ends[..., :1], -demand.prices[3])
    far = np.full_like(last, np.inf)
    return Bends(np.concatenate([ends, far], axis=-1), np.concatenate([worth, last], axis=-1))


def _along(demand: Demand, cover: np.ndarray) -> np.ndarray:
    """Penalties at several covers of each cell, Q x T x K."""
    return np.stack([penalties(demand, cover[..., k]) for k in range(cover.shape[-1])], axis=-1)


def mixed_of(dual: HorizonDual, roster: Roster, climb: Climb, prices: np.ndarray | None) -> Mixed:
    """A mixture that begins with the known roster, and prices to be held near."""
    problem, (queues, intervals) = dual.problem, dual.problem.demand.need.shape
    own, classes = problem.staff.queues.shape[1], len(dual.classes.agent)
    usual = problem.demand.need.mean(axis=1, keepdims=True)
    middle = (problem.demand.prices[0] - problem.demand.prices[2]) / 4
    mixed = Mixed(
        offer=np.zeros((classes, own, intervals), np.float32),
        pay=np.zeros(classes),
        cover=np.zeros((queues, intervals)),
        price=np.zeros((len(problem.shifts.shares), queues, intervals)),
        centre=np.full((queues, intervals), middle) if prices is None else prices[0].astype(float),
        give=np.broadcast_to(climb.give * problem.demand.prices[0] / (1 + usual), (queues, intervals)).copy(),
        new=np.zeros((own, intervals), np.float32),
        cell=np.zeros((own * intervals, 2), np.int64),
        change=np.zeros(own * intervals),
    )
    begin_with(problem, (dual.classes, dual.tangent.lean), roster, dual.room[1], mixed)
    return mixed


def _cost(dual: HorizonDual, mixed: Mixed) -> float:
    """The cost of the mixture, with penalties between those of whole numbers of agents."""
    low = np.floor(mixed.cover + 1e-9)
    part = np.maximum(mixed.cover - low, 0.0)
    demand = dual.problem.demand
    owed = (1 - part) * penalties(demand, low) + part * penalties(demand, low + 1)
    paid = float((dual.classes.size * mixed.pay).sum())
    return float(owed.sum() + dual.idle.sum() + dual.tangent.constant - paid)
