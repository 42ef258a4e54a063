"""A lower bound that no legal schedule of a site's week can undercut, by prices on the agents.

Every queue and interval gets a price for an agent, and one for each share of an interval that a short
break leaves. Then the two sides choose alone: each agent the week that earns most at these prices, and
each queue the number of agents (whole ones and shares are counted apart, and are whole numbers) that
costs least with its penalty. Whatever the prices, penalty minus earnings is at most the cost of any
roster (weak duality; Fisher 1981, Management Science 27(1)). A week stands alone: everybody comes into
it rested, and what a night shift of the Sunday before may add is granted without cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import NamedTuple, cast

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.duty import contact_parts
from staffing.scheduling.price import penalty
from staffing.scheduling.problem import (
    BEGIN,
    END,
    NIGHT,
    WHICH,
    Demand,
    Problem,
    Roster,
    Shifts,
    empty_roster,
)
from staffing.scheduling.values import Scratch, scratch_for, shift_values
from staffing.scheduling.week import best_week

KINKS = 10  # whole numbers on both sides of each of the places where the penalty bends, and of none
SLACK = 1e-6  # for the rounding of sums, taken off the bound
NO_SALT = cast(int, np.int64(0))


class Classes(NamedTuple):
    """Agents alike in a week: one for all, and how many they are."""

    agent: np.ndarray
    size: np.ndarray
    of: np.ndarray  # class of each agent


class Mixes(NamedTuple):
    """Numbers of each share (beyond whole agents) that need to be looked at: L x X, and agents in sum: L."""

    parts: np.ndarray
    agents: np.ndarray


class Answer(NamedTuple):
    """What both sides choose at some prices: the bound, and chosen less offered (X x Q x T)."""

    value: float
    surplus: np.ndarray


@dataclass(frozen=True)
class Ascent:
    """How prices climb: Polyak steps of `step` times the distance to the known cost, shortened after
    `patience` steps without progress; a direction keeps `memory` of the one before.
    """

    steps: int = 1000
    step: float = 0.5
    patience: int = 25
    shorten: float = 0.7
    memory: float = 0.85


def classes_of(problem: Problem, w: int) -> Classes:
    """Agents who have the same contract, queues and free days in a week choose alike."""
    staff = problem.staff
    days = slice(max(problem.week_day[w] - 1, 0), problem.week_day[w + 1] + 1)
    left = np.stack([staff.kind, staff.days_left[:, w], staff.units_left[:, w]], axis=1)
    own = staff.cost[:, problem.week_day[w] : problem.week_day[w + 1]].reshape(len(left), -1)
    must = staff.must[:, problem.week_day[w] : problem.week_day[w + 1]]
    keys = np.concatenate([left, staff.queues, staff.free[:, days], staff.entry, must, own], axis=1)
    _, agent, of, size = np.unique(keys, axis=0, return_index=True, return_inverse=True, return_counts=True)
    return Classes(agent, size.astype(float), of.reshape(-1))


def mixes_of(shares: np.ndarray) -> Mixes:
    """Shares enough to make a whole agent are never looked at, for a whole one then costs no more."""
    most = [Fraction(float(share)).limit_denominator(60).denominator for share in shares[1:]]
    parts = np.array([(0, *mix) for mix in product(*(range(n) for n in most))], np.int64)
    return Mixes(
        parts.reshape(len(parts), len(shares)), parts @ np.where(np.arange(len(shares)) > 0, shares, 0.0)
    )


def within(prices: np.ndarray, problem: Problem) -> np.ndarray:
    """Prices for which `cheapest` looks far enough: within the penalties, a share worth at least its part."""
    shares, (_, under, _, over, floor) = problem.shifts.shares, problem.demand.prices
    whole = np.clip(prices[:1], -over, under + floor * (problem.demand.floor > 0))
    return np.concatenate([whole, np.maximum(prices[1:], shares[1:, None, None] * whole)])


@part
def kink_at(demand: Demand, q: int, t: int, kink: int) -> float:
    """A number of agents at which the penalty bends, or none."""
    if kink == 0:
        return demand.need[q, t] - demand.tier_under[q, t]
    if kink == 1:
        return demand.need[q, t]
    if kink == 2:
        return demand.need[q, t] + demand.tier_over[q, t]
    return demand.floor[q, t] if kink == 3 else 0.0


@entry
def cheapest(
    demand: Demand, prices: np.ndarray, week: tuple[int, int], mixes: Mixes, chosen: np.ndarray
) -> float:
    """Least penalty plus price over whole numbers of agents, summed over a week's intervals.

    The penalty is convex with kinks at need - tier, need, need + tier and the floor: the best number is
    next to one of them, or none. Adds the numbers chosen to `chosen` (X x Q x T).
    """
    total = 0.0
    for q in range(demand.need.shape[0]):
        for t in range(week[0], week[1]):
            least, best, mix = np.inf, 0.0, 0
            for m in range(len(mixes.agents)):
                paid = 0.0
                for x in range(1, prices.shape[0]):
                    paid += mixes.parts[m, x] * prices[x, q, t]
                for kink in range(KINKS):
                    n = max(
                        np.floor(kink_at(demand, q, t, kink // 2) - mixes.agents[m] + 1e-9) + kink % 2, 0.0
                    )
                    price = paid + n * prices[0, q, t] + penalty(demand, q, t, n + mixes.agents[m])
                    if price < least:
                        least, best, mix = price, n, m
            total += least
            chosen[0, q, t] += best
            for x in range(1, prices.shape[0]):
                chosen[x, q, t] += mixes.parts[mix, x]
    return total


@entry
def earned(
    problem: Problem, prices: np.ndarray, w: int, classes: Classes, work: tuple[Roster, Scratch, np.ndarray]
) -> float:
    """What all agents earn at most in week w at the prices; takes what they offer off `work`'s last array.

    The roster of `work` is empty before and after: every week begins rested.
    """
    roster, room = work[0], work[1]
    total, first, end = 0.0, problem.week_day[w], problem.week_day[w + 1]
    for n in range(len(classes.agent)):
        a = classes.agent[n]
        c = problem.staff.kind[a]
        total += classes.size[n] * best_week(problem, prices, roster, (a, w, NO_SALT), room)
        for d in range(first, end):
            if roster.shift[a, d] >= 0:
                start = problem.shifts.starts[c, d, roster.shift[a, d]]
                here = (problem.day_begin[first], classes.size[n])
                offer(problem.shifts, start, (roster.pause, a, d), here, work)
                roster.shift[a, d] = -1
        total += classes.size[n] * last_night(problem, prices, a, (first, classes.size[n]), work)
    return total


@entry
def offer(
    shifts: Shifts,
    start: np.ndarray,
    pause: tuple[np.ndarray, int, int],
    of: tuple[int, float],
    work: tuple[Roster, Scratch, np.ndarray],
) -> None:
    """Take a shift off `offered`, at the queues of its best gains; `of` is (their first interval, agents)."""
    _, room, offered = work
    first, size = of
    contact_parts(shifts, start[WHICH], pause[0], (pause[1], pause[2]), room.part)
    for t in range(start[BEGIN], min(start[END], offered.shape[2])):
        x = room.part[t - start[BEGIN]]
        if x >= 0:
            offered[x, room.queue[x, t - first], t] -= size


@entry
def last_night(
    problem: Problem,
    prices: np.ndarray,
    a: int,
    at: tuple[int, float],
    work: tuple[Roster, Scratch, np.ndarray],
) -> float:
    """The most a night shift of the day before can earn after midnight; `at` is (first day, agents)."""
    day, size = at
    c, shifts, room = problem.staff.kind[a], problem.shifts, work[1]
    best, chosen, nights = 0.0, -1, 0
    for i in range(shifts.offered[c, day - 1] if day > 0 else 0):
        nights += shifts.starts[c, day - 1, i, NIGHT]
    if nights == 0:
        return best
    shift_values(problem, prices, a, (day - 1, day, NO_SALT), room)
    for i in range(shifts.offered[c, day - 1]):
        start = shifts.starts[c, day - 1, i]
        value = room.value[0, i] - shifts.reward[start[WHICH]]
        if start[NIGHT] and value > best:
            best, chosen = value, i
    if chosen >= 0:
        start = shifts.starts[c, day - 1, chosen]
        offer(shifts, start, (room.pause, 0, chosen), (problem.day_begin[day - 1], size), work)
    return best


class WeekDual:
    """The bound of one week as a function of prices, with the working memory to compute it."""

    def __init__(self, problem: Problem, w: int, idle_base: float) -> None:
        # What is capped is left out: the engine bans it where it must, not where it costs least.
        free = problem.shifts._replace(caps=problem.shifts.caps[:, :0])
        self.problem, self.w, self.idle_base = problem._replace(shifts=free), w, idle_base
        self.classes, self.mixes = classes_of(problem, w), mixes_of(problem.shifts.shares)
        days = problem.day_begin[problem.week_day[w : w + 2]]
        self.week = (int(days[0]), int(days[1]))
        self._roster, self._room = empty_roster(problem), scratch_for(problem)

    def answer(self, prices: np.ndarray) -> Answer:
        """The bound at the prices (X x Q x T; only those of the week count), which must be `within`."""
        problem, here = self.problem, np.zeros_like(prices)
        here[..., slice(*self.week)] = prices[..., slice(*self.week)]
        surplus = np.zeros_like(here)
        penalties = cheapest(problem.demand, here, self.week, self.mixes, surplus)
        pay = earned(problem, here, self.w, self.classes, (self._roster, self._room, surplus))
        surplus[..., : self.week[0]] = surplus[..., self.week[1] :] = 0.0
        return Answer(penalties + self.idle_base - pay - SLACK, surplus)


def climb(dual: WeekDual, prices: np.ndarray, *, cost: float, ascent: Ascent) -> tuple[float, np.ndarray]:
    """The best bound found from these prices on, and its prices; `cost` is that of a known roster."""
    best, top, step, stalled = -np.inf, prices, ascent.step, 0
    direction = np.zeros_like(prices)
    for _ in range(ascent.steps):
        prices = within(prices, dual.problem)
        value, surplus = dual.answer(prices)
        stalled = 0 if value > best + 1e-4 * abs(best) else stalled + 1
        if value > best:
            best, top = value, prices
        if stalled >= ascent.patience:
            step, stalled, prices, direction = step * ascent.shorten, 0, top, np.zeros_like(prices)
        direction = (1 - ascent.memory) * surplus + ascent.memory * direction
        length = float((direction**2).sum())
        if length < SLACK or cost - best < SLACK:
            break
        prices = prices + step * (cost - value) / length * direction
    return best, top
