"""A person's best row over the whole horizon, and a bound on what any legal row can earn.

Weekends and caps on kinds of shift multiply the states, so a cap is counted only once a row breaks it.
What does not fit the room is not counted but forbidden where the last row earns least: the row is legal
then, and the bound stays the one without the cap, which is a bound all the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from staffing.rosters.kernel import backwards, begins_weekend, best_of_groups, counters, walk
from staffing.rosters.tables import NEVER, Tables

TRIES = 40  # solves before a person's row is given up
FINED = 60  # solves with fines before that
MENDED, MENDS = 6, 12  # solves with fines between two mends, and solves of a mend
FINE = 100  # for each shift or weekend too many, at first, times SCALE


class Room(NamedTuple):
    """Arrays to work in, and the caps that were broken of late (people x shifts)."""

    value: np.ndarray
    best: np.ndarray
    pick: np.ndarray
    worth: np.ndarray
    tight: np.ndarray


def room_for(t: Tables, *, cells: int) -> Room:
    """Room for dynamic programmes of up to so many cells (4 bytes each)."""
    people, days, shifts = t.wish.shape
    groups = len(t.units)
    return Room(
        np.empty(cells, np.int32),
        np.empty((days, groups), np.int64),
        np.empty((days, groups), np.int64),
        np.empty((days, shifts), np.int64),
        np.zeros((people, shifts), np.bool_),
    )


@njit(cache=True)
def best_row(
    t: Tables, p: int, at: tuple[int, int, int], prices: np.ndarray, room: Room, row: np.ndarray
) -> tuple[int, bool, int]:
    """The most a row of person p earns at `prices` (days x shifts) less its wishes, and such a row.

    `at` is (price of a weekend when there is no room to count them, salt, solves allowed). Gives a bound
    that holds for all legal rows, whether `row` is legal, and the next salt.
    """
    toll, salt, tries = at
    room.worth[:] = prices - t.wish[p]
    bound, relaxed, anew = -NEVER, True, False
    weekends = t.weekends[p] if _fits(t, p, t.weekends[p], room) else -1
    for _ in range(tries):
        found, salt, fits = _solved(t, p, (weekends, toll, salt), room, row)
        if relaxed:
            bound = min(bound, found)
        if found < NEVER // 2:
            return bound, False, salt
        over = _over(t, p, row)
        if over < 0:
            _loosen(t, p, room, row)
            return bound, True, salt
        if over < len(t.group_of) and not fits and not anew:
            room.tight[p], anew = False, True
        if over < len(t.group_of) and (fits or anew) and not room.tight[p, over]:
            room.tight[p, over] = True
        else:
            relaxed = False
            _forbid(t, p, over, room.worth, row)
    return bound, False, salt


@njit(cache=True)
def _loosen(t: Tables, p: int, room: Room, row: np.ndarray) -> None:
    """Forget the caps that a row leaves slack: counted for ever, they would fill the room."""
    for s in range(t.cap.shape[1]):
        if room.tight[p, s] and (row == s).sum() < t.cap[p, s]:
            room.tight[p, s] = False


@njit(cache=True)
def legal_row(
    t: Tables, p: int, noise: np.ndarray, room: Room, salt: int, row: np.ndarray
) -> tuple[bool, int]:
    """Write any legal row of person p, earning little; whether there is one that is found, and the salt.

    Shifts and weekends worked too often are fined more from solve to solve, those with slack less, until
    a row keeps to all caps. `noise` (days x shifts) tells rows apart. No row at all ends it at once.
    """
    fines, toll, mended = np.zeros(t.cap.shape[1], np.int64), 0, np.empty_like(row)
    room.tight[p] = False
    for k in range(FINED):
        fine = max(FINE // (1 + k // 8), 1)
        room.worth[:] = noise - fines
        found, salt, _ = _solved(t, p, (-1, toll, salt), room, row)
        if found < NEVER // 2:
            return False, salt
        over = _over(t, p, row)
        if over >= 0 and k % MENDED == MENDED - 1:
            found, salt = _mended(t, p, (toll, salt), room, mended)
            if found:
                row[:] = mended
                return True, salt
        if over < 0:
            return True, salt
        for s in range(len(fines)):
            fines[s] = max(fines[s] + fine * ((row == s).sum() - t.cap[p, s]), 0)
        toll = max(toll + fine * (weekends_worked(t, p, row) - t.weekends[p]), 0)
    return False, salt


@njit(cache=True)
def _mended(t: Tables, p: int, at: tuple[int, int], room: Room, row: np.ndarray) -> tuple[bool, int]:
    """Write a legal row that earns much in `room.worth` by forbidding what is too often; `at` is toll, salt.

    Whether there was one within MENDS solves, and the next salt.
    """
    toll, salt = at
    for _ in range(MENDS):
        found, salt, _ = _solved(t, p, (-1, toll, salt), room, row)
        if found < NEVER // 2:
            return False, salt
        over = _over(t, p, row)
        if over < 0:
            return True, salt
        _forbid(t, p, over, room.worth, row)
    return False, salt


@njit(cache=True)
def _fits(t: Tables, p: int, weekends: int, room: Room) -> bool:
    size = (t.wish.shape[1] + 1) * t.states[t.machine[p]] * (weekends + 1) * (t.most[p] + 1)
    return size <= len(room.value)


@njit(cache=True)
def _solved(
    t: Tables, p: int, how: tuple[int, int, int], room: Room, row: np.ndarray
) -> tuple[int, int, bool]:
    """Solve with the caps in `room.tight` that fit; what it earns, the salt, and whether one more may fit."""
    weekends, toll, salt = how
    toll = 0 if weekends >= 0 else toll
    m, days, high = t.machine[p], t.wish.shape[1], t.most[p] + 1
    cells = (days + 1) * t.states[m] * (max(weekends, 0) + 1) * high
    groups, caps = np.empty(len(t.group_of), np.int64), np.empty(len(t.group_of), np.int64)
    n, fits = 0, True
    for s in range(len(t.group_of)):
        if room.tight[p, s]:
            if cells * (t.cap[p, s] + 1) <= len(room.value):
                cells *= t.cap[p, s] + 1
                groups[n], caps[n] = t.group_of[s], t.cap[p, s]
                n += 1
            else:
                fits = False
    best_of_groups(t, p, 0, room.worth, room.best, room.pick)
    bump = counters(weekends, groups[:n], caps[:n], len(t.units))
    value = room.value[:cells].reshape((days + 1, t.states[m], bump.shape[1], high))
    _may_end(t, p, (weekends, toll), value[days])
    backwards(t, m, (0, toll, t.least[p]), room.best, bump, value)
    found = int(value[0, t.start[m], 0, 0])
    if found >= NEVER // 2:
        arrays = (room.best, room.pick, bump, value)
        salt = walk(t, m, (0, toll, t.start[m], 0), arrays, salt, row)
    return found + toll * t.weekends[p], salt, fits


@njit(cache=True)
def _may_end(t: Tables, p: int, how: tuple[int, int], last: np.ndarray) -> None:
    """Fill the last layer: nought where the days after may follow, less the price of their weekends."""
    weekends, toll = how
    base = max(weekends, 0) + 1
    last[:] = NEVER
    for q in range(len(last)):
        more = t.ends[p, q]
        for c in range(last.shape[1]):
            if more > NEVER and (weekends < 0 or c % base + more <= weekends):
                last[q, c, t.least[p] :] = -toll * more


@njit(cache=True)
def _over(t: Tables, p: int, row: np.ndarray) -> int:
    """A shift worked too often, or the number of shifts when it is the weekends, or -1."""
    for s in range(t.cap.shape[1]):
        if t.allowed[p, :, s].any() and (row == s).sum() > t.cap[p, s]:
            return s
    return t.cap.shape[1] if weekends_worked(t, p, row) > t.weekends[p] else -1


@njit(cache=True)
def weekends_worked(t: Tables, p: int, row: np.ndarray) -> int:
    """Weekends with work in a row, and in the days after it."""
    m = t.machine[p]
    q, found = t.start[m], 0
    for d in range(len(row)):
        found += row[d] >= 0 and begins_weekend(t, m, d, q)
        q = t.step[m, q, row[d] + 1]
    return int(found + t.ends[p, q])


@njit(cache=True)
def _forbid(t: Tables, p: int, over: int, worth: np.ndarray, row: np.ndarray) -> None:
    """Leave a shift, or weekends, only where the row earns most with them."""
    if over < t.cap.shape[1]:
        keep_best_days(worth[:, over], row == over, t.cap[p, over])
        return
    days, first = len(row), np.cumsum(t.weekend == 1)
    gain = np.full(first[-1] + 1, NEVER)
    for d in range(days):
        if t.weekend[d] > 0 and row[d] >= 0:
            gain[first[d]] = max(gain[first[d]], 0) + worth[d, row[d]]
    kept = np.argsort(-gain)[: t.weekends[p]]
    for d in range(days):
        if t.weekend[d] > 0 and not (kept == first[d]).any():
            worth[d] = NEVER


@njit(cache=True)
def keep_best_days(worth: np.ndarray, worked: np.ndarray, most: int) -> None:
    """Forbid a shift (`worth` by day) on all but the `most` worked days where it earns most."""
    gain = np.where(worked, worth, NEVER)
    kept = np.argsort(-gain)[: max(most, 0)]
    for d in range(len(worth)):
        if not (kept == d).any():
            worth[d] = NEVER
