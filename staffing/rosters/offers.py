"""What people offer at prices: everybody's best row, and the bound that follows (Lagrange).

Whatever the prices of a person at work by day and shift, within what one too few and one too many cost:
price of the need less what everybody earns at most is a bound on every legal roster's cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from staffing.rosters.pricing import TRIES, Room, best_row
from staffing.rosters.tables import SCALE, Tables


@dataclass(frozen=True)
class Offers:
    """Rows that people offer (people x days), which of them are legal, and what anyone earns at most."""

    rows: np.ndarray
    legal: np.ndarray
    earned: np.ndarray  # times SCALE
    salt: int


def offers_at(
    t: Tables,
    prices: np.ndarray,
    *,
    people: np.ndarray,
    room: Room,
    salt: int,
    tolls: np.ndarray | None = None,
    tries: int = TRIES,
) -> Offers:
    """The best rows of some people at prices (days x shifts, whole, times SCALE)."""
    rows = np.full((len(people), t.wish.shape[1]), -1)
    legal, earned = np.zeros(len(people), bool), np.zeros(len(people), np.int64)
    toll = np.zeros(len(t.least), np.int64) if tolls is None else tolls
    salt = _offer(t, people, (prices, toll), room, (salt, tries), (rows, legal, earned))
    return Offers(rows, legal, earned, salt)


@njit(cache=True)
def _offer(
    t: Tables,
    people: np.ndarray,
    at: tuple[np.ndarray, np.ndarray],
    room: Room,
    how: tuple[int, int],
    out: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> int:
    prices, tolls = at
    salt, tries = how
    rows, legal, earned = out
    for k in range(len(people)):
        earned[k], legal[k], salt = best_row(
            t, people[k], (tolls[people[k]], salt, tries), prices, room, rows[k]
        )
    return salt


def bound_of(prices: np.ndarray, need: np.ndarray, offers: Offers) -> float:
    """The bound on under, over and wishes (no constant) that follows from offers, in money."""
    return int((prices * need).sum() - offers.earned.sum()) / SCALE


def whole(prices: np.ndarray, t: Tables) -> np.ndarray:
    """Prices (money) as whole numbers times SCALE, within what one too few and one too many cost."""
    return np.clip(np.rint(prices * SCALE).astype(np.int64), -t.over, t.under)
