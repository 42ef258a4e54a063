"""Putting an agent's week on the floor and taking it off again, with cover, gains and cost in step."""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.price import set_gain
from staffing.scheduling.problem import BEGIN, END, FLAGS, PART, WHICH, WHOLE, Problem, Roster, Shifts
from staffing.scheduling.values import Scratch

ADD, TAKE = cast(int, np.int64(1)), cast(int, np.int64(-1))  # typed, so that they are compiled once


class Log(NamedTuple):
    """What cells (queue and interval) held before they were changed, so that a move can be undone."""

    length: np.ndarray  # 1
    queue: np.ndarray
    interval: np.ndarray
    cover: np.ndarray
    owed: np.ndarray
    gain: np.ndarray  # entry x X


def log_for(problem: Problem, weeks: int) -> Log:
    """Room for so many weeks of an agent, taken off or put on."""
    longest = int((problem.shifts.starts[..., END] - problem.shifts.starts[..., BEGIN]).max(initial=1))
    cells = weeks * 7 * (longest + 1)
    numbers = (np.zeros(cells, np.int64), np.zeros(cells, np.int64))
    gain = np.zeros((cells, len(problem.shifts.shares)))
    return Log(np.zeros(1, np.int64), *numbers, np.zeros(cells), np.zeros(cells), gain)


@entry
def contact_parts(shifts: Shifts, m: int, pauses: np.ndarray, at: tuple[int, int], part: np.ndarray) -> None:
    """Fill `part` for the intervals of shift m: which of `Shifts.shares` is on contact, -1 none.

    `pauses` (agent x day x P) holds the start of each pause at `at`, in intervals after the shift's own.
    """
    a, d = at
    for t in range(len(part)):
        part[t] = 0
    for p in range(shifts.pause_count[m]):
        begin = pauses[a, d, p]
        end = begin + shifts.pauses[m, p, WHOLE]
        for t in range(begin, end):
            part[t] = -1
        if shifts.pauses[m, p, PART] > 0:
            part[end] = shifts.pauses[m, p, PART]


@entry
def serve(problem: Problem, roster: Roster, a: int, w: int, room: Scratch) -> None:
    """Send the agent, in every interval of the week's shifts, to the queue that gained most."""
    c, first, starts = problem.staff.kind[a], problem.day_begin[problem.week_day[w]], problem.shifts.starts
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        i = roster.shift[a, d]
        if i >= 0:
            begin, end = starts[c, d, i, BEGIN], starts[c, d, i, END]
            contact_parts(problem.shifts, starts[c, d, i, WHICH], roster.pause, (a, d), room.part)
            for t in range(begin, end):
                x = room.part[t - begin]
                roster.queue[a, t] = room.queue[x, t - first] if x >= 0 else -1


@entry
def count(problem: Problem, roster: Roster, at: tuple[int, int, int], room: Scratch, log: Log) -> float:
    """Add an agent's week to all that is kept in step, or take it out; returns the change in cost.

    `at` is (agent, week, ADD or TAKE). Contract hours used and the shifts' own prices count; what is not
    linear in the shifts (`Taste`) does not.
    """
    a, w, sign = at
    starts, c, change = problem.shifts.starts, problem.staff.kind[a], 0.0
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        i = roster.shift[a, d]
        if i < 0:
            continue
        m, begin, end = starts[c, d, i, WHICH], starts[c, d, i, BEGIN], starts[c, d, i, END]
        change += sign * (problem.staff.cost[a, d, i] - problem.shifts.reward[m])
        change += sign * moved_pauses(problem, roster, a, d)
        tell(roster, (a, w + problem.staff.before.shape[1]), starts[c, d, i, FLAGS], sign)
        contact_parts(problem.shifts, m, roster.pause, (a, d), room.part)
        for t in range(begin, end):
            roster.seated[t] += sign
            q, x = roster.queue[a, t], room.part[t - begin]
            if x >= 0 and t < problem.demand.need.shape[1]:
                change += shift_cover(problem, roster, (q, t), sign * problem.shifts.shares[x], log)
    return change


