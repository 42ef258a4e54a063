"""The bound of whole people: an integer programme over agents alike, whose cuts prove what no prices can.

Prices allow fractions of people: half of somebody's roster beside half of another. Here people are counted,
group by group (contract and queues), in whole numbers: shifts of a day, pauses, who serves which queue in
each interval. Rosters of single people are left out, and with them weekly rests, wishes and caps, so that
every legal roster is a solution and none costs less than its optimum.
"""

from __future__ import annotations

import numpy as np

from staffing.scheduling.exact.contact import parts_of
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import Demand, Problem
from staffing.scheduling.whole.people import Group, Presence, groups_of, post_people, presence_of
from staffing.scheduling.whole.programme import Programme

SLACK = 1e-6  # the solver's tolerance, as a share of the bound, taken off it
EPS = 1e-9


def whole_bound(problem: Problem, idle: np.ndarray, *, seconds: float) -> float:
    """What no legal roster costs less than, as proved in so many seconds; `idle` (W) as in `bound_of`.

    -inf where the time is too short to prove anything.
    """
    groups, nobody = groups_of(problem), penalties(problem.demand, np.zeros_like(problem.demand.need))
    programme = Programme(constant=float(nobody.sum() + idle.sum()))
    if not groups:
        return programme.constant
    presence = presence_of(problem, groups, programme)
    for group in groups:
        post_people(problem, group, programme, presence)
    _post_cells(problem, groups, programme, presence)
    found = programme.bound(seconds)
    return found - SLACK * abs(found)


def _post_cells(problem: Problem, groups: list[Group], programme: Programme, presence: Presence) -> None:
    """Who is on contact is spread over the queues; each queue and interval pays by the number it gets."""
    parts, intervals = parts_of(problem.shifts.shares), presence.shape[1]
    cells = programme.add_rows(problem.demand.need.size, 0.0, 0.0).reshape(problem.demand.need.shape)
    for queues, first in presence.first.items():
        number = sum(len(group.members) for group in groups if group.queues == queues)
        x, t = np.nonzero(presence.reached[queues])
        weight = np.round(problem.shifts.shares[x] * parts)
        for q in queues:
            served = programme.add_columns(np.zeros(len(t)), float(number))
            programme.put(first + x * intervals + t, served, -1.0)
            programme.put(cells[q, t], served, weight)
    for q in range(len(cells)):
        speakers = sum(len(group.members) for group in groups if q in group.queues)
        _post_penalties(problem.demand, q, speakers * parts, parts, (cells[q], programme))


def _post_penalties(
    demand: Demand, q: int, most: int, parts: int, into: tuple[np.ndarray, Programme]
) -> None:
    """The penalty of a queue, interval by interval, in steps of one slope; the cheapest come first."""
    rows, programme = into
    numbers = np.arange(most + 1)[:, None] / parts
    each = demand._replace(
        need=demand.need[q],
        tier_under=demand.tier_under[q],
        tier_over=demand.tier_over[q],
        floor=demand.floor[q],
    )
    slopes = np.diff(penalties(each, numbers), axis=0)
    new = np.ones(slopes.shape, bool)
    new[1:] = slopes[1:] > slopes[:-1] + EPS
    t, step = np.nonzero(new.T)
    ends = np.append(step[1:], most)
    ends[np.append(t[1:] != t[:-1], True)] = most
    columns = programme.add_columns(slopes[step, t], (ends - step).astype(float))
    programme.put(rows[t], columns, -1.0)
