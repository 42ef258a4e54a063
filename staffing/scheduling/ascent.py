"""The best bound over a horizon: prices by `mixing`, the bound they prove by `dual`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.scheduling.cells import Bends, Held, bends_of, least_owed
from staffing.scheduling.dual import HorizonDual, Parts
from staffing.scheduling.mixing import Mixed, begin_with, recentre, reprice, take_turns
from staffing.scheduling.problem import Problem, Roster

AT_WILL = 1e9  # so much give that prices stay near nothing
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
        mixed.held.give[:] *= (1 + done / climb.half) / (1 + (done + number) / climb.half)
        done += number
        found, before = dual.answer(mean), best.value
        mixture = min(mixture, _cost(dual, bends, mixed))
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


def mixed_of(dual: HorizonDual, roster: Roster, climb: Climb, prices: np.ndarray | None) -> Mixed:
    """A mixture that begins with the known roster, and prices to be held near."""
    problem, (queues, intervals) = dual.problem, dual.problem.demand.need.shape
    own, classes = problem.staff.queues.shape[1], len(dual.classes.agent)
    shares = problem.shifts.shares
    kinds = min(len(shares), 2)
    usual = problem.demand.need.mean(axis=1, keepdims=True)
    give = np.broadcast_to(climb.give * problem.demand.prices[0] / (1 + usual), (queues, intervals)).copy()
    mixed = Mixed(
        offer=np.zeros((kinds, classes, own, intervals), np.float32),
        pay=np.zeros(classes),
        cover=np.zeros((kinds, queues, intervals)),
        price=np.zeros((len(shares), queues, intervals)),
        held=Held(_centre(problem, prices), give),
        new=np.zeros((kinds, own, intervals), np.float32),
        cell=np.zeros((own * intervals, 2), np.int64),
        change=np.zeros((own * intervals, kinds)),
    )
    begin_with(problem, (dual.classes, dual.tangent.lean), roster, dual.room[1], mixed)
    return mixed


def _centre(problem: Problem, prices: np.ndarray | None) -> np.ndarray:
    """Prices to begin near: the known ones, or in the middle; of an agent, and of its being in part."""
    shares, need = problem.shifts.shares, problem.demand.need
    centre = np.zeros((min(len(shares), 2), *need.shape))
    if prices is None:
        centre[0] = (problem.demand.prices[0] - problem.demand.prices[2]) / 4
        return centre
    centre[0] = prices[0]
    if len(shares) > 1:
        centre[1] = (prices[1:] - shares[1:, None, None] * prices[0]).mean(axis=0)
    return centre


def _cost(dual: HorizonDual, bends: Bends, mixed: Mixed) -> float:
    """The cost of the mixture, every cell mixing whole numbers of agents and parts."""
    free = Held(mixed.held.centre, np.full_like(mixed.held.give, AT_WILL))
    owed = least_owed(bends, free, mixed.cover)
    paid = float((dual.classes.size * mixed.pay).sum())
    return float(owed + dual.idle.sum() + dual.tangent.constant - paid)
