"""A witness for deferred work: contacts one by one, the oldest first, by the agents that were placed."""

import heapq
from dataclasses import dataclass

import numpy as np

from staffing.deferred_queues import Worked
from staffing.working_hours import is_worked

RATE = 0.92  # of an agent's time on duty


@dataclass(frozen=True)
class Replayed:
    """Of the touches opened in the plan whose deadline lies in it (`judged`): the share in time.

    `open_at_end` and `away_at_end` are contacts at the end of the plan.
    """

    judged: int
    in_time: float
    open_at_end: int
    away_at_end: int


def replayed(worked: Worked, *, rng: np.random.Generator) -> Replayed:
    """Every contact arrives when the expected sum passes its number; whether it comes back is drawn."""
    queue, axis, handling = worked.queue, worked.axis, worked.queue.handling
    step, inside, old = axis.step_h, axis.inside, axis.old
    is_open = is_worked(queue, axis.starts)
    is_open[:old] = False
    open_by = np.append(0.0, np.cumsum(is_open)) * step  # open hours gone by before each interval
    touch_h = handling.aht_s / 3600 / (1 + handling.pending_share + handling.on_hold_share)
    deadline_h = queue.target.deadline.within_business_h

    def open_hours(moment: float) -> float:
        """The open clock at a moment in elapsed hours since the axis began; old work lies before 0."""
        place = min(int(moment / step), len(is_open) - 1)
        if place < old:
            return (place - old + 1) * step
        return float(open_by[place] + is_open[place] * (moment - place * step))

    arriving = np.append(0.0, np.cumsum(worked.states.new))
    count = int(arriving[-1])
    moments = np.interp(np.arange(count) + 0.5, arriving, np.arange(len(arriving)) * step)
    events = [(moment, True) for moment in moments]
    shares = (handling.pending_share, handling.on_hold_share)
    stays_h = (handling.pending_h, handling.on_hold_h)
    week = worked.states.new[old : old + round(168 / step)].sum() / 168
    for share, hours in zip(shares, stays_h, strict=True):
        events += [(old * step + rng.exponential(hours), False) for _ in range(round(share * week * hours))]
    heapq.heapify(events)
    waiting: list[tuple[float, bool]] = []
    begin_h = inside.start * step
    judged = in_time = 0
    left_h = 0.0  # of the touch in hand
    hand: tuple[float, bool] | None = None
    for place in range(old, inside.stop):
        now, end = place * step, (place + 1) * step
        speed = worked.placed.agents[place] * RATE
        while True:
            while events and events[0][0] <= now:
                heapq.heappush(waiting, heapq.heappop(events))
            if hand is None and waiting and speed > 0:
                hand, left_h = heapq.heappop(waiting), touch_h
            if hand is None:
                later = events[0][0] if events else np.inf
                if speed == 0 or later >= end:
                    break
                now = later
                continue
            if speed == 0 or now + left_h / speed > end:
                left_h -= (end - now) * speed
                break
            now += left_h / speed
            due = open_hours(hand[0]) + deadline_h
            if (hand[0] >= begin_h or old) and due <= open_by[inside.stop]:
                judged += 1
                in_time += open_hours(now) <= due + 1e-9
            if hand[1]:
                why = int(np.searchsorted(np.cumsum(shares), rng.random(), side="right"))
                if why < 2:
                    heapq.heappush(events, (now + rng.exponential(stays_h[why]), False))
            hand = None
        while events and events[0][0] <= end:
            heapq.heappush(waiting, heapq.heappop(events))
    overdue = sum(open_hours(opened) + deadline_h <= open_by[inside.stop] for opened, _ in waiting)
    away = sum(not first for _, first in events)
    return Replayed(judged + overdue, in_time / (judged + overdue), len(waiting) + (hand is not None), away)
