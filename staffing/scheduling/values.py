"""What a shift is worth to an agent at the gains of the moment, with its pauses where they cost least."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.compiled import entry, part
from staffing.scheduling.problem import (
    BEGIN,
    CLOCK,
    END,
    FIRST,
    FLAGS,
    FORBIDDEN,
    GROUP,
    LAST,
    NIGHT,
    PART,
    WHICH,
    WHOLE,
    Problem,
)

NONE = -1e18  # value of what cannot be
BEFORE = 2  # levels kept for the two days before a week
EPS = 1e-9


class Scratch(NamedTuple):
    """Room for one week's computation; levels are the days of the week after two before them."""

    prefix: np.ndarray  # sums of the agent's best gains from the week's first interval
    best: np.ndarray  # share x interval: best gain over the agent's queues
    queue: np.ndarray  # share x interval: its queue
    value: np.ndarray  # day x S
    pause: np.ndarray  # day x S x P
    group: np.ndarray  # day x G: best value of a group's shifts
    chosen: np.ndarray  # day x G: the place of that shift
    worked: np.ndarray  # level x contract used x class x place: best value that ends with such a shift
    peak: np.ndarray  # level x contract used x place: best of `worked` over classes
    rested: np.ndarray  # level x contract used
    day: np.ndarray  # place: best value of yesterday's shifts that leave the daily rest
    part: np.ndarray  # of each interval of a shift: which of `Shifts.shares` is on contact, -1 none
    full: np.ndarray  # sums of the intervals without a free seat
    taste: np.ndarray  # N: price of one more of what is counted, for this agent
    ban: np.ndarray  # day: bits of what may not be worked
    middle: np.ndarray  # 1: the clock of the start the week is to keep to, -1 none
    top: np.ndarray  # day: best value of any shift, 0 where a free day is worth more
    least: np.ndarray  # 1: a week that is worth less need not be found
    limited: np.ndarray  # 1: 1 where there are so few seats that they must be counted


def scratch_for(problem: Problem) -> Scratch:
    """Room enough for every agent and week of a problem."""
    shifts, midnights = problem.shifts, problem.day_begin
    days, most = shifts.starts.shape[1:3]
    longest = int((shifts.starts[..., END] - shifts.starts[..., BEGIN]).max(initial=1))
    week = max(int(midnights[min(d + 7, days)] - midnights[d]) for d in range(days)) + longest + 2
    levels, used, places = 7 + BEFORE, 8 * int(shifts.unit_count.max(initial=1)), shifts.stretch.shape[3]
    classes = max(int(shifts.classes.max(initial=1)), 2)
    return Scratch(
        prefix=np.zeros(week + 1),
        best=np.zeros((len(shifts.shares), week)),
        queue=np.zeros((len(shifts.shares), week), np.int8),
        value=np.zeros((7, most)),
        pause=np.zeros((7, most, shifts.pauses.shape[1]), np.int16),
        group=np.zeros((7, shifts.groups.shape[2])),
        chosen=np.zeros((7, shifts.groups.shape[2]), np.int64),
        worked=np.full((levels, used, classes, places), NONE),
        peak=np.full((levels, used, places), NONE),
        rested=np.full((levels, used), NONE),
        day=np.full(places, NONE),
        part=np.zeros(max(longest + 2, 8), np.int64),
        full=np.zeros(week + 1, np.int64),
        taste=np.zeros(problem.staff.before.shape[2]),
        ban=np.zeros(7, np.int64),
        middle=np.full(1, -1, np.int64),
        top=np.zeros(7),
        least=np.full(1, -np.inf),
        limited=np.full(1, int(np.isfinite(problem.demand.seats).any()), np.int64),
    )


@part
def best_gains(problem: Problem, gain: np.ndarray, a: int, span: tuple[int, int, int], room: Scratch) -> None:
    """The agent's best gain and queue by interval and share; `span` is (first, end, salt to break ties)."""
    first, end, salt = span
    queues, count = problem.staff.queues, problem.staff.queue_count[a]
    inside = min(end, gain.shape[2])
    own = queues[a, 0]
    for x in range(gain.shape[0]):
        for t in range(first, inside):
            best, top = own, gain[x, own, t]
            for n in range(1, count):
                q = queues[a, n]
                value = gain[x, q, t]
                if value > top + EPS or (value > top - EPS and (salt >> (((t >> 2) + n) & 31)) & 1):
                    best, top = q, value
            room.best[x, t - first], room.queue[x, t - first] = top, best
        for t in range(inside, end):
            room.best[x, t - first], room.queue[x, t - first] = 0.0, own
    room.prefix[0] = 0.0
    for n in range(end - first):
        room.prefix[n + 1] = room.prefix[n] + room.best[0, n]


