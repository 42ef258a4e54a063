"""Prices that climb to a good bound without a linear programme, for problems too large for one.

Polyak's steps towards the known cost (Fisher 1981, Management Science 27(1)), along a direction that
keeps some of the one before. Weekends that the dynamic programme has no room to count are priced, too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.generation import Desk
from staffing.rosters.offers import Offers, bound_of, offers_at, whole
from staffing.rosters.problem import OFF
from staffing.rosters.tables import OPENS, SCALE, Tables

STEP, SHORTEN, MEMORY, PATIENCE = 0.6, 0.75, 0.7, 8
REACH = 0.1  # how far above the best bound a step aims, where the known cost is farther


@dataclass(frozen=True)
class Climbed:
    """The best bound (no constant), its prices (money), and the steps taken."""

    bound: float
    prices: np.ndarray
    steps: int


def climb(
    desk: Desk, *, need: np.ndarray, cost: float, clock: Clock, begin: np.ndarray, steps: int = 10_000
) -> Climbed:
    """The best bound on the cost of everybody's rosters that prices reach in the time; at least one step."""
    t, people = desk.t, np.arange(len(desk.t.least))
    prices, tolls = begin.astype(float), np.zeros(len(people))
    along, best, kept, step, waited, taken = np.zeros_like(prices), -np.inf, prices, STEP, 0, 0
    while taken < steps and (taken == 0 or clock.left > 0):
        asked = whole(prices, t)
        fees = np.rint(tolls * SCALE).astype(np.int64)
        offers = offers_at(t, asked, people=people, room=desk.room, salt=desk.salt, tolls=fees, tries=1)
        desk.salt = offers.salt
        value = bound_of(asked, need, offers)
        taken, waited = taken + 1, waited + 1
        if value > best:
            best, kept, waited = value, asked / SCALE, 0
        if waited >= PATIENCE:
            step, waited, prices = step * SHORTEN, 0, kept.copy()
        short, excess = need - _offered(t, offers), _weekends(t, offers) - t.weekends
        along = MEMORY * along + (1 - MEMORY) * short
        norm = float((along**2).sum())
        if norm < 1e-9 or cost - value < 1e-3:
            break
        rise = min(cost - value, best - value + REACH * max(abs(best), 1.0))
        size = step * rise / norm
        prices = np.clip(prices + size * along, -t.over / SCALE, t.under / SCALE)
        tolls = np.maximum(tolls + size * excess, 0.0)
    return Climbed(best, kept, taken)


def _offered(t: Tables, offers: Offers) -> np.ndarray:
    """People who offer each shift, by day and shift."""
    here = np.zeros(t.need.shape)
    _, days = np.nonzero(offers.rows != OFF)
    np.add.at(here, (days, offers.rows[offers.rows != OFF]), 1)
    return here


def _weekends(t: Tables, offers: Offers) -> np.ndarray:
    """Weekends each person offers to work."""
    number = np.cumsum(t.weekend == OPENS)[t.weekend > 0]
    at_work = (offers.rows != OFF)[:, t.weekend > 0]
    weekends = np.arange(number.max(initial=0) + 1)
    return ((at_work[:, :, None] & (number[None, :, None] == weekends)).any(axis=1)).sum(axis=1)
