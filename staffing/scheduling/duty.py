"""Putting an agent's week on the floor and taking it off again, with cover, gains and cost in step."""

from __future__ import annotations

from typing import cast

import numpy as np
from numba import njit

from staffing.scheduling.price import penalty, set_gain
from staffing.scheduling.problem import BEGIN, END, PART, WHICH, WHOLE, Problem, Roster, Shifts
from staffing.scheduling.values import Scratch

ADD, TAKE = cast(int, np.int64(1)), cast(int, np.int64(-1))  # typed, so that they are compiled once


@njit(cache=True)
def contact_parts(shifts: Shifts, m: int, pause: np.ndarray, part: np.ndarray) -> None:
    """Fill `part` for the intervals of shift m: which of `Shifts.shares` is on contact, -1 none.

    `pause` holds the start of each of the shift's pauses, in intervals after its own.
    """
    for t in range(len(part)):
        part[t] = 0
    for p in range(shifts.pause_count[m]):
        begin = pause[p]
        end = begin + shifts.pauses[m, p, WHOLE]
        for t in range(begin, end):
            part[t] = -1
        if shifts.pauses[m, p, PART] > 0:
            part[end] = shifts.pauses[m, p, PART]


@njit(cache=True)
def serve(problem: Problem, roster: Roster, a: int, w: int, room: Scratch) -> None:
    """Send the agent, in every interval of the week's shifts, to the queue that gained most."""
    c, first = problem.staff.kind[a], problem.day_begin[problem.week_day[w]]
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        if roster.shift[a, d] >= 0:
            start = problem.shifts.starts[c, d, roster.shift[a, d]]
            contact_parts(problem.shifts, start[WHICH], roster.pause[a, d], room.part)
            for t in range(start[BEGIN], start[END]):
                part = room.part[t - start[BEGIN]]
                roster.queue[a, t] = room.queue[part, t - first] if part >= 0 else -1


@njit(cache=True)
def count(problem: Problem, roster: Roster, at: tuple[int, int, int], room: Scratch) -> float:
    """Add an agent's week to cover and gains, or take it out; returns the change in cost.

    `at` is (agent, week, ADD or TAKE). Contract hours that are used or left idle count too.
    """
    a, w, sign = at
    demand, shares, c, change = problem.demand, problem.shifts.shares, problem.staff.kind[a], 0.0
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        if roster.shift[a, d] < 0:
            continue
        start = problem.shifts.starts[c, d, roster.shift[a, d]]
        change -= sign * problem.shifts.reward[start[WHICH]]
        contact_parts(problem.shifts, start[WHICH], roster.pause[a, d], room.part)
        for t in range(start[BEGIN], min(start[END], demand.need.shape[1])):
            q, part = roster.queue[a, t], room.part[t - start[BEGIN]]
            if part >= 0:
                before = penalty(demand, q, t, roster.cover[q, t])
                roster.cover[q, t] += sign * shares[part]
                change += set_gain(demand, (q, t), roster.cover[q, t], shares, roster.gain) - before
    return change


@njit(cache=True)
def leave(problem: Problem, roster: Roster, a: int, w: int) -> None:
    """Clear the queues of the agent's week; its shifts are about to be replaced."""
    c = problem.staff.kind[a]
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        if roster.shift[a, d] >= 0:
            start = problem.shifts.starts[c, d, roster.shift[a, d]]
            for t in range(start[BEGIN], start[END]):
                roster.queue[a, t] = -1
