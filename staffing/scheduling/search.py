"""The course of the search: sweeps to a first legal roster, then annealed pairs until they are used up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from staffing.scheduling.duty import bring_in_step, contact_parts
from staffing.scheduling.improve import Moves, play, room_for
from staffing.scheduling.price import set_gains
from staffing.scheduling.problem import BEGIN, END, FIRST, WHICH, Problem, Roster, empty_roster

SALTS = 1 << 31
SWEEPS = 4
CHUNK = 2000  # pairs between two looks at the clock
ACROSS = 0.1  # share of moves that take two weeks of one agent


@dataclass(frozen=True)
class Course:
    """How long to search and how warm: pairs for each agent and week, and seconds that must not be passed.

    Temperature hot (1 - f)^2 + cold at the share f of the way, in penalty units; 20 of them are one agent
    missing for half an hour at the default prices. Where the seconds would run out first, they set the way.
    """

    pairs_each: int = 500
    seconds: float = 60.0
    hot: float = 12.0
    cold: float = 0.3

    def bars(self, way: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Rises in cost to allow, exponentially distributed, for each point of the way (0..1)."""
        return (self.hot * (1 - way) ** 2 + self.cold) * rng.exponential(size=len(way))


def search(
    problem: Problem,
    *,
    course: Course,
    rng: np.random.Generator,
    clock: Callable[[], float],
    start: Roster | None = None,
) -> tuple[Roster, str]:
    """A legal roster, and why the search stopped; `clock` gives seconds.

    It begins with `start`, which is changed, or with the days that must be worked.
    """
    roster, room = start or locked_roster(problem), room_for(problem)
    bring_in_step(problem, roster, room.scratch)
    set_gains(problem.demand, roster.cover, problem.shifts.shares, roster.gain, roster.owed)
    for _ in range(SWEEPS):
        play(problem, roster, sweep(problem, np.inf, rng), room)
    began = clock()  # after the sweeps, which on a first run wait for the compiler
    total, done, way = course.pairs_each * int((problem.staff.days_left > 0).sum()), 0, 0.0
    while done < total and way < 1.0:
        number = min(CHUNK, total - done)
        step = number / total if done == 0 else (way / done) * number
        steps = np.minimum(way + step * np.arange(number) / number, 1.0)
        play(problem, roster, pairs(problem, course.bars(steps, rng), rng), room)
        done += number
        way = max(done / total, (clock() - began) / course.seconds)
    play(problem, roster, sweep(problem, 0.0, rng), room)
    return roster, "all pairs tried" if done >= total else "time limit"


def locked_roster(problem: Problem) -> Roster:
    """Nobody works but on the days that must be worked: the cheapest shift, pauses at their earliest."""
    roster = empty_roster(problem)
    for a, d in np.argwhere(problem.staff.must):
        c = problem.staff.kind[a]
        i = int(problem.staff.cost[a, d, : problem.shifts.offered[c, d]].argmin())
        roster.shift[a, d] = i
        start = problem.shifts.starts[c, d, i]
        roster.pause[a, d] = problem.shifts.pauses[start[WHICH], :, FIRST]
        parts = np.zeros(start[END] - start[BEGIN] + 2, np.int64)
        contact_parts(problem.shifts, start[WHICH], roster.pause, (int(a), int(d)), parts)
        on = np.arange(start[BEGIN], start[END])[parts[:-2] >= 0]
        roster.queue[a, on] = problem.staff.queues[a, 0]
    return roster


def sweep(problem: Problem, bar: float, rng: np.random.Generator) -> Moves:
    """Every agent alone, in random order, week after week; a rise in cost up to `bar` is accepted."""
    agents, weeks = len(problem.staff.kind), len(problem.week_day) - 1
    order = np.concatenate([rng.permutation(agents) for _ in range(weeks)])
    return Moves(
        np.stack([order, np.full(len(order), -1)], axis=1),
        np.repeat(np.arange(weeks), agents)[:, None] + np.zeros((1, 2), np.int64),
        rng.integers(SALTS, size=len(order)),
        np.full(len(order), bar),
    )


def pairs(problem: Problem, bars: np.ndarray, rng: np.random.Generator) -> Moves:
    """Random pairs who share a queue and can both work in the week, or two weeks of one agent.

    One agent and week alone where there is no other.
    """
    staff, number = problem.staff, len(bars)
    able = np.argwhere(staff.days_left > 0)
    # Contiguous, for another layout would be compiled anew.
    a, week = np.ascontiguousarray(able[rng.integers(len(able), size=number)].T)
    queue = staff.queues[a, (rng.random(number) * staff.queue_count[a]).astype(np.int64)]
    members = [np.flatnonzero((staff.queues == q).any(axis=1)) for q in range(len(problem.demand.need))]
    count = np.array([len(m) for m in members])
    first = np.concatenate([[0], np.cumsum(count)])[queue]
    b = np.concatenate(members)[first + (rng.random(number) * count[queue]).astype(np.int64)]
    b = np.where((b != a) & (staff.days_left[b, week] > 0), b, -1)
    weeks = np.stack([week, week], axis=1)
    across = rng.random(number) < (ACROSS if len(problem.week_day) > 2 else 0.0)
    other = rng.integers(len(problem.week_day) - 1, size=number)
    across &= (other != week) & (staff.days_left[a, other] > 0)
    weeks[across, 1] = other[across]
    return Moves(np.stack([a, np.where(across, a, b)], axis=1), weeks, rng.integers(SALTS, size=number), bars)
