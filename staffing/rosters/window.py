"""A person's best days within a window, all other days and people as they are."""

from __future__ import annotations

import numpy as np
from numba import njit

from staffing.rosters.kernel import backwards, begins_weekend, best_of_groups, counters, walk
from staffing.rosters.pricing import Room, keep_best_days
from staffing.rosters.tables import JOINS, NEVER, OPENS, Tables

NONE = np.empty(0, np.int64)
TRIES = 8


@njit(cache=True)
def gain(t: Tables, p: int, d: int, s: int, here: np.ndarray) -> int:
    """What it saves when person p works shift s on day d, given the people already there."""
    if here[d, s] < t.need[d, s]:
        return int(t.under[d, s]) - int(t.wish[p, d, s])
    return -int(t.over[d, s]) - int(t.wish[p, d, s])


@njit(cache=True)
def leave(t: Tables, p: int, span: tuple[int, int], roster: np.ndarray, here: np.ndarray) -> int:
    """Take person p out of a window (`roster` is left as it is); what that costs."""
    lost = 0
    for d in range(span[0], span[1]):
        s = roster[p, d]
        if s >= 0:
            here[d, s] -= 1
            lost += gain(t, p, d, s, here)
    return lost


@njit(cache=True)
def join(row: np.ndarray, p: int, span: tuple[int, int], roster: np.ndarray, here: np.ndarray) -> None:
    """Put person p on the days of a window."""
    for d in range(span[0], span[1]):
        s = row[d - span[0]]
        roster[p, d] = s
        if s >= 0:
            here[d, s] += 1


@njit(cache=True)
def best_window(
    t: Tables,
    p: int,
    span: tuple[int, int, int],
    roster: np.ndarray,
    here: np.ndarray,
    room: Room,
    row: np.ndarray,
) -> tuple[int, int]:
    """What person p saves at most by the days from span[0] to span[1], and the next salt.

    `here` must not count the person there. NEVER when no legal row was found; span[2] is the salt.
    """
    first, end, salt = span
    n = end - first
    worth = room.worth[:n]
    for d in range(n):
        for s in range(worth.shape[1]):
            worth[d, s] = gain(t, p, first + d, s, here)
    left = _left_of_caps(t, p, (first, end), roster, worth)
    for _ in range(TRIES):
        found, salt = _solved(t, p, (first, end, salt), roster, room, row)
        if found < NEVER // 2:
            return NEVER, salt
        over = _over(row[:n], left)
        if over < 0:
            return found, salt
        keep_best_days(worth[:, over], row[:n] == over, left[over])
    return NEVER, salt


@njit(cache=True)
def _left_of_caps(
    t: Tables, p: int, span: tuple[int, int], roster: np.ndarray, worth: np.ndarray
) -> np.ndarray:
    """How often each shift may be worked in a window; forbids those that are used up."""
    left = t.cap[p].copy()
    for d in range(roster.shape[1]):
        if roster[p, d] >= 0 and not span[0] <= d < span[1]:
            left[roster[p, d]] -= 1
    for s in range(len(left)):
        if left[s] <= 0:
            worth[:, s] = NEVER
    return left


@njit(cache=True)
def _over(row: np.ndarray, left: np.ndarray) -> int:
    """A shift worked more often than is left of it, or -1."""
    used = np.zeros(len(left), np.int64)
    for s in row:
        if s >= 0:
            used[s] += 1
            if used[s] > left[s]:
                return s
    return -1


@njit(cache=True)
def _outside(
    t: Tables, p: int, span: tuple[int, int], roster: np.ndarray
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Person p's states as they come into a window and now leave it; units and weekends outside it."""
    m = t.machine[p]
    q, units, weekends = t.start[m], 0, 0
    entry, leaving = q, q
    for d in range(roster.shape[1]):
        if d == span[0]:
            entry = q
        if d == span[1]:
            leaving = q
        s = roster[p, d]
        if s >= 0 and not span[0] <= d < span[1]:
            units += t.units[t.group_of[s]]
            weekends += begins_weekend(t, m, d, q)
        q = t.step[m, q, s + 1]
    return (entry, leaving), (units, weekends)


@njit(cache=True)
def _more_weekends(t: Tables, p: int, day: int, at: tuple[int, int], row: np.ndarray) -> int:
    """Weekends that the days from `day` on have more when they follow state at[0] instead of at[1].

    NEVER when the days of `row` must not follow the state. Two states soon meet, and then nothing differs.
    """
    m, days = t.machine[p], len(row)
    q, usual = at
    if q == usual or day == days:
        return 0
    more = 0
    if row[day] >= 0:
        more = int(begins_weekend(t, m, day, q)) - int(begins_weekend(t, m, day, usual))
    for d in range(day, days):
        q, usual = t.step[m, q, row[d] + 1], t.step[m, usual, row[d] + 1]
        if q < 0:
            return NEVER
        if q == usual:
            break
    return more


@njit(cache=True)
def _solved(
    t: Tables, p: int, span: tuple[int, int, int], roster: np.ndarray, room: Room, row: np.ndarray
) -> tuple[int, int]:
    """Fill the row of a window (`room.worth` says what its shifts earn); what it saves, and the salt."""
    first, end, salt = span
    m, n = t.machine[p], end - first
    (entry, leaving), (units, weekends) = _outside(t, p, (first, end), roster)
    low, high = max(t.least[p] - units, 0), min(t.most[p] - units, n * t.units.max()) + 1
    free = t.weekends[p] - weekends
    bump = counters(min(max(free, 0), _weekends_of(t, first, end)), NONE, NONE, len(t.units))
    cells = (n + 1) * t.states[m] * bump.shape[1] * high
    if high <= low or cells > len(room.value):
        return NEVER, salt
    value = room.value[:cells].reshape((n + 1, t.states[m], bump.shape[1], high))
    value[n] = NEVER
    for q in range(t.states[m]):
        more = _more_weekends(t, p, end, (q, leaving), roster[p])
        if more > NEVER and free >= more:
            value[n, q, : free - more + 1, low:] = 0
    best, pick = room.best[:n], room.pick[:n]
    best_of_groups(t, p, first, room.worth[:n], best, pick)
    backwards(t, m, (first, 0, low), best, bump, value)
    found = int(value[0, entry, 0, 0])
    if found >= NEVER // 2:
        salt = walk(t, m, (first, 0, entry, 0), (best, pick, bump, value), salt, row)
    return found, salt


@njit(cache=True)
def _weekends_of(t: Tables, first: int, end: int) -> int:
    """Weekends that lie in a window, in part or whole."""
    found = 0
    for d in range(first, end):
        found += t.weekend[d] == OPENS or (t.weekend[d] == JOINS and d == first)
    return found
