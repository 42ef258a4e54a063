"""A whole roster made better by neighbourhoods, drawn by how dear people's rows are at the bound's prices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.generation import Desk
from staffing.rosters.master import Column, Need
from staffing.rosters.neighbourhood import retry
from staffing.rosters.tables import SCALE

FIRST = 6  # people in the first neighbourhoods
FEWEST = 3


@dataclass(frozen=True)
class Whole:
    """The problem as the polish sees it: need of everybody, prices to begin around, cost that ends it."""

    need: Need
    near: np.ndarray
    enough: float


def polish(
    desk: Desk, whole: Whole, rows: dict[int, Column], *, rng: np.random.Generator, clock: Clock
) -> Iterator[dict[int, Column]]:
    """Better and better rows for everybody, until the cost is enough or the time over."""
    size, dear, failed = FIRST, _dearness(desk, whole, rows), 0
    cost = whole.need.price(rows.values())
    while clock.left > 0 and cost > whole.enough + 0.5:
        people = _drawn(rng, dear, size)
        others = [column for p, column in rows.items() if p not in people]
        tried = retry(
            desk, whole.need.less(others), {p: rows[p] for p in people}, near=whole.near, clock=clock
        )
        failed += tried.solved is None
        size = _next_size(size, tried.solved, failed)
        size = min(size, len(rows))
        rows = rows | tried.rows
        now = whole.need.price(rows.values())
        if now < cost - 0.5:
            dear = _dearness(desk, whole, rows)
        cost = now
        yield rows


def _next_size(size: int, solved: bool | None, failed: int) -> int:
    """Larger after a solved one, or every second without hope; smaller after one that was given up."""
    if solved is None:
        return size + failed % 2
    return size + 1 if solved else max(FEWEST, size - 1)


def _drawn(rng: np.random.Generator, dear: np.ndarray, size: int) -> list[int]:
    """About `size` people: half the time any, half the time rather those whose rows are dear."""
    number = min(len(dear), int(rng.integers(max(FEWEST, size - 2), size + 3)))
    weight = None if rng.random() < 0.5 else dear / dear.sum()
    return rng.choice(len(dear), number, replace=False, p=weight).tolist()


def _dearness(desk: Desk, whole: Whole, rows: dict[int, Column]) -> np.ndarray:
    """By person: how much more their row costs, at the bound's prices, than the best they could offer."""
    asked = np.rint(whole.near * SCALE).astype(np.int64)
    earned = desk.offers(asked, np.arange(len(rows))).earned / SCALE
    reduced = np.array([rows[p].reduced(asked / SCALE) for p in range(len(rows))])
    return np.maximum(earned + reduced, 0.0) + 0.5
