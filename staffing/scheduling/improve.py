"""Improvement: a first legal roster agent by agent, then annealed pairs.

Two agents who share a queue leave a week and take their best weeks again, each exactly, given what all
others do; now and then one agent leaves two weeks, to move weekends, nights and rests between them. A
worse pair is kept with a probability that falls as the search cools; no noise is added, for an exact
answer to a slightly wrong question was the worst of everything tried.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.duty import ADD, TAKE, Log, count, leave, log_for, serve, sit, undo
from staffing.scheduling.problem import Problem, Roster
from staffing.scheduling.taste import cost_of_taste, set_taste
from staffing.scheduling.values import Scratch, full_seats, scratch_for
from staffing.scheduling.week import REACHED, best_week

LITTLE = 1e-6  # rounding of a sum, in penalty units


class Moves(NamedTuple):
    """What to try, drawn beforehand: who chooses again, in which week, and the rise in cost allowed.

    Two agents choose in the same week, or one agent in two weeks.
    """

    agents: np.ndarray  # N x 2, the second -1 for one agent and week alone
    week: np.ndarray  # N x 2
    salt: np.ndarray  # N, breaks ties
    bar: np.ndarray  # N, penalty units


class Room(NamedTuple):
    """Working memory: one week's computation, two agents' weeks to put back, and what cells held."""

    scratch: Scratch
    log: Log
    shift: np.ndarray  # 2 x 7
    pause: np.ndarray  # 2 x 7 x P
    queue: np.ndarray  # 2 x intervals of a week and its last night


def room_for(problem: Problem) -> Room:
    """Room enough for every pair and week of a problem."""
    scratch, pauses = scratch_for(problem), problem.shifts.pauses.shape[1]
    shift, pause = np.zeros((2, 7), np.int16), np.zeros((2, 7, pauses), np.int16)
    queue = np.zeros((2, scratch.queue.shape[1]), np.int8)
    return Room(scratch, log_for(problem, 4), shift, pause, queue)


@entry
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


@entry
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


@entry
def take_off(problem: Problem, roster: Roster, at: tuple[int, int, int], room: Room) -> float:
    """Keep an agent's week and take it off the floor; returns the change in cost, taste left out."""
    a, w, _ = at
    keep(problem, roster, at, room)
    change = count(problem, roster, (a, w, TAKE), room.scratch, room.log)
    leave(problem, roster, a, w)
    return change


@part
def choose_again(problem: Problem, roster: Roster, at: tuple[int, int, int], room: Room) -> float:
    """The agent's best week, written but not yet on the floor; returns its value. `at` as in `best_week`."""
    first = problem.day_begin[problem.week_day[at[1]]]
    end = min(first + len(room.scratch.full) - 1, len(problem.demand.seats))
    full_seats(problem, roster.seated, first, end, room.scratch)
    return best_week(problem, roster.gain, roster, at, room.scratch)


@entry
def play(problem: Problem, roster: Roster, moves: Moves, room: Room) -> float:
    """Try the moves one after another, keep those within their bar; returns the change in cost."""
    total = 0.0
    for n in range(len(moves.week)):
        room.log.length[0] = 0
        total += one_move(problem, roster, (moves, n), room)
    return total


@entry
def one_move(problem: Problem, roster: Roster, move: tuple[Moves, int], room: Room) -> float:
    """Try one move; returns the change in cost, 0 when it was not kept."""
    moves, n = move
    agents, weeks, salt, change, done = moves.agents, moves.week, moves.salt[n], 0.0, 0
    number = 2 if agents[n, 1] >= 0 else 1
    for x in range(number):
        change -= cost_of_taste(problem, roster, agents[n, x], weeks[n, x], room.scratch)
    for x in range(number):
        change += take_off(problem, roster, (agents[n, x], weeks[n, x], x), room)
    for x in range(number):
        a, w = agents[n, x], weeks[n, x]
        set_taste(problem, roster, (a, w, salt), (room.shift, x), room.scratch)
        room.scratch.least[0] = change - moves.bar[n] - 2 * LITTLE if x == number - 1 else -np.inf
        value = choose_again(problem, roster, (a, w, salt), room)
        if value < REACHED or (x == number - 1 and change - value > moves.bar[n] + LITTLE):
            leave(problem, roster, a, w)
            break
        serve(problem, roster, a, w, room.scratch)
        change += count(problem, roster, (a, w, ADD), room.scratch, room.log)
        done = x + 1
    if done == number:
        for x in range(number):
            change += cost_of_taste(problem, roster, agents[n, x], weeks[n, x], room.scratch)
        if change <= moves.bar[n]:
            return change
    return took_back(problem, roster, (moves, n, done), room)


@part
def took_back(problem: Problem, roster: Roster, move: tuple[Moves, int, int], room: Room) -> float:
    """Undo a move of which so many weeks are on the floor again; no change in cost.

    The last week first, for the first was kept while all of the second still stood.
    """
    moves, n, done = move
    agents, weeks = moves.agents, moves.week
    for x in range(done):
        sit(problem, roster, (agents[n, x], weeks[n, x], TAKE))
        leave(problem, roster, agents[n, x], weeks[n, x])
    for x in range(1 if agents[n, 1] >= 0 else 0, -1, -1):
        put_back(problem, roster, (agents[n, x], weeks[n, x], x), room)
    for x in range(2 if agents[n, 1] >= 0 else 1):
        sit(problem, roster, (agents[n, x], weeks[n, x], ADD))
    undo(roster, room.log)
    return 0.0
