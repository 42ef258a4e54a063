"""Improvement: a first legal roster agent by agent, then annealed pairs.

Two agents who share a queue leave a week and take their best weeks again, each exactly, given what all
others do. A worse pair is kept with a probability that falls as the search cools; no noise is added,
for an exact answer to a slightly wrong question was the worst of everything tried.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from staffing.scheduling.duty import ADD, TAKE, count, leave, serve
from staffing.scheduling.problem import Problem, Roster
from staffing.scheduling.values import Scratch, scratch_for
from staffing.scheduling.week import best_week


class Moves(NamedTuple):
    """What to try, drawn beforehand: who chooses again, in which week, and the rise in cost allowed."""

    agents: np.ndarray  # N x 2, the second -1 for one agent alone
    week: np.ndarray  # N
    salt: np.ndarray  # N, breaks ties
    bar: np.ndarray  # N, penalty units


class Room(NamedTuple):
    """Working memory: one week's computation, and two agents' weeks to put back."""

    scratch: Scratch
    shift: np.ndarray  # 2 x 7
    pause: np.ndarray  # 2 x 7 x P
    queue: np.ndarray  # 2 x intervals of a week and its last night


def room_for(problem: Problem) -> Room:
    """Room enough for every pair and week of a problem."""
    scratch, pauses = scratch_for(problem), problem.shifts.pauses.shape[1]
    shift, pause = np.zeros((2, 7), np.int16), np.zeros((2, 7, pauses), np.int16)
    return Room(scratch, shift, pause, np.zeros((2, scratch.queue.shape[1]), np.int8))


@njit(cache=True)
def remove(problem: Problem, roster: Roster, a: int, w: int, room: Room) -> float:
    """Take an agent's week out; shifts stay written until replaced. Returns the change in cost."""
    change = count(problem, roster, (a, w, TAKE), room.scratch)
    leave(problem, roster, a, w)
    return change


@njit(cache=True)
def keep(problem: Problem, roster: Roster, at: tuple[int, int, int], room: Room) -> None:
    """Keep an agent's week in `room`; `at` is (agent, week, place)."""
    a, w, n = at
    first, end = problem.week_day[w], problem.week_day[w + 1]
    begin = problem.day_begin[first]
    for d in range(first, end):
        room.shift[n, d - first] = roster.shift[a, d]
        for p in range(roster.pause.shape[2]):
            room.pause[n, d - first, p] = roster.pause[a, d, p]
    for t in range(begin, min(begin + room.queue.shape[1], roster.queue.shape[1])):
        room.queue[n, t - begin] = roster.queue[a, t]


@njit(cache=True)
def put_back(problem: Problem, roster: Roster, at: tuple[int, int, int], room: Room) -> None:
    """Put a kept week back; `at` is (agent, week, place)."""
    a, w, n = at
    first, end = problem.week_day[w], problem.week_day[w + 1]
    begin = problem.day_begin[first]
    for d in range(first, end):
        roster.shift[a, d] = room.shift[n, d - first]
        for p in range(roster.pause.shape[2]):
            roster.pause[a, d, p] = room.pause[n, d - first, p]
    for t in range(begin, min(begin + room.queue.shape[1], roster.queue.shape[1])):
        roster.queue[a, t] = room.queue[n, t - begin]


@njit(cache=True)
def play(problem: Problem, roster: Roster, moves: Moves, room: Room) -> float:
    """Try the moves one after another, keep those within their bar; returns the change in cost."""
    total = 0.0
    for n in range(len(moves.week)):
        w, change = moves.week[n], 0.0
        agents = moves.agents[n]
        number = 2 if agents[1] >= 0 else 1
        for x in range(number):
            keep(problem, roster, (agents[x], w, x), room)
            change += remove(problem, roster, agents[x], w, room)
        for x in range(number):
            best_week(problem, roster.gain, roster, (agents[x], w, moves.salt[n]), room.scratch)
            serve(problem, roster, agents[x], w, room.scratch)
            change += count(problem, roster, (agents[x], w, ADD), room.scratch)
        if change <= moves.bar[n]:
            total += change
            continue
        for x in range(number):
            remove(problem, roster, agents[x], w, room)
        for x in range(number):
            put_back(problem, roster, (agents[x], w, x), room)
            count(problem, roster, (agents[x], w, ADD), room.scratch)
    return total
