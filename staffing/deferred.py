"""E-mail and back office: work that may wait until a deadline, with its backlog over nights and weekends.

No Erlang here. The work done by t + deadline must be at least the work that arrived by t, where the
deadline runs on the queue's open hours only, and nothing is done before it arrives (a fluid; oldest
first). What voice agents may do in their idle time is done first; the rest is laid on the open hours as
whole agents in blocks of two hours: evenly over the days, and within a day where the site is quietest.

A contact may need a second touch: once handled it waits for the customer (pending) or for a third party
(on hold), comes back, and has the deadline again. Only open contacts take agents' time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.domain.centre import Deadline, Handling
from staffing.blocks import place_blocks
from staffing.comebacks import Comebacks, Course, Work
from staffing.levelling import taut_string

BLOCK_H = 2.0
WORKING_SHARE = 0.92  # without a target for occupancy: the rest is the reserve against fuller days
WEEK_H = 168
ROUNDS = 2  # what comes back hangs on what is done, and a level pace on what comes back


@dataclass(frozen=True)
class Away:
    """Shares of the contacts that wait once after their first touch, and for how many hours on average.

    Two reasons: pending and on hold. The time is exponential, in elapsed hours. ValueError where the
    shares are more than 1 together.
    """

    shares: tuple[float, float] = (0.0, 0.0)
    hours: tuple[float, float] = (24.0, 48.0)

    def __post_init__(self) -> None:
        if sum(self.shares) > 1:
            raise ValueError("pending_share and on_hold_share are more than 1 together")

    @property
    def touches(self) -> float:
        """Touches of a contact on average; all take the same time."""
        return 1 + sum(self.shares)

    def kept(self, step_h: float) -> np.ndarray:
        """The share of those away who still are one interval later, by reason."""
        return np.exp(-step_h / np.asarray(self.hours))

    def usual(self, arriving: np.ndarray, step_h: float) -> np.ndarray:
        """How many (or how much) are away in the long run of the first week's arrivals (Little's law)."""
        first_week = arriving[: round(WEEK_H / step_h)]
        return np.asarray(self.shares) * first_week.mean() / (1 - self.kept(step_h))


def away_of(handling: Handling) -> Away:
    """The waiting of a queue's contacts."""
    return Away((handling.pending_share, handling.on_hold_share), (handling.pending_h, handling.on_hold_h))


@dataclass(frozen=True)
class Backlog:
    """What arrives and when it may be worked: one entry for each interval of the clock, open or not.

    `arriving_h`: agent-hours of work, all touches together; `is_open`: the queue's hours; `day`: number
    of the working day; `busy`: agents the site's other queues of the language need; `idle_h`: agent-hours
    that voice agents can spare. The first `old` entries are no time at all: they hold the work left from
    before, the oldest first, one entry for each open interval in which it arrived.
    """

    arriving_h: np.ndarray
    is_open: np.ndarray
    day: np.ndarray
    busy: np.ndarray
    idle_h: np.ndarray
    away: Away = Away()
    old: int = 0

    @property
    def clock(self) -> np.ndarray:
        """Open intervals up to the end of each entry; 0 when the old work has all arrived."""
        result = np.cumsum(self.is_open)
        result[: self.old] = np.arange(1 - self.old, 1)
        return result

    @property
    def first_touch_h(self) -> np.ndarray:
        """Agent-hours of first touches that arrive."""
        return self.arriving_h / self.away.touches


@dataclass(frozen=True)
class Placed:
    """Agents of the queue's own, the agent-hours they do, those done in idle voice time, and how much of
    both are first touches."""

    agents: np.ndarray
    own_h: np.ndarray
    idle_h: np.ndarray
    first_touch_h: np.ndarray


