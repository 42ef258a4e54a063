"""Who will call again, and when: a heap of moments, the soonest on top.

Compiled; see `compiled` for what to do after a change.
"""

from __future__ import annotations

import numpy as np

from staffing.compiled import part
from staffing.simulation.floor import Floor


@part
def soonest_s(floor: Floor) -> float:
    """When the next one calls again; inf if nobody does."""
    return floor.calendar[0].at_s if floor.entries[0] > 0 else np.inf


@part
def note_redial(contact: int, floor: Floor) -> None:
    """The contact has begun to wait: unless it is answered, it calls again some time after it gave up."""
    if contact < len(floor.again) and floor.again[contact].redial_s < np.inf:
        _enter(floor.contacts[contact].leaves_s + floor.again[contact].redial_s, contact, False, floor)


@part
def note_reconnect(contact: int, now_s: float, floor: Floor) -> None:
    """The contact is finished: some call again although they were answered."""
    if contact < len(floor.again) and floor.again[contact].reconnect_s < np.inf:
        _enter(now_s + floor.again[contact].reconnect_s, contact, True, floor)


@part
def take_soonest(interval: int, floor: Floor) -> int:
    """The contact that now comes again, or -1: it was answered after all, or the queue is closed."""
    entry = floor.calendar[0]
    at_s, earlier, answered = entry.at_s, entry.contact, entry.answered
    _remove_top(floor)
    if answered == np.isnan(floor.contacts[earlier].answered_s):
        return -1
    contact = floor.again[earlier].row
    open_until = floor.is_open.shape[1]
    if interval >= open_until or not floor.is_open[floor.contacts[contact].queue, interval]:
        return -1
    floor.contacts[contact].arrived_s = at_s
    floor.contacts[contact].leaves_s += at_s
    return contact


@part
def _enter(at_s: float, contact: int, answered: bool, floor: Floor) -> None:
    heap, place = floor.calendar, floor.entries[0]
    floor.entries[0] += 1
    while place > 0 and heap[(place - 1) >> 1].at_s > at_s:
        heap[place] = heap[(place - 1) >> 1]
        place = (place - 1) >> 1
    heap[place].at_s, heap[place].contact, heap[place].answered = at_s, contact, answered


@part
def _remove_top(floor: Floor) -> None:
    heap = floor.calendar
    floor.entries[0] -= 1
    count, place, child = floor.entries[0], 0, 1
    while child < count:
        if child + 1 < count and heap[child + 1].at_s < heap[child].at_s:
            child += 1
        if heap[count].at_s <= heap[child].at_s:
            break
        heap[place] = heap[child]
        place, child = child, 2 * child + 1
    heap[place] = heap[count]
