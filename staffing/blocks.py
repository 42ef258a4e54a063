"""Whole agents in blocks of hours over a day's open intervals, compiled: valley filling with deadlines.

A block is put where the site is quietest among the places that help: while work would be late, places
before it is due; then, up to the day's level goal, any place where there is work left to do.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from staffing.comebacks import Course, Work, late_after, work_through
from staffing.mills import compiled

NOTHING = 1e-9
HELPS = 0.9  # a place helps when it does this share of what the best place does


class Day(NamedTuple):
    """Open intervals begin..end-1, and the intervals in a block."""

    begin: int
    end: int
    block: int


@compiled
def place_blocks(work: Work, course: Course, day_ends: Any, goals: Any, busy: Any, block: int) -> Any:
    """Agents in each open interval; the course, known before the first interval, is filled.

    `day_ends`: one past the last interval of each day; `goals`: work to have done by then; `busy`: agents
    of other queues; `block`: intervals in a block, or the whole day where that is shorter.
    """
    agents, busy = np.zeros(len(busy)), busy.copy()
    begin = 0
    for number in range(len(day_ends)):
        end = day_ends[number]
        day = Day(begin, end, min(block, end - begin))
        _fill_day(work, course, day, goals[number], agents, busy)
        work_through(work, course, agents, begin, end)
        begin = end
    return agents


@compiled
def _fill_day(work: Work, course: Course, day: Day, goal: float, agents: Any, busy: Any) -> None:
    """Add blocks to agents and busy until nothing is late and the goal is nearer than half a block."""
    while True:
        work_through(work, course, agents, day.begin, day.end)
        late = _first_late(work, course, day)
        if late < 0 and goal - course.done[day.end] < 0.5 * day.block * work.rate:
            return
        judged = late if late >= 0 else day.end - 1
        last = (
            day.end - day.block
            if late < 0
            else min(day.end - day.block, max(late - day.block + 1, day.begin))
        )
        gains = _gains(work, course, day, agents, judged, last)
        if gains.max() <= NOTHING:
            return
        place = _quietest(day, gains, busy)
        agents[place : place + day.block] += 1
        busy[place : place + day.block] += 1


@compiled
def _first_late(work: Work, course: Course, day: Day) -> int:
    for i in range(day.begin, day.end):
        if late_after(work, course, i) > NOTHING:
            return i
    return -1


@compiled
def _gains(work: Work, course: Course, day: Day, agents: Any, judged: int, last: int) -> Any:
    """For a block at begin, begin + 1, ... last: how much more is done by the end of interval `judged`.

    The course is that of the day's agents as they are; it is left spoiled.
    """
    now = course.done[judged + 1]
    gains = np.empty(last + 1 - day.begin)
    for place in range(last, day.begin - 1, -1):  # backwards: what lies before a place is still as it was
        agents[place : place + day.block] += 1
        work_through(work, course, agents, place, judged + 1)
        agents[place : place + day.block] -= 1
        gains[place - day.begin] = course.done[judged + 1] - now
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
