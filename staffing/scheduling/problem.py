"""One site's scheduling problem as arrays, the form the compiled engine reads.

Numbers of things: Q queues, T intervals of the horizon, A agents, D local days, W calendar weeks,
C kinds of contract, M shifts, S shifts of a kind that may start on one day, P pauses of a shift,
X shares of an interval, J places in a stretch of days. Intervals are counted from the horizon's first
local midnight and go on past its end (the tail) for the last night's shifts; -1 in a padded array means
"none".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Columns of Shifts.starts: row of the shift, first interval, interval after the last, 1 where it reaches
# into the next local day, its place among the day's shifts by end, and the shift at that place by end;
# then how many shifts of the day before (of two days before), by end, leave a daily (weekly) rest.
WHICH, BEGIN, END, NIGHT, RANK, BY_RANK, AFTER_REST, AFTER_LONG = range(8)
# Columns of Shifts.pauses, in intervals: earliest and latest start, whole intervals, and which of
# Shifts.shares is left of one more interval (0: the pause ends with an interval).
FIRST, LAST, WHOLE, PART = range(4)
NEXT_DAY, NEXT_GAP = range(2)  # rows of Shifts.stretch


class Demand(NamedTuple):
    """What is needed and what missing it costs (penalty units per agent and interval).

    The first `tier_under` agents missing cost `prices[0]` each, further ones `prices[1]`; the first
    `tier_over` agents too many cost `prices[2]`, further ones `prices[3]`.
    """

    need: np.ndarray  # Q x T, agents, fractions
    tier_under: np.ndarray  # Q x T
    tier_over: np.ndarray  # Q x T
    prices: np.ndarray  # 4, convex: [1] >= [0], [3] >= [2]


class Staff(NamedTuple):
    """Who there is: skills, days, and what is left of the contract each week."""

    kind: np.ndarray  # A, kind of contract
    queues: np.ndarray  # A x most queues of an agent, padded
    queue_count: np.ndarray  # A
    free: np.ndarray  # A x D+1, with the day after the horizon
    days_left: np.ndarray  # A x W
    units_left: np.ndarray  # A x W, contract hours in units of the kind


class Shifts(NamedTuple):
    """The shifts of all kinds (M rows), and which of them may start on which day, sorted by start."""

    reward: np.ndarray  # M, price of the contract hours the shift uses
    units: np.ndarray  # M, contract hours in units; 0 where every shift of the kind is as long
    pause_count: np.ndarray  # M
    pauses: np.ndarray  # M x P x 4, columns FIRST, LAST, WHOLE, PART
    shares: np.ndarray  # X, share of an interval left to contact; the first is 1, a whole interval
    unit_count: np.ndarray  # C, most units + 1; 1 where counting days is enough
    offered: np.ndarray  # C x D, shifts that may start
    starts: np.ndarray  # C x D x S x 8, columns WHICH ... AFTER_LONG
    stretch: np.ndarray  # C x 2 x J, place in the stretch after one more day, and after a short gap


class Problem(NamedTuple):
    """A site over a horizon. `week_day[w]` is the first day of week w, `day_begin[d]` its first interval."""

    demand: Demand
    staff: Staff
    shifts: Shifts
    week_day: np.ndarray  # W + 1
    day_begin: np.ndarray  # D + 1


class Roster(NamedTuple):
    """Who works when; the engine changes these arrays in place.

    `shift` is a place in the day's list of shifts, or -1; `pause` the start of each pause in intervals
    after the shift's start; `queue` what the agent serves in an interval, -1 off duty. `cover` (agents)
    and `gain` (the price saved by one more agent, for each of `Shifts.shares`) are kept in step.
    """

    shift: np.ndarray  # A x D
    pause: np.ndarray  # A x D x P
    queue: np.ndarray  # A x T + tail
    cover: np.ndarray  # Q x T
    gain: np.ndarray  # X x Q x T


def empty_roster(problem: Problem) -> Roster:
    """Nobody works yet; `gain` is left for the engine to fill."""
    agents, days = len(problem.staff.kind), len(problem.day_begin) - 1
    queues, intervals = problem.demand.need.shape
    last = max(int(problem.shifts.starts[..., END].max(initial=0)), intervals)
    return Roster(
        shift=np.full((agents, days), -1, np.int16),
        pause=np.zeros((agents, days, problem.shifts.pauses.shape[1]), np.int16),
        queue=np.full((agents, last), -1, np.int8),
        cover=np.zeros((queues, intervals)),
        gain=np.zeros((len(problem.shifts.shares), queues, intervals)),
    )
