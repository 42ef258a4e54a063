"""A first legal roster: people in random order, each with their best row given those before."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from staffing.rosters.pricing import Room, best_row
from staffing.rosters.problem import OFF
from staffing.rosters.tables import Tables


def first_roster(
    t: Tables, *, room: Room, salt: int, rng: np.random.Generator
) -> tuple[np.ndarray, int, list[int]]:
    """A legal roster (people x days), the next salt, and the people without a legal row (left off)."""
    people, days, _ = t.wish.shape
    roster, here = np.full((people, days), OFF), np.zeros_like(t.need)
    without = []
    for p in rng.permutation(people).tolist():
        found = False
        for prices in _prices(t, here, rng):
            _, found, salt = best_row(t, p, (0, salt), prices, room, roster[p])
            if found:
                break
        if not found:
            without.append(p)
            roster[p] = OFF
        on = np.flatnonzero(roster[p] != OFF)
        here[on, roster[p, on]] += 1
    return roster, salt, sorted(without)


def _prices(t: Tables, here: np.ndarray, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """What a person is worth by day and shift; should no legal row be found, none at all, then at random."""
    yield np.where(here < t.need, t.under, -t.over).astype(np.int64)
    yield np.zeros(t.need.shape, np.int64)
    for _ in range(5):
        yield rng.integers(0, 100_000, t.need.shape)
