"""E-mail and back office: work that may wait until a deadline, with its backlog over nights and weekends.

No Erlang here. The work done by t + deadline must be at least the work that arrived by t, where the
deadline runs on the queue's open hours only, and nothing is done before it arrives (a fluid; oldest
first). What voice agents may do in their idle time is done first; the rest is laid on the open hours as
whole agents in blocks of two hours: evenly over the days, and within a day where the site is quietest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.domain.centre import Deadline
from staffing.blocks import Work, place_blocks
from staffing.levelling import taut_string

BLOCK_H = 2.0
WORKING_SHARE = 0.92  # without a target for occupancy: the rest is the reserve against fuller days


@dataclass(frozen=True)
class Backlog:
    """What arrives and when it may be worked: one entry for each interval of the clock, open or not.

    `arriving_h`: agent-hours of work; `is_open`: the queue's hours; `day`: number of the working day;
    `busy`: agents the site's other queues of the language need; `idle_h`: agent-hours that voice agents
    can spare.
    """

    arriving_h: np.ndarray
    is_open: np.ndarray
    day: np.ndarray
    busy: np.ndarray
    idle_h: np.ndarray


@dataclass(frozen=True)
class Placed:
    """Agents of the queue's own, the agent-hours they do, and those done in idle voice time."""

    agents: np.ndarray
    own_h: np.ndarray
    idle_h: np.ndarray


def place(backlog: Backlog, *, deadline: Deadline, step_h: float, working_share: float) -> Placed:
    """The fewest whole agents, in blocks of two hours, that keep the deadline; nobody while closed.

    Of the contacts of every interval at least `deadline.share` are done in time. Agents on duty work
    `working_share` of the time. Work whose deadline lies past the end need not be finished.
    """
    open_at = np.flatnonzero(backlog.is_open)
    result = Placed(*(np.zeros(len(backlog.is_open)) for _ in range(3)))
    if not len(open_at) or not backlog.arriving_h.any():
        return result
    arrived = np.cumsum(backlog.arriving_h)[open_at]
    due = _due(backlog, deadline, step_h)
    ends = np.append(np.flatnonzero(np.diff(backlog.day[open_at])) + 1, len(open_at))
    block = max(1, round(BLOCK_H / step_h))
    goals = _level_goals(ends, due=due, arrived=arrived, block=block)
    idle, busy = (cells[open_at].astype(float) for cells in (backlog.idle_h, backlog.busy))
    work = Work(due, arrived, idle, step_h * working_share)
    agents, done = place_blocks(work, ends, goals, busy, block)
    worked = np.diff(done, prepend=0.0)
    result.agents[open_at] = agents
    result.idle_h[open_at] = np.minimum(worked, idle)
    result.own_h[open_at] = worked - np.minimum(worked, idle)
    return result


def _due(backlog: Backlog, deadline: Deadline, step_h: float) -> np.ndarray:
    """Cumulative work that must be done by the end of each open interval."""
    clock = np.cumsum(backlog.is_open)
    before = np.cumsum(backlog.arriving_h) - backlog.arriving_h
    wanted = before + deadline.share * backlog.arriving_h
    allowed = max(1, int(deadline.within_business_h / step_h + 1e-9))
    last_open = clock + allowed - 1  # the open interval, by its number, at whose end it is due
    result = np.zeros(clock[-1])
    inside = (last_open < clock[-1]) & (backlog.arriving_h > 0)
    np.maximum.at(result, last_open[inside], wanted[inside])
    return np.maximum.accumulate(result)


def _level_goals(ends: np.ndarray, *, due: np.ndarray, arrived: np.ndarray, block: int) -> np.ndarray:
    """Work to have done by the end of each day: level over open time, the last block's arrivals left over."""
    day_ends = ends - 1
    reachable = np.maximum(arrived[np.maximum(day_ends - block, 0)], due[day_ends])
    return taut_string(ends.astype(float), due=due[day_ends], arrived=np.maximum.accumulate(reachable))
