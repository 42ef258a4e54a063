"""Best rows of days by dynamic programming: backwards over days, states, counters and units of work.

`value[d, q, c, u]` is the most that days d and later can earn from state q of the machine, with counters
at c and u units worked so far. Values are whole numbers, so that sums are exact and a bound made of them
is one. Units are the last axis: an arc moves a whole row of them at once.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from staffing.rosters.tables import JOINS, NEVER, OPENS, Tables


@njit(cache=True)
def best_of_groups(
    t: Tables, p: int, first: int, worth: np.ndarray, best: np.ndarray, pick: np.ndarray
) -> None:
    """The best shift of each group by day (`pick`) and what it earns (`best`); group 0 is the day off.

    `worth` is days x shifts from day `first`, NEVER where a shift may not be worked.
    """
    for d in range(len(worth)):
        best[d, 0], pick[d, 0] = 0, -1
        for g in range(1, len(t.units)):
            best[d, g] = NEVER
            for k in range(t.first_member[g], t.first_member[g + 1]):
                s = t.member[k]
                if t.allowed[p, first + d, s] and worth[d, s] > best[d, g]:
                    best[d, g], pick[d, g] = worth[d, s], s


@njit(cache=True)
def counters(weekends: int, groups: np.ndarray, caps: np.ndarray, count: int) -> np.ndarray:
    """Where counters go: row 0 when a weekend is begun, row g when a shift of group g is worked; -1 is full.

    Counters are one number: weekends (0 to `weekends`, or not counted when negative), then the shifts of
    each of `groups` (0 to its cap). `count` is the number of groups with the day off.
    """
    base = max(weekends, 0) + 1
    size = base
    for cap in caps:
        size *= cap + 1
    bump = np.empty((count, size), np.int64)
    for row in range(count):
        for c in range(size):
            bump[row, c] = c
    if weekends >= 0:
        for c in range(size):
            bump[0, c] = c + 1 if c % base < weekends else -1
    for k in range(len(groups)):
        for c in range(size):
            bump[groups[k], c] = c + base if c // base % (caps[k] + 1) < caps[k] else -1
        base *= caps[k] + 1
    return bump


@njit(cache=True)
def _take(here: np.ndarray, there: np.ndarray, earns: int) -> None:
    """Raise `here` to what an arc earns that leads to `there`; both begin at their first unit of use."""
    earned = np.int32(earns)
    for u in range(min(len(here), len(there))):
        x = np.int32(there[u] + earned)
        here[u] = x if x > here[u] else here[u]


@njit(cache=True)
def begins_weekend(t: Tables, m: int, day: int, q: int) -> bool:
    """Whether work on `day` from state q begins a weekend with work."""
    return t.weekend[day] == OPENS or (t.weekend[day] == JOINS and not t.worked[m, q])


@njit(cache=True)
def backwards(
    t: Tables, m: int, span: tuple[int, int, int], best: np.ndarray, bump: np.ndarray, value: np.ndarray
) -> None:
    """Fill `value` from its last layer back to the first.

    Span is (first day, price of a weekend begun, least units at the end): units that cannot have been
    worked by a day, or leave too many to be worked after it, are passed over.
    """
    first, toll, least = span
    n, longest = len(best), t.units.max()
    for d in range(n - 1, -1, -1):
        low, high = max(least - (n - d) * longest, 0), min(d * longest + 1, value.shape[3])
        for q in range(t.states[m]):
            begins = begins_weekend(t, m, first + d, q)
            for c in range(bump.shape[1]):
                value[d, q, c] = NEVER
                here = value[d, q, c, low:high]
                for k in range(t.first_arc[m, q], t.first_arc[m, q + 1]):
                    g = t.arc_group[m, k]
                    after, earns = c, best[d, g]
                    if earns == NEVER:
                        continue
                    if g > 0:
                        after = bump[g, c]
                        if begins:
                            after = bump[0, after] if after >= 0 else -1
                            earns -= toll
                        if after < 0:
                            continue
                    _take(here, value[d + 1, t.arc_to[m, k], after, low + t.units[g] :], earns)


@njit(cache=True)
def shuffled(salt: int) -> int:
    """The next salt (xorshift, Marsaglia 2003); a fixed salt gives a fixed row."""
    x = salt
    x ^= x << 13
    x ^= (x >> 7) & 0x01FFFFFFFFFFFFFF
    x ^= x << 17
    return x & 0x7FFFFFFFFFFFFFFF


@njit(cache=True)
def walk(
    t: Tables,
    m: int,
    span: tuple[int, int, int, int],
    arrays: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
    salt: int,
    row: np.ndarray,
) -> int:
    """Write the best row from (first day, toll, state, units); equals are drawn by salt. Gives the salt."""
    first, toll, q, u = span
    best, pick, bump, value = arrays
    c = 0
    for d in range(len(best)):
        aim, equals, chosen = value[d, q, c, u], 0, (0, 0, 0)
        begins = begins_weekend(t, m, first + d, q)
        for k in range(t.first_arc[m, q], t.first_arc[m, q + 1]):
            g = t.arc_group[m, k]
            after, earns = c, best[d, g]
            if earns == NEVER or u + t.units[g] >= value.shape[3]:
                continue
            if g > 0:
                after = bump[g, c]
                if begins:
                    after = bump[0, after] if after >= 0 else -1
                    earns -= toll
                if after < 0:
                    continue
            if earns + value[d + 1, t.arc_to[m, k], after, u + t.units[g]] == aim:
                equals += 1
                salt = shuffled(salt)
                if salt % equals == 0:
                    chosen = (g, t.arc_to[m, k], after)
        row[d] = pick[d, chosen[0]]
        u += t.units[chosen[0]]
        q, c = chosen[1], chosen[2]
    return salt
