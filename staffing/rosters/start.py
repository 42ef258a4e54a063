"""A first legal roster: people in random order, each with their best row given those before."""

from __future__ import annotations

import numpy as np

from staffing.rosters.any_row import any_row
from staffing.rosters.pricing import TRIES, Room, best_row, legal_row
from staffing.rosters.problem import OFF
from staffing.rosters.tables import Tables

NOISE = 300  # of shifts among each other, times SCALE


def first_roster(
    t: Tables, *, room: Room, salt: int, rng: np.random.Generator
) -> tuple[np.ndarray, int, list[int]]:
    """A legal roster (people x days), the next salt, and the people without a legal row (left off)."""
    people, days, _ = t.wish.shape
    roster, here = np.full((people, days), OFF), np.zeros_like(t.need)
    without = []
    for p in rng.permutation(people).tolist():
        prices = np.where(here < t.need, t.under, -t.over).astype(np.int64)
        _, found, salt = best_row(t, p, (0, salt, TRIES), prices, room, roster[p])
        if not found and not found_legal(t, p, room=room, salt=salt, row=roster[p]):
            without.append(p)
            roster[p] = OFF
        on = np.flatnonzero(roster[p] != OFF)
        here[on, roster[p, on]] += 1
    return roster, salt, sorted(without)


def found_legal(t: Tables, p: int, *, room: Room, salt: int, row: np.ndarray) -> bool:
    """Write a legal row of person p whatever it costs; whether there is one."""
    noise = np.random.default_rng(salt).integers(0, NOISE, t.need.shape)
    found, _ = legal_row(t, p, noise, room, salt, row)
    if not found:
        exact = any_row(t, p, seed=salt)
        found = exact is not None
        row[:] = OFF if exact is None else exact
    return bool(found)
