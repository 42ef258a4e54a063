"""What is capped over weeks: nights, worked weekends, Sundays. Banned where a week would break a cap."""

from __future__ import annotations

from staffing.compiled import entry, part
from staffing.scheduling.problem import CAPPED, FLAGS, MOST, ONCE, WEEKS, Problem, Roster
from staffing.scheduling.values import Scratch


@part
def left_of(problem: Problem, roster: Roster, a: int, w: int, cap: int) -> int:
    """How often week w may still count for a cap, given all other weeks that lie within its window."""
    c, before = problem.staff.kind[a], problem.staff.before.shape[1]
    caps, tally = problem.shifts.caps, roster.tally
    bit, span, once = caps[c, cap, CAPPED], caps[c, cap, WEEKS], caps[c, cap, ONCE]
    most, here = 0, w + before
    for begin in range(max(0, here - span + 1), here + 1):
        others = 0
        for v in range(begin, min(begin + span, tally.shape[1])):
            if v != here:
                others += min(tally[a, v, bit], 1) if once else tally[a, v, bit]
        most = max(most, others)
    left = caps[c, cap, MOST] - most
    return 7 if once and left > 0 else left


@entry
def ban_capped(problem: Problem, roster: Roster, a: int, w: int, room: Scratch) -> None:
    """Ban from the whole week what may not be counted once more; the tally must not hold week w."""
    for n in range(len(room.ban)):
        room.ban[n] = 0
    caps, c = problem.shifts.caps, problem.staff.kind[a]
    for cap in range(caps.shape[1]):
        if caps[c, cap, CAPPED] >= 0 and left_of(problem, roster, a, w, cap) <= 0:
            for n in range(len(room.ban)):
                room.ban[n] |= 1 << caps[c, cap, CAPPED]


@entry
def ban_surplus(problem: Problem, roster: Roster, a: int, w: int, room: Scratch) -> bool:
    """Whether the week as written counts too often for a cap; the days after its share are banned then."""
    caps, c, first = problem.shifts.caps, problem.staff.kind[a], problem.week_day[w]
    found = False
    for cap in range(caps.shape[1]):
        if caps[c, cap, CAPPED] < 0:
            continue
        bit, left, count = 1 << caps[c, cap, CAPPED], left_of(problem, roster, a, w, cap), 0
        kept = 0
        for d in range(first, problem.week_day[w + 1]):
            i = roster.shift[a, d]
            if i >= 0 and problem.shifts.starts[c, d, i, FLAGS] & bit:
                count += 1
                if count <= left:
                    kept |= 1 << (d - first)
        if count > left:
            found = True
            for n in range(problem.week_day[w + 1] - first):
                if not (kept >> n) & 1:
                    room.ban[n] |= bit
    return found
