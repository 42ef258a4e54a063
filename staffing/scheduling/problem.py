"""One site's scheduling problem as arrays, the form the compiled engine reads.

Numbers of things: Q queues, T intervals of the horizon, A agents, D local days, W calendar weeks,
B weeks before the horizon that still count, C kinds of contract, M shifts, S shifts of a kind that may
start on one day, G groups of them alike to the rules, P pauses of a shift, X shares of an interval,
J places in a stretch of days, N things counted. Intervals are counted from the horizon's first local
midnight and go on past its end (the tail) for the last night's shifts; -1 in a padded array means "none".
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

FORBIDDEN = 1e9  # a price (Staff.cost) from here on means: not allowed

# Columns of Shifts.starts: row of the shift, first interval, interval after the last, 1 where it reaches
# into the next local day, the class and the group of the shift, what it counts as (a bit for each of
# COUNTED), and the local clock of its start in intervals.
WHICH, BEGIN, END, NIGHT, CLASS, GROUP, FLAGS, CLOCK = range(8)
# Columns of Shifts.groups: the class after it, how many classes of the day before (of two days before)
# leave a daily (weekly) rest, contract units, and its line: 0, or 1 for night work.
INTO, AFTER_REST, AFTER_LONG, UNITS, LINE = range(5)
# Columns of Shifts.pauses, in intervals: earliest and latest start, whole intervals, and which of
# Shifts.shares is left of one more interval (0: the pause ends with an interval).
FIRST, LAST, WHOLE, PART = range(4)
NEXT_DAY, NEXT_GAP, FRESH = range(3)  # rows of Shifts.stretch
# What a shift may count as, for caps and for fairness; the bit of each in FLAGS.
COUNTED = ("weekend", "night", "late", "early", "sunday", "overtime")
# Columns of Shifts.caps: bit of what is counted, the most of it, weeks in a row to which that applies,
# 1 where a week counts once however often (free weekends).
CAPPED, MOST, WEEKS, ONCE = range(4)

NOTHING = np.zeros(0)


class Demand(NamedTuple):
    """What is needed and what missing it costs (penalty units per agent and interval).

    The first `tier_under` agents missing cost `prices[0]` each, further ones `prices[1]`; the first
    `tier_over` agents too many cost `prices[2]`, further ones `prices[3]`; each agent missing below
    `floor` costs `prices[4]` on top.
    """

    need: np.ndarray  # Q x T, agents, fractions
    tier_under: np.ndarray  # Q x T
    tier_over: np.ndarray  # Q x T
    floor: np.ndarray  # Q x T
    prices: np.ndarray  # 5, convex: [1] >= [0], [3] >= [2]
    seats: np.ndarray  # T + tail, most people at work at once


class Staff(NamedTuple):
    """Who there is: skills, days, what is left of the contract each week, and what each shift costs.

    `cost` is the price of all that is linear: wishes, premiums, changes of what is published;
    `FORBIDDEN` and more where the shift is not allowed. `before` counts the weeks before the horizon;
    `due` is the fair share of each count over these weeks and the horizon.
    """

    kind: np.ndarray  # A, kind of contract
    queues: np.ndarray  # A x most queues of an agent, padded
    queue_count: np.ndarray  # A
    free: np.ndarray  # A x D+1, with the day after the horizon
    days_left: np.ndarray  # A x W
    units_left: np.ndarray  # A x W, contract hours in units of the kind
    cost: np.ndarray = NOTHING  # A x D x S, float32, penalty units; S in the order of Shifts.starts
    must: np.ndarray = NOTHING  # A x D, bool: a day that has to be worked
    entry: np.ndarray = NOTHING  # A x 3: how, place and class in which the agent comes into the first day
    before: np.ndarray = NOTHING  # A x B x N, counts
    due: np.ndarray = NOTHING  # A x N
    kept: np.ndarray = NOTHING  # A x D: place of a published shift, whose pauses have a price; -1 none
    kept_pause: np.ndarray = NOTHING  # A x D x P: its pauses, as in Roster


class Shifts(NamedTuple):
    """The shifts of all kinds (M rows), and which of them may start on which day, sorted by start.

    Shifts of a day that leave the same choice on the days after form a class, numbered by their end.
    Shifts of one class that the same days before allow, of the same hours and line, form a group.
    """

    reward: np.ndarray  # M, price of the contract hours the shift uses
    units: np.ndarray  # M, contract hours in units; 0 where every shift of the kind is as long
    pause_count: np.ndarray  # M
    pauses: np.ndarray  # M x P x 4, columns FIRST, LAST, WHOLE, PART
    shares: np.ndarray  # X, share of an interval left to contact; the first is 1, a whole interval
    unit_count: np.ndarray  # C, most units + 1; 1 where counting days is enough
    offered: np.ndarray  # C x D, shifts that may start
    starts: np.ndarray  # C x D x S x 8, columns WHICH ... CLOCK
    classes: np.ndarray  # C x D, number of classes
    grouped: np.ndarray  # C x D, number of groups
    groups: np.ndarray  # C x D x G x 5, columns INTO ... LINE, in order of start
    stretch: np.ndarray  # C x lines x 3 x J: place after one more day, after a short gap, after a rest
    caps: np.ndarray  # C x caps x 4, columns CAPPED ... ONCE; CAPPED -1 where there is none


class Taste(NamedTuple):
    """Prices of what is not linear in the shifts (penalty units)."""

    alone: float  # a day off between two days worked
    steady: float  # per interval between a start and the middle start of the agent's week
    rotation: float  # per interval by which a start comes earlier than that of the day before
    fair: np.ndarray  # N, of the square of (counted - due)
    pause: float = 0.0  # of a pause moved within a published shift (`Staff.kept`)


class Problem(NamedTuple):
    """A site over a horizon. `week_day[w]` is the first day of week w, `day_begin[d]` its first interval."""

    demand: Demand
    staff: Staff
    shifts: Shifts
    taste: Taste
    week_day: np.ndarray  # W + 1
    day_begin: np.ndarray  # D + 1


class Roster(NamedTuple):
    """Who works when; the engine changes these arrays in place.

    `shift` is a place in the day's list of shifts, or -1; `pause` the start of each pause in intervals
    after the shift's start; `queue` what the agent serves in an interval, -1 off duty. `cover` (agents),
    `gain` (the price saved by one more agent, for each of `Shifts.shares`), `owed` (the penalty),
    `seated` (people at work) and `tally` (what has been counted) are kept in step.
    """

    shift: np.ndarray  # A x D
    pause: np.ndarray  # A x D x P
    queue: np.ndarray  # A x T + tail
    cover: np.ndarray  # Q x T
    gain: np.ndarray  # X x Q x T
    owed: np.ndarray  # Q x T
    seated: np.ndarray  # T + tail
    tally: np.ndarray  # A x B+W x N


def no_wishes(staff: Staff, places: int) -> Staff:
    """The staff without prices, fixed days and anything before the horizon; `places` is S of Shifts."""
    agents, days = staff.free.shape[0], staff.free.shape[1] - 1
    return staff._replace(
        cost=np.zeros((agents, days, places), np.float32),
        must=np.zeros((agents, days), bool),
        entry=np.zeros((agents, 3), np.int64),
        before=np.zeros((agents, 0, len(COUNTED)), np.int16),
        due=np.zeros((agents, len(COUNTED))),
        kept=np.full((agents, days), -1, np.int16),
        kept_pause=np.zeros((agents, days, 1), np.int16),
    )


def no_taste() -> Taste:
    """Nothing but the shifts themselves has a price."""
    return Taste(0.0, 0.0, 0.0, np.zeros(len(COUNTED)))


def empty_roster(problem: Problem) -> Roster:
    """Nobody works yet; `gain` and `owed` are left for `set_gains` to fill."""
    agents, days = len(problem.staff.kind), len(problem.day_begin) - 1
    queues, intervals = problem.demand.need.shape
    tail = len(problem.demand.seats)
    before = problem.staff.before
    return Roster(
        shift=np.full((agents, days), -1, np.int16),
        pause=np.zeros((agents, days, problem.shifts.pauses.shape[1]), np.int16),
        queue=np.full((agents, tail), -1, np.int8),
        cover=np.zeros((queues, intervals)),
        gain=np.zeros((len(problem.shifts.shares), queues, intervals)),
        owed=np.zeros((queues, intervals)),
        seated=np.zeros(tail, np.int32),
        tally=np.concatenate(
            [before, np.zeros((agents, len(problem.week_day) - 1, before.shape[2]), np.int16)], axis=1
        ),
    )
