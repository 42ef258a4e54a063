"""Whole agents in blocks of hours over a day's open intervals, compiled: valley filling with deadlines.

A block is put where the site is quietest among the places that help: while work would be late, places
before it is due; then, up to the day's level goal, any place where there is work left to do.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from staffing.mills import compiled

NOTHING = 1e-9
HELPS = 0.9  # a place helps when it does this share of what the best place does


class Work(NamedTuple):
    """Work in agent-hours: cumulative `due` and `arrived` at the end of each open interval, the `idle`
    time of others in each, and the `rate` an agent does in one."""

    due: Any
    arrived: Any
    idle: Any
    rate: float


class Day(NamedTuple):
    """Open intervals begin..end-1, the work done before them, and the intervals in a block."""

    begin: int
    end: int
    before: float
    block: int


@compiled
def place_blocks(work: Work, day_ends: Any, goals: Any, busy: Any, block: int) -> Any:
    """Agents in each open interval, and the work done by its end.

    `day_ends`: one past the last interval of each day; `goals`: work to have done by then; `busy`: agents
    of other queues; `block`: intervals in a block, or the whole day where that is shorter.
    """
    agents, done, busy = np.zeros(len(busy)), np.zeros(len(busy)), busy.copy()
    begin, before = 0, 0.0
    for number in range(len(day_ends)):
        end = day_ends[number]
        day = Day(begin, end, before, min(block, end - begin))
        _fill_day(work, day, goals[number], agents, busy)
        _do(work, day, agents, done, end)
        begin, before = end, done[end - 1]
    return agents, done


@compiled
def _fill_day(work: Work, day: Day, goal: float, agents: Any, busy: Any) -> None:
    """Add blocks to agents and busy until nothing is late and the goal is nearer than half a block."""
    done = np.zeros(day.end)
    while True:
        _do(work, day, agents, done, day.end)
        late = _first_late(work, day, done)
        if late < 0 and goal - done[day.end - 1] < 0.5 * day.block * work.rate:
            return
        judged = late if late >= 0 else day.end - 1
        last = (
            day.end - day.block
            if late < 0
            else min(day.end - day.block, max(late - day.block + 1, day.begin))
        )
        gains = _gains(work, day, agents, judged, last)
        if gains.max() <= NOTHING:
            return
        place = _quietest(day, gains, busy)
        agents[place : place + day.block] += 1
        busy[place : place + day.block] += 1


@compiled
def _do(work: Work, day: Day, agents: Any, done: Any, until: int) -> None:
    """Fill done[begin:until]: agents and idle time work while there is anything that has arrived."""
    so_far = day.before
    for i in range(day.begin, until):
        so_far = min(work.arrived[i], so_far + work.idle[i] + agents[i] * work.rate)
        done[i] = so_far


@compiled
def _first_late(work: Work, day: Day, done: Any) -> int:
    for i in range(day.begin, day.end):
        if done[i] < work.due[i] - NOTHING:
            return i
    return -1


@compiled
def _gains(work: Work, day: Day, agents: Any, judged: int, last: int) -> Any:
    """For a block at begin, begin + 1, ... last: how much more is done by the end of interval `judged`."""
    done = np.zeros(day.end)
    _do(work, day, agents, done, judged + 1)
    now = done[judged]
    gains = np.empty(last + 1 - day.begin)
    for place in range(day.begin, last + 1):
        agents[place : place + day.block] += 1
        _do(work, day, agents, done, judged + 1)
        agents[place : place + day.block] -= 1
        gains[place - day.begin] = done[judged] - now
    return gains


@compiled
def _quietest(day: Day, gains: Any, busy: Any) -> int:
    """Where a block helps and the fewest others are needed; the first of equals."""
    others = np.empty(len(gains))
    for i in range(len(gains)):
        here = day.begin + i
        helps = gains[i] >= HELPS * gains.max()
        others[i] = busy[here : here + day.block].sum() if helps else np.inf
    return day.begin + int(others.argmin())
