"""A first legal roster: people in random order, each with their best row given those before.

Whoever has tight caps gets any legal row: by fines, which take a moment, and in turn with them by CP-SAT,
longer from one attempt to the next while there is time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.any_row import Sought, any_row
from staffing.rosters.clock import Clock
from staffing.rosters.pricing import TRIES, Room, best_row, legal_row
from staffing.rosters.problem import OFF
from staffing.rosters.tables import Tables

NOISE = 10_000  # of shifts among each other, times SCALE: wide, so that fines move few days at a time
DRAWS = 10  # of noise, before CP-SAT is asked
EFFORT, MORE = 1.0, 3.0  # CP-SAT's deterministic seconds at first, and by how much they grow


@dataclass(frozen=True)
class Start:
    """A roster (people x days), the next salt, who has no legal row, and who was not given one in time.

    Both kinds of people are left off.
    """

    roster: np.ndarray
    salt: int
    without: tuple[int, ...]
    late: tuple[int, ...]


def first_roster(t: Tables, *, room: Room, salt: int, rng: np.random.Generator, clock: Clock) -> Start:
    """A legal roster for everybody who has one; quick rows also when the clock has ended."""
    people, days, _ = t.wish.shape
    roster, here = np.full((people, days), OFF), np.zeros_like(t.need)
    failed: dict[int, bool] = {}
    for p in rng.permutation(people).tolist():
        prices = np.where(here < t.need, t.under, -t.over).astype(np.int64)
        _, legal, salt = best_row(t, p, (0, salt, TRIES), prices, room, roster[p])
        if not legal:
            sought = legal_found(t, p, room=room, salt=salt, clock=clock)
            roster[p] = OFF if sought.row is None else sought.row
            failed |= {} if sought.row is not None else {p: sought.certain}
        on = np.flatnonzero(roster[p] != OFF)
        here[on, roster[p, on]] += 1
    without, late = (sorted(p for p in failed if failed[p] is certain) for certain in (True, False))
    return Start(roster, salt, tuple(without), tuple(late))


def legal_found(t: Tables, p: int, *, room: Room, salt: int, clock: Clock) -> Sought:
    """Any legal row of person p, whatever it costs; at least one attempt of each kind."""
    rng, row, effort = np.random.default_rng(salt), np.full(t.wish.shape[1], OFF), EFFORT
    while True:
        for _ in range(DRAWS):
            found, salt = legal_row(t, p, rng.integers(0, NOISE, t.need.shape), room, salt, row)
            if found:
                return Sought(row, certain=True)
        sought = any_row(t, p, seed=salt, effort=effort)
        effort = min(effort * MORE, max(clock.left, EFFORT))
        if sought.certain or clock.left <= 0:
            return sought
