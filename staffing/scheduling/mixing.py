"""Prices that climb: each class of agents in turn mixes its best roster into what it offers.

A class offers a mixture of rosters. Queue by queue and interval by interval, the price of an agent is that
of the need still missing, held near the price of the round before (an augmented Lagrangian: Bertsekas 1982).
One class after another adds the roster that earns most at the prices of the moment, at the share that costs
least, and prices follow at once (block-coordinate Frank-Wolfe: Lacoste-Julien et al. 2013). Where a batch of
answers from all classes changes the prices a little, each class here sees what the others have just chosen.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.bound import Classes
from staffing.scheduling.cells import Bends, Held, span_of, worth_of
from staffing.scheduling.dual import agent_roster
from staffing.scheduling.duty import contact_parts
from staffing.scheduling.horizon import Weeks
from staffing.scheduling.problem import BEGIN, END, FLAGS, WHICH, Problem, Roster
from staffing.scheduling.taste import alone
from staffing.scheduling.values import Scratch

LOOKS = 4  # at the slope, for the share of a new roster
FLAT = 0.2  # of the slope at none: near enough to the least cost


class Mixed(NamedTuple):
    """What all classes offer, and the prices that go with it; Y is agents, then those of them in part."""

    offer: np.ndarray  # Y x class x own queue x T, for each agent of the class
    pay: np.ndarray  # class: rewards less prices of its own, for each agent
    cover: np.ndarray  # Y x Q x T
    price: np.ndarray  # X x Q x T
    held: Held
    new: np.ndarray  # Y x own queue x T: a roster's offer
    cell: np.ndarray  # own queue * T x 2: queue and interval that change
    change: np.ndarray  # own queue * T x Y: by how much


@part
def parts_of(mixed: Mixed, q: int, t: int) -> float:
    """Agents offered in part in a cell."""
    return mixed.cover[1, q, t] if mixed.cover.shape[0] > 1 else 0.0


@part
def set_price(
    problem: Problem, bends: Bends, mixed: Mixed, at: tuple[int, int], span: tuple[float, float]
) -> None:
    """The price of a cell, in a span; an agent in part is worth its share, and what its being in part is."""
    q, t = at
    offered = (mixed.cover[0, q, t], parts_of(mixed, q, t))
    price, of_part = worth_of(bends, mixed.held, at, offered, span)
    for x in range(len(problem.shifts.shares)):
        mixed.price[x, q, t] = price * problem.shifts.shares[x] + (of_part if x > 0 else 0.0)


@entry
def recentre(problem: Problem, bends: Bends, mixed: Mixed) -> None:
    """Hold the prices near those of the moment from now on."""
    last = len(problem.shifts.shares) - 1
    for q in range(mixed.cover.shape[1]):
        for t in range(mixed.cover.shape[2]):
            price = mixed.price[0, q, t]
            mixed.held.centre[0, q, t] = price
            if last > 0:
                mixed.held.centre[1, q, t] = mixed.price[last, q, t] - price * problem.shifts.shares[last]
            set_price(problem, bends, mixed, (q, t), (bends.low, bends.high))


@entry
def reprice(problem: Problem, bends: Bends, mixed: Mixed) -> None:
    """Set all prices from the cover."""
    for q in range(mixed.cover.shape[1]):
        for t in range(mixed.cover.shape[2]):
            set_price(problem, bends, mixed, (q, t), (bends.low, bends.high))


@part
def own_queue(problem: Problem, a: int, q: int) -> int:
    """The place of a queue among the agent's own."""
    for j in range(problem.staff.queue_count[a]):
        if problem.staff.queues[a, j] == q:
            return j
    return 0