def place(backlog: Backlog, *, deadline: Deadline, step_h: float, working_share: float) -> Placed:
    """The fewest whole agents, in blocks of two hours, that keep the deadline; nobody while closed.

    Of the contacts of every interval at least `deadline.share` are done in time, and all that come back.
    Agents on duty work `working_share` of the time. Work whose deadline lies past the end need not be
    finished; what cannot be in time is done as soon as possible.
    """
    open_at = np.flatnonzero(backlog.is_open)
    result = Placed(*(np.zeros(len(backlog.is_open)) for _ in range(4)))
    if not len(open_at) or not backlog.arriving_h.any():
        return result
    work = _work(backlog, open_at, deadline=deadline, step_h=step_h, rate=step_h * working_share)
    agents, course = _placed(work, backlog, open_at, step_h=step_h)
    worked = np.diff(course.done)
    result.agents[open_at] = agents
    result.idle_h[open_at] = np.minimum(worked, work.idle)
    result.own_h[open_at] = worked - np.minimum(worked, work.idle)
    result.first_touch_h[open_at] = np.diff(course.firsts)
    return result


def allowed_intervals(deadline: Deadline, step_h: float) -> int:
    """The deadline in open intervals, at least one."""
    return max(1, int(deadline.within_business_h / step_h + 1e-9))


def _work(backlog: Backlog, open_at: np.ndarray, *, deadline: Deadline, step_h: float, rate: float) -> Work:
    """The backlog on the open intervals alone."""
    allowed = allowed_intervals(deadline, step_h)
    closed = np.diff(open_at, prepend=backlog.old - 1)[:, None] - 1  # intervals since the one before
    kept = backlog.away.kept(step_h)
    return Work(
        _due(backlog, deadline.share, allowed),
        np.cumsum(backlog.first_touch_h)[open_at],
        backlog.idle_h[open_at].astype(float),
        rate,
        Comebacks(np.asarray(backlog.away.shares), kept**closed, kept ** (closed + 1), allowed),
    )


def _placed(work: Work, backlog: Backlog, open_at: np.ndarray, *, step_h: float) -> tuple[np.ndarray, Course]:
    """Agents and what they do; the level goals are drawn anew once it is known what comes back."""
    ends = np.append(np.flatnonzero(np.diff(backlog.day[open_at])) + 1, len(open_at))
    block, busy = max(1, round(BLOCK_H / step_h)), backlog.busy[open_at].astype(float)
    again = backlog.away.touches - 1
    arrived, due = work.new + again * work.new, work.due + again * work.due
    away = backlog.away.usual(backlog.first_touch_h[backlog.old :], step_h)
    for _ in range(ROUNDS if again else 1):
        course = _start(len(open_at), away)
        goals = _level_goals(ends, due=due, arrived=arrived, block=block)
        agents = place_blocks(work, course, ends, goals, busy, block)
        arrived = work.new + course.back[1:]
        due = work.due.copy()
        lag = work.comebacks.allowed - 1
        due[lag:] += course.back_at_opening[: max(len(due) - lag, 0)]
    return agents, course


def _start(intervals: int, away: np.ndarray) -> Course:
    done, firsts, back = (np.zeros(intervals + 1) for _ in range(3))
    waiting = np.zeros((intervals + 1, len(away)))
    waiting[0] = away
    return Course(done, firsts, back, np.zeros(intervals), waiting, np.zeros(intervals + 1, np.int64))


def _due(backlog: Backlog, share: float, allowed: int) -> np.ndarray:
    """Cumulative first touches that must be done by the end of each open interval."""
    arriving, clock = backlog.first_touch_h, backlog.clock
    wanted = np.cumsum(arriving) - arriving + share * arriving
    last_open = clock + allowed - 1  # the open interval, by its number, at whose end it is due
    result = np.zeros(clock[-1])
    inside = (last_open < clock[-1]) & (arriving > 0)
    np.maximum.at(result, last_open[inside], wanted[inside])
    return np.maximum.accumulate(result)


def _level_goals(ends: np.ndarray, *, due: np.ndarray, arrived: np.ndarray, block: int) -> np.ndarray:
    """Work to have done by the end of each day: level over open time, the last block's arrivals left over."""
    day_ends = ends - 1
    reachable = np.maximum(arrived[np.maximum(day_ends - block, 0)], due[day_ends])
    return taut_string(ends.astype(float), due=due[day_ends], arrived=np.maximum.accumulate(reachable))
