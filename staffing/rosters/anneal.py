"""Annealed ruin and recreate: two people leave a window of days and come back by their best days in turn.

Each best day given all others is exact (`staffing.rosters.window`), equals are drawn at random; the two
together need not be the best pair, which is where the change comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numba import njit

from staffing.rosters.kernel import shuffled
from staffing.rosters.pricing import Room
from staffing.rosters.tables import NEVER, SCALE, Tables
from staffing.rosters.window import best_window, join, leave

MOVES = 50  # between two looks at the clock


@dataclass(frozen=True)
class Cooling:
    """Temperature (money) falls from `hot` to `cold` by the same factor per share of the time."""

    hot: float = 10.0
    cold: float = 0.3
    shortest: int = 4  # days of a window
    longest: int = 21

    def at(self, share: float) -> float:
        """Temperature once a share of the time is over."""
        return float(self.hot * (self.cold / self.hot) ** min(max(share, 0.0), 1.0))


@njit(cache=True)
def _pair(
    t: Tables,
    pair: tuple[int, int],
    span: tuple[int, int, int],
    state: tuple[np.ndarray, np.ndarray],
    room: Room,
    kept: np.ndarray,
    row: np.ndarray,
) -> tuple[int, int]:
    """Re-roster a pair over a window; the change in cost, NEVER when one of them has no legal days."""
    first, end, salt = span
    roster, here = state
    change, count = 0, min(2, len(roster))
    for k in range(count):
        kept[k, : end - first] = roster[pair[k], first:end]
        change += leave(t, pair[k], (first, end), roster, here)
    for k in range(count):
        saves, salt = best_window(t, pair[k], (first, end, salt), roster, here, room, row)
        if saves < NEVER // 2:
            saves, change = 0, -NEVER
            join(kept[k], pair[k], (first, end), roster, here)
        else:
            join(row, pair[k], (first, end), roster, here)
        change -= saves
    return change, salt


@njit(cache=True)
def _cool(
    t: Tables, plan: tuple[int, float, int, int], state: tuple[np.ndarray, np.ndarray], room: Room, salt: int
) -> tuple[int, int]:
    """So many moves at one temperature; the change in cost, and the salt."""
    moves, heat, shortest, longest = plan
    roster, here = state
    people, days = roster.shape
    kept, row = np.empty((2, days), np.int64), np.empty(days, np.int64)
    total = 0
    for _ in range(moves):
        salt = shuffled(salt)
        a = salt % people
        b = (a + 1 + salt // people % max(people - 1, 1)) % people
        salt = shuffled(salt)
        n = min(shortest + salt % (longest - shortest + 1), days)
        salt = shuffled(salt)
        first = salt % (days - n + 1)
        change, salt = _pair(t, (a, b), (first, first + n, salt), state, room, kept, row)
        salt = shuffled(salt)
        luck = (salt >> 10) / 9007199254740992.0
        if change <= 0 or luck < np.exp(-change / heat):
            total += change
            continue
        for k in range(min(2, people)):
            p = a if k == 0 else b
            leave(t, p, (first, first + n), roster, here)
            join(kept[k], p, (first, first + n), roster, here)
    return total, salt


def anneal(
    t: Tables, roster: np.ndarray, *, room: Room, salt: int, cooling: Cooling, share: Callable[[], float]
) -> tuple[np.ndarray, int]:
    """A legal roster cooled from a legal one while `share` (of the time) is below 1, and the next salt."""
    roster = roster.copy()
    here = np.zeros_like(t.need)
    _, days = np.nonzero(roster >= 0)
    np.add.at(here, (days, roster[roster >= 0]), 1)
    while (now := share()) < 1.0:
        plan = (MOVES, cooling.at(now) * SCALE, cooling.shortest, cooling.longest)
        _, salt = _cool(t, plan, (roster, here), room, salt)
    return roster, salt
