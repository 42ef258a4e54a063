"""How long a small team takes to reply: every contact walked through in the order in which it came.

Contacts are drawn first, then walked; nothing is drawn on the way. Times are seconds on one clock. People
work in their windows only; what is not finished when one closes is taken up when the next opens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np

NEVER = np.inf


@dataclass(frozen=True)
class Letters:
    """Contacts of one draw (contacts,), by arrival.

    `first_s` and `again_s` are the handling of the first and of the second touch; a contact is away for
    `away_s` between them. Who is away for ever has no second touch.
    """

    arrived_s: np.ndarray
    first_s: np.ndarray
    again_s: np.ndarray
    away_s: np.ndarray


@dataclass(frozen=True)
class Windows:
    """When one person works: begins and ends (windows,), in order, none touching the next."""

    begins_s: np.ndarray
    ends_s: np.ndarray


@dataclass(frozen=True)
class Walked:
    """Of each contact (contacts,): when its first touch began and ended, and its second came back and began.

    Infinite where that never happens, or not while anybody works.
    """

    begun_s: np.ndarray
    replied_s: np.ndarray
    back_s: np.ndarray
    again_s: np.ndarray


def walked(letters: Letters, people: Sequence[Windows]) -> Walked:
    """First come, first served; whoever can begin first takes the contact.

    A contact that comes back stands behind those that wait already. With people always there, Poisson
    arrivals and exponential handling it is M/M/c, whose mean wait is Erlang's.
    """
    team = [_Person(windows) for windows in people]
    count = len(letters.arrived_s)
    begun, replied, back, again = (np.full(count, NEVER) for _ in range(4))
    first_s, again_s, away_s = letters.first_s.tolist(), letters.again_s.tolist(), letters.away_s.tolist()
    waiting: list[tuple[float, int]] = []  # those that come back, the soonest first
    arrivals = list(zip(letters.arrived_s.tolist(), range(count), strict=True))
    place = 0
    while place < count or waiting:
        if waiting and (place == count or waiting[0] < arrivals[place]):
            ready, contact = heappop(waiting)
            again[contact], _ = _taken(team, ready, again_s[contact])
            continue
        ready, contact = arrivals[place]
        place += 1
        begun[contact], replied[contact] = _taken(team, ready, first_s[contact])
        if away_s[contact] < NEVER and replied[contact] < NEVER:
            back[contact] = replied[contact] + away_s[contact]
            heappush(waiting, (back[contact], contact))
    return Walked(begun, replied, back, again)


class _Person:
    """Where someone stands in their windows; time only goes forward."""

    def __init__(self, windows: Windows) -> None:
        self.begins = [*windows.begins_s.tolist(), NEVER]
        self.ends = [*windows.ends_s.tolist(), NEVER]
        self.window = 0
        self.free_s = 0.0

    def can_begin(self, ready_s: float) -> float:
        """The first moment from `ready_s` on at which this person is free and works."""
        at_s = max(ready_s, self.free_s)
        while self.ends[self.window] <= at_s:
            self.window += 1
        return max(at_s, self.begins[self.window])

    def work(self, begin_s: float, handling_s: float) -> float:
        """When a contact that is begun then is finished; nights and weekends do not count."""
        at_s, left_s = begin_s, handling_s
        while at_s + left_s > self.ends[self.window]:
            left_s -= self.ends[self.window] - at_s
            self.window += 1
            at_s = self.begins[self.window]
        self.free_s = at_s + left_s
        return self.free_s


def _taken(team: Sequence[_Person], ready_s: float, handling_s: float) -> tuple[float, float]:
    """When a contact that is ready is begun and finished, by whoever can begin first."""
    begin, _, who = min((each.can_begin(ready_s), each.free_s, number) for number, each in enumerate(team))
    if begin == NEVER:
        return NEVER, NEVER
    return begin, team[who].work(begin, handling_s)


def open_at(moments_s: np.ndarray, letters: Letters, walk: Walked) -> np.ndarray:
    """Contacts that wait for the team at each moment (moments,): come or come back, and not begun."""

    def by_then(times_s: np.ndarray) -> np.ndarray:
        return np.searchsorted(np.sort(times_s), moments_s, side="right")

    come = by_then(letters.arrived_s) + by_then(walk.back_s[walk.back_s < NEVER])
    begun = by_then(walk.begun_s[walk.begun_s < NEVER]) + by_then(walk.again_s[walk.again_s < NEVER])
    result: np.ndarray = come - begun
    return result