@entry
def full_seats(problem: Problem, seated: np.ndarray, first: int, end: int, room: Scratch) -> None:
    """How many intervals without a free seat lie before each."""
    if room.limited[0] == 0:
        return  # none, as the room was made
    room.full[0] = 0
    for t in range(first, end):
        taken = 1 if t < len(seated) and seated[t] >= problem.demand.seats[t] else 0
        room.full[t - first + 1] = room.full[t - first] + taken


@entry
def shift_values(
    problem: Problem, gain: np.ndarray, a: int, days: tuple[int, int, int], room: Scratch
) -> None:
    """Value of every shift the agent may work, with its best pauses; `days` is (first, end, salt).

    `room.full`, `taste` and `middle` are taken as they are.
    """
    first, end, salt = days
    shifts, staff, c = problem.shifts, problem.staff, problem.staff.kind[a]
    begin = problem.day_begin[first]
    last = min(problem.day_begin[end] + len(room.part), begin + room.queue.shape[1])
    best_gains(problem, gain, a, (begin, last, salt), room)
    for d in range(first, end):
        for i in range(shifts.offered[c, d]):
            room.value[d - first, i] = NONE
            price = staff.cost[a, d, i]
            x, y = shifts.starts[c, d, i, BEGIN] - begin, shifts.starts[c, d, i, END] - begin
            if not staff.free[a, d] or (shifts.starts[c, d, i, NIGHT] and not staff.free[a, d + 1]):
                continue
            if price >= FORBIDDEN or room.full[y] > room.full[x]:
                continue
            whole = room.prefix[y] - room.prefix[x]
            lost = pause_loss(problem, (a, d, i, d - first, begin, salt), room)
            own = tasted(problem, shifts.starts[c, d, i, FLAGS], shifts.starts[c, d, i, CLOCK], room)
            room.value[d - first, i] = (
                shifts.reward[shifts.starts[c, d, i, WHICH]] + whole - lost - price - own
            )


@part
def tasted(problem: Problem, flags: int, clock: int, room: Scratch) -> float:
    """Price of what a shift counts as, and of a start away from the week's middle one."""
    price = 0.0
    if room.middle[0] >= 0:
        price += problem.taste.steady * abs(clock - room.middle[0])
    n = 0
    while flags:
        if flags & 1:
            price += room.taste[n]
        flags >>= 1
        n += 1
    return price


@part
def pause_loss(problem: Problem, at: tuple[int, int, int, int, int, int], room: Scratch) -> float:
    """Gain lost to a shift's pauses, each at its best moment, which goes to `room.pause`.

    `at` is (agent, day, place, day of the week, first interval of `room.prefix`, salt). Pauses of a published
    shift are moved only where that saves more than their price.
    """
    a, d, i, day, first, salt = at
    shifts, c, lost = problem.shifts, problem.staff.kind[a], 0.0
    price = problem.taste.pause if problem.staff.kept[a, d] == i else 0.0
    m, start = shifts.starts[c, d, i, WHICH], shifts.starts[c, d, i, BEGIN] - first
    for p in range(shifts.pause_count[m]):
        whole, broken, least = shifts.pauses[m, p, WHOLE], shifts.pauses[m, p, PART], np.inf
        for offset in range(shifts.pauses[m, p, FIRST], shifts.pauses[m, p, LAST] + 1):
            begin = start + offset
            loss = room.prefix[begin + whole] - room.prefix[begin]
            if broken > 0:
                loss += room.best[0, begin + whole] - room.best[broken, begin + whole]
            if price > 0.0 and offset != problem.staff.kept_pause[a, d, p]:
                loss += price
            if loss < least - EPS or (loss < least + EPS and (salt >> ((offset + day) & 31)) & 1):
                least = loss
                room.pause[day, i, p] = offset
        lost += least
    return lost


@entry
def group_values(problem: Problem, a: int, first: int, end: int, room: Scratch) -> None:
    """The best shift of each group on each day, of those that are not banned."""
    shifts, c = problem.shifts, problem.staff.kind[a]
    for d in range(first, end):
        n = d - first
        for g in range(shifts.grouped[c, d]):
            room.group[n, g] = NONE
        for i in range(shifts.offered[c, d]):
            g, value = shifts.starts[c, d, i, GROUP], room.value[n, i]
            if value > room.group[n, g] and not shifts.starts[c, d, i, FLAGS] & room.ban[n]:
                room.group[n, g], room.chosen[n, g] = value, i
