"""The floor of one queue, contact by contact: who answers whom and when. Draws come in, nothing is drawn.

Seats hold up to `slots` conversations and slow down as they fill; a new contact goes to the seat with the
fewest open, idle longest. Customers leave when their patience ends; some call again. When a queue closes,
the last shift stays until nobody waits. numba does not see changes in compiled functions of other files,
so everything compiled stands here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

FRESH, REDIAL, RECONNECT = 0, 1, 2
FOREVER = np.inf
SLOT = 1800.0


class Draws(NamedTuple):
    """What each contact brings, by its number in order of arrival; the first `len(fresh_s)` are fresh.

    Times are seconds since the first half-hour. `work`: handle time alone in AHTs, before reason and agent.
    `luck` 0..1 decides whether it comes back: `redial_share` of those who abandon, `reconnect_share` of
    those answered (by reason), after `pause_s`.
    """

    fresh_s: np.ndarray
    patience_s: np.ndarray
    work: np.ndarray
    reason: np.ndarray
    luck: np.ndarray
    pause_s: np.ndarray
    redial_share: float
    reconnect_share: np.ndarray
    reason_work: np.ndarray


class Staff(NamedTuple):
    """Seats taken in each half-hour, who sits there and at what pace (half-hour x seat); AHT alone."""

    seats: np.ndarray
    who: np.ndarray
    pace: np.ndarray
    aht_s: np.ndarray
    slots: int
    slow_down: float
    reaction_s: float


class Log(NamedTuple):
    """The contacts by number; NaN and -1 where it never came to that.

    `open_s` is the sum of time x conversations open with the agent.
    """

    arrived_s: np.ndarray
    answered_s: np.ndarray
    ended_s: np.ndarray
    agent: np.ndarray
    reason: np.ndarray
    parent: np.ndarray
    origin: np.ndarray
    open_s: np.ndarray


class Floor(NamedTuple):
    """The state: conversations on each seat, customers waiting, customers who will come back.

    `sizes` counts contacts begun, waiting, coming back, and the half-hour whose shift is on the seats.
    """

    contact: np.ndarray
    left_s: np.ndarray
    open_now: np.ndarray
    since_s: np.ndarray
    next_s: np.ndarray
    waiting: np.ndarray
    coming: np.ndarray
    sizes: np.ndarray


class Queue(NamedTuple):
    """Everything a step needs: draws and staff are read, log and floor are written."""

    draws: Draws
    staff: Staff
    log: Log
    floor: Floor


def simulate(draws: Draws, staff: Staff) -> Log:
    """Every contact of the queue, fresh ones and those that come back, in order of number."""
    most, seats = len(draws.work), staff.who.shape[1]
    log = Log(
        arrived_s=np.full(most, np.nan),
        answered_s=np.full(most, np.nan),
        ended_s=np.full(most, np.nan),
        agent=np.full(most, -1),
        reason=draws.reason.copy(),
        parent=np.full(most, -1),
        origin=np.full(most, FRESH),
        open_s=np.zeros(most),
    )
    log.arrived_s[: len(draws.fresh_s)] = draws.fresh_s
    floor = Floor(
        contact=np.full((seats, staff.slots), -1),
        left_s=np.full((seats, staff.slots), FOREVER),
        open_now=np.zeros(seats, np.int64),
        since_s=np.zeros(seats),
        next_s=np.full(seats, FOREVER),
        waiting=np.zeros(most, np.int64),
        coming=np.zeros(most, np.int64),
        sizes=np.array([len(draws.fresh_s), 0, 0, 0]),
    )
    _run(Queue(draws, staff, log, floor))
    used = int(floor.sizes[0])
    return Log(*(values[:used] for values in log))


@njit(cache=True)
def _run(queue: Queue) -> None:
    draws, staff, floor = queue.draws, queue.staff, queue.floor
    number, interval, last = 0, 0, len(staff.seats)
    while True:
        seat = int(np.argmin(floor.next_s))
        leaver, leaves_s = _first_to_leave(queue)
        comer, comes_s = _first_to_come(queue)
        fresh_s = draws.fresh_s[number] if number < len(draws.fresh_s) else FOREVER
        change_s = interval * SLOT if interval < last else FOREVER
        now = min(floor.next_s[seat], leaves_s, comes_s, fresh_s, change_s)
        if now == FOREVER:
            return
        if change_s == now:
            if staff.seats[interval] > 0:
                floor.sizes[3] = interval
            interval += 1
            _fill(queue, now)
        elif floor.next_s[seat] == now:
            _finish(queue, seat)
            _fill(queue, now)
        elif leaves_s == now:
            _leave(queue, leaver)
        elif comes_s == now:
            contact = _taken(floor.coming, floor.sizes, 2, comer)
            _arrive(queue, contact)
        else:
            _arrive(queue, number)
            number += 1


@njit(cache=True)
def _first_to_leave(queue: Queue) -> tuple[int, float]:
    """Place in the line, and time, of the customer whose patience ends first."""
    draws, log, floor = queue.draws, queue.log, queue.floor
    place, soonest = -1, FOREVER
    for i in range(floor.sizes[1]):
        contact = floor.waiting[i]
        leaves_s = log.arrived_s[contact] + draws.patience_s[contact]
        if leaves_s < soonest:
            place, soonest = i, leaves_s
    return place, soonest


@njit(cache=True)
def _first_to_come(queue: Queue) -> tuple[int, float]:
    """Place and time of the customer who comes back first."""
    log, floor = queue.log, queue.floor
    place, soonest = -1, FOREVER
    for i in range(floor.sizes[2]):
        if log.arrived_s[floor.coming[i]] < soonest:
            place, soonest = i, log.arrived_s[floor.coming[i]]
    return place, soonest


@njit(cache=True)
def _taken(line: np.ndarray, sizes: np.ndarray, which: int, place: int) -> int:
    """Take the contact at `place` out of a line, which keeps its order."""
    contact = line[place]
    for i in range(place, sizes[which] - 1):
        line[i] = line[i + 1]
    sizes[which] -= 1
    return contact


@njit(cache=True)
def _arrive(queue: Queue, contact: int) -> None:
    log, floor = queue.log, queue.floor
    floor.waiting[floor.sizes[1]] = contact
    floor.sizes[1] += 1
    _fill(queue, log.arrived_s[contact])


@njit(cache=True)
def _fill(queue: Queue, now: float) -> None:
    """Give waiting customers, longest wait first, to seats with room."""
    staff, floor = queue.staff, queue.floor
    while floor.sizes[1] > 0:
        best = -1
        for seat in range(staff.seats[floor.sizes[3]]):
            if floor.open_now[seat] < staff.slots and (best < 0 or _sooner(floor, seat, best)):
                best = seat
        if best < 0:
            return
        _begin(queue, best, _taken(floor.waiting, floor.sizes, 1, 0), now)


@njit(cache=True)
def _sooner(floor: Floor, seat: int, best: int) -> bool:
    """Whether the next contact goes to `seat` before `best`: fewest open, then longest without change."""
    if floor.open_now[seat] != floor.open_now[best]:
        return floor.open_now[seat] < floor.open_now[best]
    return floor.since_s[seat] < floor.since_s[best]


@njit(cache=True)
def _begin(queue: Queue, seat: int, contact: int, now: float) -> None:
    draws, staff, log, floor = queue.draws, queue.staff, queue.log, queue.floor
    _work_until(queue, seat, now)
    interval = floor.sizes[3]
    free = np.argmin(floor.contact[seat])
    floor.contact[seat, free] = contact
    work = draws.work[contact] * draws.reason_work[log.reason[contact]]
    floor.left_s[seat, free] = work * staff.aht_s[interval] * staff.pace[interval, seat]
    floor.open_now[seat] += 1
    log.answered_s[contact] = now + staff.reaction_s
    log.agent[contact] = staff.who[interval, seat]
    _look_ahead(queue, seat, now)


@njit(cache=True)
def _work_until(queue: Queue, seat: int, now: float) -> None:
    """Let the seat's conversations go on until now, all at the speed their number allows."""
    staff, log, floor = queue.staff, queue.log, queue.floor
    open_now, passed = floor.open_now[seat], now - floor.since_s[seat]
    for i in range(staff.slots):
        contact = floor.contact[seat, i]
        if contact >= 0:
            floor.left_s[seat, i] -= passed / (1 + staff.slow_down * (open_now - 1))
            log.open_s[contact] += passed * open_now
    floor.since_s[seat] = now


