"""Whole agents in blocks of hours over a day's open intervals, compiled: valley filling with deadlines.

A block is put where the site is quietest among the places that help: while work would be late, places
before it is due; then, up to the day's level goal, any place where there is work left to do.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from staffing.mills import compiled

NOTHING = 1e-9
HELPS = 0.9  # a place helps when it does this share of what the best place does


@compiled
def place_blocks(
    day_ends: Any, goals: Any, due: Any, arrived: Any, idle: Any, busy: Any, rate: float, block: int
) -> Any:
    """Agents in each open interval, and the work done by its end; all work is in agent-hours.

    `day_ends`: one past the last interval of each day; `goals`: work to have done by then; `due`,
    `arrived`: cumulative at the end of each interval; `idle`: work others do in an interval; `busy`:
    agents of other queues; `rate`: work an agent does in an interval; `block`: intervals in a block.
    """
    agents, busy = np.zeros(len(due)), busy.copy()
    done = np.zeros(len(due))
    begin, before = 0, 0.0
    for day in range(len(day_ends)):
        end = day_ends[day]
        length = min(block, end - begin)
        while True:
            _work(begin, end, before, arrived, idle, agents, rate, done)
            late = _first_late(begin, end, due, done)
            if late < 0 and goals[day] - done[end - 1] < 0.5 * length * rate:
                break
            judged = late if late >= 0 else end - 1
            last = end - length if late < 0 else min(end - length, max(late - length + 1, begin))
            gains = _gains(begin, last, judged, before, arrived, idle, agents, rate, done, length)
            if gains.max() <= NOTHING:
                break
            place = _quietest(begin, gains, busy, length)
            agents[place : place + length] += 1
            busy[place : place + length] += 1
        begin, before = end, done[end - 1]
    return agents, done


@compiled
def _work(
    begin: int, end: int, before: float, arrived: Any, idle: Any, agents: Any, rate: float, done: Any
) -> None:
    """Fill done[begin:end]: agents and idle time work while there is anything that has arrived."""
    for i in range(begin, end):
        before = min(arrived[i], before + idle[i] + agents[i] * rate)
        done[i] = before


@compiled
def _first_late(begin: int, end: int, due: Any, done: Any) -> int:
    for i in range(begin, end):
        if done[i] < due[i] - NOTHING:
            return i
    return -1


@compiled
def _gains(
    begin: int,
    last: int,
    judged: int,
    before: float,
    arrived: Any,
    idle: Any,
    agents: Any,
    rate: float,
    done: Any,
    length: int,
) -> Any:
    """For a block at begin, begin + 1, ... last: how much more is done by the end of interval `judged`."""
    now = done[judged]
    gains = np.empty(last + 1 - begin)
    for place in range(begin, last + 1):
        agents[place : place + length] += 1
        _work(begin, judged + 1, before, arrived, idle, agents, rate, done)
        agents[place : place + length] -= 1
        gains[place - begin] = done[judged] - now
    return gains


@compiled
def _quietest(begin: int, gains: Any, busy: Any, length: int) -> int:
    """Where a block helps and the fewest others are needed; the first of equals."""
    others = np.empty(len(gains))
    for i in range(len(gains)):
        helps = gains[i] >= HELPS * gains.max()
        others[i] = busy[begin + i : begin + i + length].sum() if helps else np.inf
    return begin + int(others.argmin())