@part
def note_roster(problem: Problem, a: int, best: float, room: tuple[Weeks, Scratch], mixed: Mixed) -> float:
    """Write what the chosen roster offers into `mixed.new`; returns its pay without the prices."""
    weeks, scratch = room
    own, intervals = best, mixed.new.shape[2]
    for y in range(mixed.new.shape[0]):
        for j in range(mixed.new.shape[1]):
            for t in range(intervals):
                mixed.new[y, j, t] = 0.0
    c = problem.staff.kind[a]
    for d in range(len(weeks.chosen)):
        i = weeks.chosen[d]
        if i < 0:
            continue
        begin, end = problem.shifts.starts[c, d, i, BEGIN], problem.shifts.starts[c, d, i, END]
        m = problem.shifts.starts[c, d, i, WHICH]
        contact_parts(problem.shifts, m, scratch.pause, (d, i), scratch.part)
        for t in range(begin, min(end, intervals)):
            x = scratch.part[t - begin]
            if x >= 0:
                q = scratch.queue[x, t]
                j = own_queue(problem, a, q)
                mixed.new[0, j, t] = problem.shifts.shares[x]
                if x > 0:
                    mixed.new[1, j, t] = 1.0
                own -= mixed.price[x, q, t]
    return own


@part
def list_changes(problem: Problem, a: int, k: int, mixed: Mixed) -> int:
    """Which cells the new roster would change, by how much an agent; returns their number."""
    number, last = 0, mixed.new.shape[0] - 1
    for j in range(problem.staff.queue_count[a]):
        for t in range(mixed.new.shape[2]):
            change = mixed.new[0, j, t] - mixed.offer[0, k, j, t]
            in_part = mixed.new[last, j, t] - mixed.offer[last, k, j, t]
            if change != 0.0 or in_part != 0.0:
                mixed.cell[number, 0], mixed.cell[number, 1] = j, t
                mixed.change[number, last], mixed.change[number, 0] = in_part, change
                number += 1
    return number


@part
def moved_by(mixed: Mixed, n: int) -> tuple[float, float]:
    """Agents, and agents in part, that a change moves for each agent of the class."""
    return mixed.change[n, 0], mixed.change[n, 1] if mixed.change.shape[1] > 1 else 0.0


@part
def slope_now(problem: Problem, mixed: Mixed, a: int, number: int) -> float:
    """What the change earns at the prices of the moment."""
    total, last = 0.0, len(problem.shifts.shares) - 1
    for n in range(number):
        q, t = problem.staff.queues[a, mixed.cell[n, 0]], mixed.cell[n, 1]
        change, in_part = moved_by(mixed, n)
        price = mixed.price[0, q, t]
        total += change * price
        if last > 0:
            total += in_part * (mixed.price[last, q, t] - price * problem.shifts.shares[last])
    return total


@entry
def slope(problem: Problem, bends: Bends, mixed: Mixed, of: tuple[int, int, float], share: float) -> float:
    """What the change still earns once a share of it is made; `of` is (agent, changes, number of agents)."""
    a, number, size = of
    total, moved = 0.0, share * size
    for n in range(number):
        q, t = problem.staff.queues[a, mixed.cell[n, 0]], mixed.cell[n, 1]
        change, in_part = moved_by(mixed, n)
        offered = (mixed.cover[0, q, t] + moved * change, parts_of(mixed, q, t) + moved * in_part)
        away = moved * (abs(change) + abs(in_part))
        span = span_of(bends, mixed.held.give[q, t], mixed.price[0, q, t], away)
        price, of_part = worth_of(bends, mixed.held, (q, t), offered, span)
        total += change * price + in_part * of_part
    return total


@part
def best_share(
    problem: Problem, bends: Bends, mixed: Mixed, of: tuple[int, int, float], start: tuple[float, float]
) -> float:
    """The share of the new roster at which its slope is about flat; `start` is (slope at 0, pay gained)."""
    first, paid = start
    low, high, above = 0.0, 1.0, first
    below = slope(problem, bends, mixed, of, 1.0) + paid
    share = 1.0
    if below >= 0.0:
        return share
    for _ in range(LOOKS):
        share = low + (high - low) * above / (above - below)
        here = slope(problem, bends, mixed, of, share) + paid
        if abs(here) < FLAT * first:
            return share
        if here > 0.0:
            low, above = share, here
        else:
            high, below = share, here
    return share


