"""A witness for deferred work: contacts one by one, the oldest first, by the agents that were placed."""

import heapq
from dataclasses import dataclass, field

import numpy as np

from staffing.deferred_queues import Worked
from staffing.working_hours import is_worked

RATE = 0.92  # of an agent's time on duty
Touch = tuple[float, bool]  # when it opened (elapsed hours since the axis began), whether it is the first


@dataclass(frozen=True)
class Replayed:
    """Of the touches opened in the plan whose deadline lies in it (`judged`): the share in time.

    `open_at_end` and `away_at_end` are contacts at the end of the plan.
    """

    judged: int
    in_time: float
    open_at_end: int
    away_at_end: int


@dataclass
class Tray:
    """Work that is to open later, work that is open, the touch in hand and what it still takes."""

    later: list[Touch]
    open: list[Touch] = field(default_factory=list)
    hand: Touch | None = None
    left_h: float = 0.0

    def open_until(self, moment: float) -> None:
        while self.later and self.later[0][0] <= moment:
            heapq.heappush(self.open, heapq.heappop(self.later))

    def take(self, touch_h: float) -> None:
        if self.hand is None and self.open:
            self.hand, self.left_h = heapq.heappop(self.open), touch_h


class Clock:
    """Open hours gone by at a moment; old work lies before 0."""

    def __init__(self, worked: Worked) -> None:
        axis = worked.axis
        self.old, self.step = axis.old, axis.step_h
        self.is_open = is_worked(worked.queue, axis.starts)
        self.is_open[: self.old] = False
        self.by = np.append(0.0, np.cumsum(self.is_open)) * self.step

    def __call__(self, moment: float) -> float:
        place = min(int(moment / self.step + 1e-9), len(self.is_open))
        if place < self.old:
            return (place - self.old + 1) * self.step
        inside = self.is_open[place] if place < len(self.is_open) else False
        return float(self.by[place] + inside * (moment - place * self.step))


def replayed(worked: Worked, *, rng: np.random.Generator) -> Replayed:
    """Every contact arrives when the expected sum passes its number; whether it comes back is drawn."""
    queue, axis, clock = worked.queue, worked.axis, Clock(worked)
    tray = Tray(arrivals(worked, rng))
    finished: list[tuple[Touch, float]] = []
    for place in range(axis.old, axis.inside.stop):
        for touch, moment in work_interval(worked, tray, place):
            finished.append((touch, moment))
            heapq.heappush(tray.later, came_back(worked, touch, moment, rng))
        tray.open_until((place + 1) * axis.step_h)
    deadline_h, end = queue.target.deadline.within_business_h, clock.by[axis.inside.stop]
    begin = 0.0 if axis.old else axis.inside.start * axis.step_h
    spare = [
        clock(touch[0]) + deadline_h - clock(moment)
        for touch, moment in finished
        if touch[0] >= begin and clock(touch[0]) + deadline_h <= end
    ]
    overdue = sum(clock(opened) + deadline_h <= end for opened, _ in tray.open)
    judged = len(spare) + overdue
    in_time = sum(hours >= -1e-9 for hours in spare) / judged
    away = sum(not first and opened < np.inf for opened, first in tray.later)
    return Replayed(judged, in_time, len(tray.open) + (tray.hand is not None), away)


def arrivals(worked: Worked, rng: np.random.Generator) -> list[Touch]:
    """First touches of all contacts, and comebacks of those that are away when the axis begins."""
    axis = worked.axis
    coming = np.append(0.0, np.cumsum(worked.states.new))
    numbers = np.arange(int(coming[-1])) + 0.5
    moments = np.interp(numbers, coming, np.arange(len(coming)) * axis.step_h)
    result = [(moment, True) for moment in moments]
    per_h = worked.states.new[axis.old : axis.old + round(168 / axis.step_h)].sum() / 168
    for share, hours in reasons(worked):
        away = round(share * per_h * hours)
        result += [(axis.old * axis.step_h + rng.exponential(hours), False) for _ in range(away)]
    heapq.heapify(result)
    return result


def work_interval(worked: Worked, tray: Tray, place: int) -> list[tuple[Touch, float]]:
    """The touches finished in an interval, each with its moment; capacity is spent evenly over it."""
    step, handling = worked.axis.step_h, worked.queue.handling
    touch_h = handling.aht_s / 3600 / (1 + sum(share for share, _ in reasons(worked)))
    now, end, speed = place * step, (place + 1) * step, worked.placed.agents[place] * RATE
    finished: list[tuple[Touch, float]] = []
    while speed > 0 and now < end:
        tray.open_until(now)
        tray.take(touch_h)
        if tray.hand is None:
            now = min(tray.later[0][0], end) if tray.later else end
        elif now + tray.left_h / speed > end:
            tray.left_h -= (end - now) * speed
            now = end
        else:
            now += tray.left_h / speed
            finished.append((tray.hand, now))
            tray.hand = None
    return finished


def came_back(worked: Worked, touch: Touch, moment: float, rng: np.random.Generator) -> Touch:
    """The contact's next touch; at infinity when it needs no more."""
    shares = np.cumsum([share for share, _ in reasons(worked)])
    why = int(np.searchsorted(shares, rng.random(), side="right"))
    if not touch[1] or why == len(shares):
        return np.inf, False
    return moment + rng.exponential(reasons(worked)[why][1]), False


def reasons(worked: Worked) -> list[tuple[float, float]]:
    """Share and hours of those pending and on hold."""
    handling = worked.queue.handling
    return [(handling.pending_share, handling.pending_h), (handling.on_hold_share, handling.on_hold_h)]
