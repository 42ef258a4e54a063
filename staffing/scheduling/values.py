"""What a shift is worth to an agent at the gains of the moment, with its pauses where they cost least."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from staffing.scheduling.problem import (
    BEGIN,
    END,
    FIRST,
    LAST,
    NIGHT,
    PART,
    WHICH,
    WHOLE,
    Problem,
    Shifts,
    Staff,
)

NONE = -1e18  # value of what cannot be
BEFORE = 2  # levels kept for the two days before a week


class Scratch(NamedTuple):
    """Room for one week's computation; levels are the days of the week after two before them."""

    prefix: np.ndarray  # sums of the agent's best gains from the week's first interval
    best: np.ndarray  # share x interval: best gain over the agent's queues
    queue: np.ndarray  # share x interval: its queue
    value: np.ndarray  # day x S
    pause: np.ndarray  # day x S x P
    worked: np.ndarray  # level x contract used x rank x place: best value that ends with this shift
    peak: np.ndarray  # level x contract used x place: best of `worked` over shifts
    rested: np.ndarray  # level x contract used
    day: np.ndarray  # place: best value of yesterday's shifts that leave the daily rest
    part: np.ndarray  # of each interval of a shift: which of `Shifts.shares` is on contact, -1 none


def scratch_for(problem: Problem) -> Scratch:
    """Room enough for every agent and week of a problem."""
    shifts, midnights = problem.shifts, problem.day_begin
    days, most = shifts.starts.shape[1:3]
    longest = int((shifts.starts[..., END] - shifts.starts[..., BEGIN]).max(initial=1))
    week = max(int(midnights[min(d + 7, days)] - midnights[d]) for d in range(days)) + longest + 2
    levels, used, places = 7 + BEFORE, 8 * int(shifts.unit_count.max(initial=1)), shifts.stretch.shape[2]
    return Scratch(
        prefix=np.zeros(week + 1),
        best=np.zeros((len(shifts.shares), week)),
        queue=np.zeros((len(shifts.shares), week), np.int8),
        value=np.zeros((7, most)),
        pause=np.zeros((7, most, shifts.pauses.shape[1]), np.int16),
        worked=np.full((levels, used, most, places), NONE),
        peak=np.full((levels, used, places), NONE),
        rested=np.full((levels, used), NONE),
        day=np.full(places, NONE),
        part=np.zeros(longest + 2, np.int64),
    )


@njit(cache=True)
def best_gains(staff: Staff, gain: np.ndarray, a: int, span: tuple[int, int, int], room: Scratch) -> None:
    """The agent's best gain and queue by interval and share; `span` is (first, end, salt to break ties)."""
    first, end, salt = span
    known, count = staff.queues[a], staff.queue_count[a]
    room.prefix[0] = 0.0
    for t in range(first, end):
        for x in range(gain.shape[0]):
            best, top = known[0], 0.0
            if t < gain.shape[2]:
                top = gain[x, best, t]
                for n in range(1, count):
                    value = gain[x, known[n], t]
                    if value > top + 1e-9 or (value > top - 1e-9 and (salt >> (((t >> 2) + n) & 31)) & 1):
                        best, top = known[n], value
            room.best[x, t - first], room.queue[x, t - first] = top, best
        room.prefix[t - first + 1] = room.prefix[t - first] + room.best[0, t - first]


@njit(cache=True)
def shift_values(
    problem: Problem, gain: np.ndarray, a: int, days: tuple[int, int, int], room: Scratch
) -> None:
    """Value of every shift the agent may work, with its best pauses; `days` is (first, end, salt)."""
    first, end, salt = days
    shifts, free, c = problem.shifts, problem.staff.free[a], problem.staff.kind[a]
    begin = problem.day_begin[first]
    last = min(problem.day_begin[end] + len(room.part), begin + room.queue.shape[1])
    best_gains(problem.staff, gain, a, (begin, last, salt), room)
    for d in range(first, end):
        for i in range(shifts.offered[c, d]):
            start = shifts.starts[c, d, i]
            room.value[d - first, i] = NONE
            if free[d] and (free[d + 1] or not start[NIGHT]):
                whole = room.prefix[start[END] - begin] - room.prefix[start[BEGIN] - begin]
                lost = pause_loss(shifts, start, (d - first, i, begin, salt), room)
                room.value[d - first, i] = shifts.reward[start[WHICH]] + whole - lost


@njit(cache=True)
def pause_loss(shifts: Shifts, start: np.ndarray, at: tuple[int, int, int, int], room: Scratch) -> float:
    """Gain lost to a shift's pauses, each at its best moment, which goes to `room.pause`.

    `at` is (day of the week, shift, first interval of `room.prefix`, salt).
    """
    day, i, first, salt = at
    prefix, m, lost = room.prefix, start[WHICH], 0.0
    for p in range(shifts.pause_count[m]):
        whole, part, least = shifts.pauses[m, p, WHOLE], shifts.pauses[m, p, PART], np.inf
        for offset in range(shifts.pauses[m, p, FIRST], shifts.pauses[m, p, LAST] + 1):
            begin = start[BEGIN] - first + offset
            end = begin + whole
            loss = prefix[end] - prefix[begin] + room.best[0, end] - room.best[part, end]
            if loss < least - 1e-9 or (loss < least + 1e-9 and (salt >> ((offset + day) & 31)) & 1):
                least = loss
                room.pause[day, i, p] = offset
        lost += least
    return lost
