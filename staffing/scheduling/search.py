"""The course of the search: sweeps to a first legal roster, then annealed pairs until they are used up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from staffing.scheduling.duty import bring_in_step, contact_parts
from staffing.scheduling.improve import Moves, play, room_for
from staffing.scheduling.price import set_gains
from staffing.scheduling.problem import BEGIN, END, FIRST, WHICH, Problem, Roster, empty_roster

SALTS = 1 << 31
SWEEPS = 4
CHUNK = 500  # pairs between two looks at the clock
ACROSS = 0.1  # share of moves that take two weeks of one agent
MOST_EACH = 20_000  # pairs for each agent and week, after which a small team has nothing left to find

Watch = Callable[[Roster, int], None]  # hears of the roster, and the pairs tried, again and again


@dataclass(frozen=True)
class Course:
    """How long to search and how warm: pairs for each agent and week, and seconds that must not be passed.

    Temperature hot (1 - f)^2 + cold at the share f of the way, in penalty units; 20 of them are one agent
    missing for half an hour at the default prices. The way is that of the pairs, and what is found depends
    on them and the seed alone; where the seconds would run out first, they set the way.
    """

    pairs_each: int = MOST_EACH
    seconds: float = 60.0
    hot: float = 12.0
    cold: float = 0.3

    def bars(self, way: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Rises in cost to allow, exponentially distributed, for each point of the way (0..1)."""
        return (self.hot * (1 - way) ** 2 + self.cold) * rng.exponential(size=len(way))


def unwatched(_roster: Roster, _pairs: int) -> None:
    """Nobody looks on."""


def search(
    problem: Problem,
    *,
    course: Course,
    rng: np.random.Generator,
    clock: Callable[[], float],
    start: Roster | None = None,
    watch: Watch = unwatched,
) -> tuple[Roster, str]:
    """A legal roster, and why the search stopped; `clock` gives seconds.

    It begins with `start`, which is changed, or with the days that must be worked.
    """
    roster, room = start or locked_roster(problem), room_for(problem)
    bring_in_step(problem, roster, room.scratch)
    set_gains(problem.demand, roster.cover, problem.shifts.shares, roster.gain, roster.owed)
    for _ in range(SWEEPS):
        play(problem, roster, sweep(problem, np.inf, rng), room)
    watch(roster, 0)
    began = clock()  # after the sweeps, which on a first run wait for the compiler
    team = team_of(problem)
    total, done, way, step = course.pairs_each * len(team.able), 0, 0.0, 0.0
    while done < total and way < 1.0:
        number = min(CHUNK, total - done)
        steps = np.minimum(way + max(step, 1 / total) * np.arange(number), 1.0)
        play(problem, roster, pairs(problem, team, course.bars(steps, rng), rng), room)
        done += number
        way = max(done / total, (clock() - began) / course.seconds)
        step = way / done
        watch(roster, done)
    play(problem, roster, sweep(problem, 0.0, rng), room)
    return roster, f"{'all pairs tried' if done >= total else 'time limit'}, {done:,} pairs"


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


class Team(NamedTuple):
    """Who can be drawn: agents with their weeks, and queue by queue (one after another) who serves it."""

    able: np.ndarray  # N x 2: agent and week
    members: np.ndarray
    first: np.ndarray  # Q: place of a queue's first member
    size: np.ndarray  # Q


def team_of(problem: Problem) -> Team:
    """The agents and weeks of a problem that have days to be worked."""
    queues = problem.staff.queues
    members = [np.flatnonzero((queues == q).any(axis=1)) for q in range(len(problem.demand.need))]
    count = np.array([len(each) for each in members])
    able = np.argwhere(problem.staff.days_left > 0)
    return Team(able, np.concatenate(members), np.concatenate([[0], np.cumsum(count)]), count)


def pairs(problem: Problem, team: Team, bars: np.ndarray, rng: np.random.Generator) -> Moves:
    """Random pairs who share a queue and can both work in the week, or two weeks of one agent.

    One agent and week alone where there is no other.
    """
    staff, number = problem.staff, len(bars)
    # Contiguous, for another layout would be compiled anew.
    a, week = np.ascontiguousarray(team.able[rng.integers(len(team.able), size=number)].T)
    queue = staff.queues[a, (rng.random(number) * staff.queue_count[a]).astype(np.int64)]
    b = team.members[team.first[queue] + (rng.random(number) * team.size[queue]).astype(np.int64)]
    b = np.where((b != a) & (staff.days_left[b, week] > 0), b, -1)
    weeks = np.stack([week, week], axis=1)
    across = rng.random(number) < (ACROSS if len(problem.week_day) > 2 else 0.0)
    other = rng.integers(len(problem.week_day) - 1, size=number)
    across &= (other != week) & (staff.days_left[a, other] > 0)
    weeks[across, 1] = other[across]
    return Moves(np.stack([a, np.where(across, a, b)], axis=1), weeks, rng.integers(SALTS, size=number), bars)