@njit(cache=True)
def _look_ahead(queue: Queue, seat: int, now: float) -> None:
    """When the seat's next conversation ends if nothing is added."""
    staff, floor = queue.staff, queue.floor
    slower = 1 + staff.slow_down * (floor.open_now[seat] - 1)
    floor.next_s[seat] = now + max(floor.left_s[seat].min(), 0.0) * slower


@njit(cache=True)
def _finish(queue: Queue, seat: int) -> None:
    draws, log, floor = queue.draws, queue.log, queue.floor
    now = floor.next_s[seat]
    _work_until(queue, seat, now)
    done = np.argmin(floor.left_s[seat])
    contact = floor.contact[seat, done]
    floor.contact[seat, done], floor.left_s[seat, done] = -1, FOREVER
    floor.open_now[seat] -= 1
    log.ended_s[contact] = now
    _look_ahead(queue, seat, now)
    if log.origin[contact] != RECONNECT and draws.luck[contact] < draws.reconnect_share[log.reason[contact]]:
        _come_back(queue, contact, RECONNECT)


@njit(cache=True)
def _leave(queue: Queue, place: int) -> None:
    draws, log, floor = queue.draws, queue.log, queue.floor
    contact = _taken(floor.waiting, floor.sizes, 1, place)
    log.ended_s[contact] = log.arrived_s[contact] + draws.patience_s[contact]
    # Who was cut off calls until someone answers: the second call belongs to the first contact's story.
    if draws.luck[contact] < draws.redial_share or log.origin[contact] == RECONNECT:
        kind = RECONNECT if log.origin[contact] == RECONNECT else REDIAL
        _come_back(queue, contact, kind)


@njit(cache=True)
def _come_back(queue: Queue, contact: int, kind: int) -> None:
    """The customer returns after a pause, if the queue is then open."""
    draws, staff, log, floor = queue.draws, queue.staff, queue.log, queue.floor
    when = log.ended_s[contact] + draws.pause_s[contact]
    interval = int(when // SLOT)
    new = floor.sizes[0]
    if interval >= len(staff.seats) or staff.seats[interval] == 0 or new >= len(log.arrived_s):
        return
    log.arrived_s[new], log.parent[new], log.origin[new] = when, contact, kind
    log.reason[new] = log.reason[contact]
    floor.coming[floor.sizes[2]] = new
    floor.sizes[0] += 1
    floor.sizes[2] += 1
