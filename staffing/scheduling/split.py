"""Who serves which queue in each interval: the optimal split, with few changes of queue.

The shifts and pauses stand; interval after interval a minimum-cost flow (OR-Tools) sends people to the
queues they can serve. A queue's next agent costs what the penalty changes by, and a change of queue
within a shift has a small price, so nobody moves for less than that. Another queue than the published one
has a price too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from staffing.scheduling.duty import contact_parts
from staffing.scheduling.price import penalties, set_gains
from staffing.scheduling.problem import BEGIN, END, WHICH, Problem, Roster

CENT = 1000  # costs of the flow are whole numbers


class Kept(NamedTuple):
    """The published queue of each agent and interval (-1 none), and the price of an interval on another."""

    queue: np.ndarray
    price: float


class Group(NamedTuple):
    """Agents on contact in an interval: rows, their queues just before (-1 none), the published ones."""

    agents: np.ndarray
    before: np.ndarray
    kept: np.ndarray


def split_queues(problem: Problem, roster: Roster, *, switch: float, published: Kept | None = None) -> None:
    """Choose `roster.queue` anew, interval by interval; `switch` is the price of a change (penalty units).

    Agents on contact for a part of an interval keep their queue. Cover and gains follow.
    """
    kept = published or Kept(np.full_like(roster.queue, -1), 0.0)
    parts = contact_table(problem, roster)
    shares = np.append(problem.shifts.shares, 0.0)
    before = np.full(len(parts), -1)
    for t in range(problem.demand.need.shape[1]):
        on, broken = parts[:, t] == 0, parts[:, t] > 0
        cover = np.bincount(
            roster.queue[broken, t], weights=shares[parts[broken, t]], minlength=len(problem.demand.need)
        )
        before[parts[:, t] == OFF] = -1
        if on.any():
            agents = np.flatnonzero(on)
            people = Group(agents, before[agents], kept.queue[agents, t])
            chosen = _split(problem, people, cover, t, (switch, kept.price))
            roster.queue[agents, t] = chosen
        serving = on | broken
        before[serving] = roster.queue[serving, t]
        roster.cover[:, t] = cover + np.bincount(roster.queue[on, t], minlength=len(cover))
    set_gains(problem.demand, roster.cover, problem.shifts.shares, roster.gain, roster.owed)


OFF = -2


def contact_table(problem: Problem, roster: Roster) -> np.ndarray:
    """Agent x interval (with the tail): which of `Shifts.shares` is on contact; -1 pausing, OFF no shift."""
    table = np.full(roster.queue.shape, OFF, np.int64)
    for a, d in np.argwhere(roster.shift >= 0):
        start = problem.shifts.starts[problem.staff.kind[a], d, roster.shift[a, d]]
        part = np.zeros(start[END] - start[BEGIN] + 1, np.int64)
        contact_parts(problem.shifts, start[WHICH], roster.pause, (int(a), int(d)), part)
        table[a, start[BEGIN] : start[END]] = part[:-1]
    return table


def _split(
    problem: Problem, people: Group, cover: np.ndarray, t: int, prices: tuple[float, float]
) -> np.ndarray:
    """The queue of each agent on contact in interval t; `prices` are those of a change and of a move."""
    agents, before, kept = people
    known = problem.staff.queues[agents]
    groups, of, size = np.unique(
        np.column_stack([known, before, kept]), axis=0, return_inverse=True, return_counts=True
    )
    group, place = np.nonzero(groups[:, :-2] >= 0)
    queue, last, was = groups[group, place], groups[group, -2], groups[group, -1]
    flow = SimpleMinCostFlow()
    switch, move = (round(price * CENT) for price in prices)
    price = np.where((last >= 0) & (last != queue), switch, 0) + np.where(
        (was >= 0) & (was != queue), move, 0
    )
    queues = len(cover)
    flow.add_arcs_with_capacity_and_unit_cost(queues + 1 + group, queue, size[group], price)
    _add_queues(flow, problem, cover, len(agents), t)
    flow.set_nodes_supplies(np.arange(queues, queues + 1 + len(size)), np.array([-len(agents), *size]))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("every agent has a queue, so a split always exists")
    return _dealt(of.reshape(-1), queue, group, flow.flows(np.arange(len(group))))


def _add_queues(flow: SimpleMinCostFlow, problem: Problem, cover: np.ndarray, most: int, t: int) -> None:
    """One arc to the sink for each further agent of each queue, at the change in penalty."""
    column = problem.demand._replace(
        need=problem.demand.need[:, t : t + 1],
        tier_under=problem.demand.tier_under[:, t : t + 1],
        tier_over=problem.demand.tier_over[:, t : t + 1],
        floor=problem.demand.floor[:, t : t + 1],
    )
    change = np.diff(penalties(column, cover[:, None] + np.arange(most + 1)), axis=1)
    queue = np.repeat(np.arange(len(cover)), most)
    costs = np.round(change * CENT).astype(np.int64).ravel()
    flow.add_arcs_with_capacity_and_unit_cost(
        queue, np.full(len(queue), len(cover)), np.ones(len(queue), int), costs
    )


def _dealt(of: np.ndarray, queue: np.ndarray, group: np.ndarray, flows: np.ndarray) -> np.ndarray:
    """Deal each group's flows out to its members, in their order."""
    chosen = np.zeros(len(of), np.int64)
    dealt = np.repeat(queue, flows)
    of_dealt = np.repeat(group, flows)
    chosen[np.argsort(of, kind="stable")] = dealt[np.argsort(of_dealt, kind="stable")]
    return chosen
