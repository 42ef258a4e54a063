"""The bound over a whole horizon as a function of prices: what the queues pay less what the agents earn.

As in `bound.py`, but an agent's roster is the best of all weeks at once, so that no week begins rested and
no night shift serves Monday for nothing. What is left out of the agents' choice only lowers the bound:
caps over weeks, seats, steady starts and rotation, the price of a moved pause. Fair shares are convex in
what is counted and enter by their tangent at the counts of a known roster.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry
from staffing.scheduling.bound import SLACK, Classes, cheapest, mixes_of, within
from staffing.scheduling.duty import contact_parts
from staffing.scheduling.horizon import Weeks, horizon_scratch, most_earned, weeks_for
from staffing.scheduling.problem import BEGIN, END, WHICH, Problem, Roster, Staff
from staffing.scheduling.values import Scratch, shift_values
from staffing.scheduling.way_back import way_back


class Tangent(NamedTuple):
    """Fair shares made linear: price of one more of each count by agent, and what is paid in any case."""

    lean: np.ndarray  # A x N
    constant: float


class Parts(NamedTuple):
    """The bound at some prices by week, and what both sides chose (chosen less offered, X x Q x T).

    `week` is additive: least penalty and price of the week's intervals, less what the shifts that start
    in the week earn, and the week's idle contract hours.
    """

    value: float
    week: np.ndarray  # W
    surplus: np.ndarray


def tangent(problem: Problem, roster: Roster) -> Tangent:
    """The tangent of the price of fair shares at a roster's counts."""
    fair, before = problem.taste.fair, problem.staff.before.shape[1]
    inside = roster.tally[:, before:].sum(axis=1)
    off = roster.tally.sum(axis=1) - problem.staff.due
    lean = 2 * fair * off
    return Tangent(lean, float((fair * off**2).sum() - (lean * inside).sum()))


def classes_over(staff: Staff, lean: np.ndarray) -> Classes:
    """Agents whose skills, contract, days, prices and beginning are the same choose alike."""
    agents = len(staff.kind)
    rows = [staff.kind, staff.queues, staff.days_left, staff.units_left, staff.free, staff.entry]
    rows += [staff.must, staff.cost, lean]
    keys = np.concatenate([row.reshape(agents, -1).astype(np.float64) for row in rows], axis=1)
    _, agent, of, size = np.unique(keys, axis=0, return_index=True, return_inverse=True, return_counts=True)
    return Classes(agent, size.astype(float), of.reshape(-1))


@entry
def agent_roster(
    problem: Problem, prices: np.ndarray, a: int, lean: np.ndarray, room: tuple[Weeks, Scratch]
) -> float:
    """Most that an agent earns at the prices; its shifts go to `chosen`, their pauses to the scratch."""
    weeks, scratch = room
    for n in range(len(scratch.taste)):
        scratch.taste[n] = lean[a, n]
    shift_values(problem, prices, a, (0, len(weeks.chosen), 0), scratch)
    best = most_earned(problem, a, weeks, scratch)
    way_back(problem, a, best, weeks, scratch)
    return best


@entry
def earnings(
    problem: Problem,
    prices: np.ndarray,
    of: tuple[Classes, np.ndarray],
    room: tuple[Weeks, Scratch],
    out: tuple[np.ndarray, np.ndarray],
) -> float:
    """What all agents earn at most; `of` is (classes, lean), `out` (surplus, earnings by week), filled."""
    classes, lean = of
    weeks, scratch = room
    surplus, by_week = out
    total = 0.0
    for n in range(len(classes.agent)):
        a, size = classes.agent[n], classes.size[n]
        best = agent_roster(problem, prices, a, lean, room)
        total += size * best
        for w in range(len(by_week)):
            for d in range(problem.week_day[w], problem.week_day[w + 1]):
                if weeks.chosen[d] >= 0:
                    by_week[w] += size * scratch.value[d, weeks.chosen[d]]
                    best -= scratch.value[d, weeks.chosen[d]]
                    take_off(problem, (a, d, size), room, surplus)
        by_week[0] += size * best  # the price of days off alone
    return total


@entry
def take_off(
    problem: Problem, of: tuple[int, int, float], room: tuple[Weeks, Scratch], surplus: np.ndarray
) -> None:
    """Take what a shift offers off the surplus; `of` is (agent, day, number of agents)."""
    a, d, size = of
    weeks, scratch = room
    c, i = problem.staff.kind[a], weeks.chosen[d]
    begin, end = problem.shifts.starts[c, d, i, BEGIN], problem.shifts.starts[c, d, i, END]
    contact_parts(problem.shifts, problem.shifts.starts[c, d, i, WHICH], scratch.pause, (d, i), scratch.part)
    for t in range(begin, min(end, surplus.shape[2])):
        x = scratch.part[t - begin]
        if x >= 0:
            surplus[x, scratch.queue[x, t], t] -= size


class HorizonDual:
    """The bound over all weeks of a problem, with the working memory to compute it.

    `idle` (W) is the price of leaving all contracts idle, week by week. `roster` is a known one, where the
    fair shares are touched.
    """

    def __init__(self, problem: Problem, roster: Roster, idle: np.ndarray) -> None:
        taste = problem.taste._replace(pause=0.0)
        self.problem, self.idle = problem._replace(taste=taste), idle
        self.tangent = tangent(problem, roster)
        self.classes = classes_over(problem.staff, self.tangent.lean)
        self.mixes = mixes_of(problem.shifts.shares)
        self.room = (weeks_for(problem), horizon_scratch(problem))

    def answer(self, prices: np.ndarray) -> Parts:
        """The bound at the prices (X x Q x T), which are brought `within` first."""
        problem, here = self.problem, within(prices, self.problem)
        surplus, week, by_week = np.zeros_like(here), self.idle.astype(float), np.zeros(len(self.idle))
        for w, days in enumerate(zip(problem.week_day[:-1], problem.week_day[1:])):
            span = (int(problem.day_begin[days[0]]), int(problem.day_begin[days[1]]))
            week[w] += cheapest(problem.demand, here, span, self.mixes, surplus)
        of = (self.classes, self.tangent.lean)
        earnings(problem, here, of, self.room, (surplus, by_week))
        week += self.tangent.constant / len(week) - by_week - SLACK
        return Parts(float(week.sum()), week, surplus)
