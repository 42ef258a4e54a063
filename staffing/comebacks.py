"""Working through open intervals, compiled: oldest first, and some of what is handled comes back.

Of the first touches a share goes away (pending, or on hold) and returns as open after an exponential
time, on the clock that never stops; the touch after that is the last. What is away therefore shrinks by
the same share in every interval, and no more than its sum must be known.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from staffing.mills import compiled


class Comebacks(NamedTuple):
    """By reason: `shares` of the first touches that go away. `kept_closed[i]` and `kept[i]` are the
    shares of what was away after open interval i - 1 that still is when i begins, and when it ends.
    The deadline is `allowed` open intervals."""

    shares: Any
    kept_closed: Any
    kept: Any
    allowed: int


class Work(NamedTuple):
    """Work in agent-hours of touches: cumulative `due` and `new` of first touches at the end of each open
    interval, the `idle` time of others in each, and the `rate` an agent does in one."""

    due: Any
    new: Any
    idle: Any
    rate: float
    comebacks: Comebacks


class Course(NamedTuple):
    """Agent-hours so far, entry i before open interval i: `done`, of it `firsts` (first touches), come
    `back`, and still `away` by reason; `back_at_opening[i]` counts what came while closed; `head` is the
    interval whose arrivals are being worked."""

    done: Any
    firsts: Any
    back: Any
    back_at_opening: Any
    away: Any
    head: Any


@compiled
def work_through(work: Work, course: Course, agents: Any, begin: int, until: int) -> None:
    """Fill the course of begin..until-1: agents and idle time work while there is anything open."""
    nothing_returns = work.comebacks.shares.sum() == 0.0
    for i in range(begin, until):
        if not nothing_returns:
            _come_back(work.comebacks, course, i)
        arrived = work.new[i] + course.back[i + 1]
        course.done[i + 1] = min(arrived, course.done[i] + work.idle[i] + agents[i] * work.rate)
        if nothing_returns:
            course.firsts[i + 1] = course.done[i + 1]
        else:
            _go_away(work, course, i)


@compiled
def late_after(work: Work, course: Course, i: int) -> float:
    """Agent-hours that should have been done by the end of open interval i and are not; negative = ahead."""
    opening = i - work.comebacks.allowed + 1
    returned = course.back_at_opening[opening] if opening >= 0 else 0.0
    return work.due[i] + returned - course.done[i + 1]


@compiled
def _come_back(comebacks: Comebacks, course: Course, i: int) -> None:
    closed, open_too = 0.0, 0.0
    for reason in range(len(comebacks.shares)):
        away = course.away[i, reason]
        closed += away * (1 - comebacks.kept_closed[i, reason])
        open_too += away * (1 - comebacks.kept[i, reason])
    course.back_at_opening[i] = course.back[i] + closed
    course.back[i + 1] = course.back[i] + open_too


@compiled
def _go_away(work: Work, course: Course, i: int) -> None:
    """Split what is done into first and last touches, in the mix in which each interval's work came."""
    done, head = course.done[i + 1], course.head[i]
    while head < i and work.new[head] + course.back[head + 1] < done:
        head += 1
    new_before = work.new[head - 1] if head > 0 else 0.0
    came = work.new[head] - new_before + course.back[head + 1] - course.back[head]
    part = 0.0
    if came > 0:
        part = min(max((done - new_before - course.back[head]) / came, 0.0), 1.0)
    course.head[i + 1] = head
    course.firsts[i + 1] = max(course.firsts[i], new_before + part * (work.new[head] - new_before))
    more = course.firsts[i + 1] - course.firsts[i]
    for reason in range(len(work.comebacks.shares)):
        kept = course.away[i, reason] * work.comebacks.kept[i, reason]
        course.away[i + 1, reason] = kept + work.comebacks.shares[reason] * more