@part
def safe_share(problem: Problem, mixed: Mixed, of: tuple[int, int, float], first: float) -> float:
    """A share that surely gains, for a look is dear where parts have a price: they fall by `give` at most.

    `first` is the slope at none.
    """
    a, number, size = of
    fall = 0.0
    for n in range(number):
        q, t = problem.staff.queues[a, mixed.cell[n, 0]], mixed.cell[n, 1]
        change, in_part = moved_by(mixed, n)
        fall += size * mixed.held.give[q, t] * (change**2 + in_part**2)
    return min(1.0, first / fall)


@entry
def take_turns(
    problem: Problem,
    bends: Bends,
    of: tuple[Classes, np.ndarray, np.ndarray],
    room: tuple[Weeks, Scratch],
    mixed: Mixed,
) -> None:
    """Each class of an order mixes its best roster in; `of` is (classes, lean, order)."""
    classes, lean, order = of
    for k in order:
        a, size = classes.agent[k], classes.size[k]
        best = agent_roster(problem, mixed.price, a, lean, room)
        own = note_roster(problem, a, best, room, mixed)
        number = list_changes(problem, a, k, mixed)
        paid = own - mixed.pay[k]
        gained = slope_now(problem, mixed, a, number) + paid
        if gained <= 1e-9 * (1.0 + abs(best)):
            continue
        if len(bends.agents) > 1:
            share = safe_share(problem, mixed, (a, number, size), gained)
        else:
            share = best_share(problem, bends, mixed, (a, number, size), (gained, paid))
        mixed.pay[k] += share * paid
        for n in range(number):
            j, t = mixed.cell[n, 0], mixed.cell[n, 1]
            q, away = problem.staff.queues[a, j], 0.0
            for y in range(mixed.cover.shape[0]):
                mixed.offer[y, k, j, t] += share * mixed.change[n, y]
                mixed.cover[y, q, t] += share * size * mixed.change[n, y]
                away += share * size * abs(mixed.change[n, y])
            span = span_of(bends, mixed.held.give[q, t], mixed.price[0, q, t], away)
            set_price(problem, bends, mixed, (q, t), span)


@entry
def begin_with(
    problem: Problem, of: tuple[Classes, np.ndarray], roster: Roster, scratch: Scratch, mixed: Mixed
) -> None:
    """Every class offers what its agents work in a roster; `of` is (classes, lean)."""
    classes, lean = of
    starts, intervals = problem.shifts.starts, mixed.cover.shape[2]
    for a in range(roster.shift.shape[0]):
        c, k, days = problem.staff.kind[a], classes.of[a], roster.shift.shape[1]
        part_of = 1.0 / classes.size[k]
        for d in range(-1, days):
            mixed.pay[k] -= part_of * problem.taste.alone * alone(problem, roster, a, d)
        for d in range(days):
            i = roster.shift[a, d]
            if i < 0:
                continue
            m, begin, end = starts[c, d, i, WHICH], starts[c, d, i, BEGIN], starts[c, d, i, END]
            mixed.pay[k] += part_of * (problem.shifts.reward[m] - problem.staff.cost[a, d, i])
            for n in range(lean.shape[1]):
                mixed.pay[k] -= part_of * lean[a, n] * ((starts[c, d, i, FLAGS] >> n) & 1)
            contact_parts(problem.shifts, m, roster.pause, (a, d), scratch.part)
            for t in range(begin, min(end, intervals)):
                x, q = scratch.part[t - begin], roster.queue[a, t]
                if x >= 0:
                    mixed.offer[0, k, own_queue(problem, a, q), t] += part_of * problem.shifts.shares[x]
                    mixed.cover[0, q, t] += problem.shifts.shares[x]
                    if x > 0:
                        mixed.offer[1, k, own_queue(problem, a, q), t] += part_of
                        mixed.cover[1, q, t] += 1.0