@part
def moved_pauses(problem: Problem, roster: Roster, a: int, d: int) -> float:
    """Price of the pauses that differ from the published ones, where the shift is the published one."""
    i, price = roster.shift[a, d], 0.0
    if problem.taste.pause > 0.0 and problem.staff.kept[a, d] == i:
        m = problem.shifts.starts[problem.staff.kind[a], d, i, WHICH]
        for p in range(problem.shifts.pause_count[m]):
            if roster.pause[a, d, p] != problem.staff.kept_pause[a, d, p]:
                price += problem.taste.pause
    return price


@part
def tell(roster: Roster, at: tuple[int, int], flags: int, sign: int) -> None:
    """Count what a shift counts as; `at` is (agent, week with those before)."""
    a, w = at
    n = 0
    while flags:
        if flags & 1:
            roster.tally[a, w, n] += sign
        flags >>= 1
        n += 1


@part
def shift_cover(problem: Problem, roster: Roster, at: tuple[int, int], share: float, log: Log) -> float:
    """Change the cover of a cell and write down what it held; returns the change in penalty."""
    q, t = at
    n = log.length[0]
    log.queue[n], log.interval[n], log.cover[n], log.owed[n] = q, t, roster.cover[q, t], roster.owed[q, t]
    for x in range(log.gain.shape[1]):
        log.gain[n, x] = roster.gain[x, q, t]
    log.length[0] = n + 1
    roster.cover[q, t] += share
    before = roster.owed[q, t]
    roster.owed[q, t] = set_gain(
        problem.demand, (q, t), roster.cover[q, t], problem.shifts.shares, roster.gain
    )
    return roster.owed[q, t] - before


@entry
def bring_in_step(problem: Problem, roster: Roster, room: Scratch) -> None:
    """Count cover, seats and tallies anew from the shifts, pauses and queues; then `set_gains` is due."""
    starts, before = problem.shifts.starts, problem.staff.before.shape[1]
    roster.cover[:] = 0.0
    roster.seated[:] = 0
    roster.tally[:, before:] = 0
    for a in range(roster.shift.shape[0]):
        c = problem.staff.kind[a]
        for w in range(len(problem.week_day) - 1):
            for d in range(problem.week_day[w], problem.week_day[w + 1]):
                i = roster.shift[a, d]
                if i < 0:
                    continue
                begin = starts[c, d, i, BEGIN]
                tell(roster, (a, w + before), starts[c, d, i, FLAGS], ADD)
                contact_parts(problem.shifts, starts[c, d, i, WHICH], roster.pause, (a, d), room.part)
                for t in range(begin, starts[c, d, i, END]):
                    roster.seated[t] += 1
                    q, x = roster.queue[a, t], room.part[t - begin]
                    if x >= 0 and t < roster.cover.shape[1]:
                        roster.cover[q, t] += problem.shifts.shares[x]


@entry
def undo(roster: Roster, log: Log) -> None:
    """Give the cells back what they held, the last change first."""
    while log.length[0] > 0:
        log.length[0] -= 1
        n = log.length[0]
        q, t = log.queue[n], log.interval[n]
        roster.cover[q, t], roster.owed[q, t] = log.cover[n], log.owed[n]
        for x in range(log.gain.shape[1]):
            roster.gain[x, q, t] = log.gain[n, x]


@entry
def sit(problem: Problem, roster: Roster, at: tuple[int, int, int]) -> None:
    """Add an agent's week to seats and tallies alone, or take it out; `at` is (agent, week, ADD or TAKE)."""
    a, w, sign = at
    starts, c = problem.shifts.starts, problem.staff.kind[a]
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        i = roster.shift[a, d]
        if i >= 0:
            tell(roster, (a, w + problem.staff.before.shape[1]), starts[c, d, i, FLAGS], sign)
            for t in range(starts[c, d, i, BEGIN], starts[c, d, i, END]):
                roster.seated[t] += sign


@entry
def leave(problem: Problem, roster: Roster, a: int, w: int) -> None:
    """Clear the week's shifts of an agent and their queues."""
    c, starts = problem.staff.kind[a], problem.shifts.starts
    for d in range(problem.week_day[w], problem.week_day[w + 1]):
        i = roster.shift[a, d]
        if i >= 0:
            for t in range(starts[c, d, i, BEGIN], starts[c, d, i, END]):
                roster.queue[a, t] = -1
            roster.shift[a, d] = -1
