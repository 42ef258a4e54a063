"""Some people's rows at a time, by column generation and the rows' integer programme.

The bound of the small problem says when nothing can be saved there, and its reduced costs which rows
cannot be in a cheaper roster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.generation import Aim, Desk, Generated, generate
from staffing.rosters.master import Column, Master, Need
from staffing.rosters.pool import best_of_pool
from staffing.rosters.tables import SCALE

KEPT = 25  # rows per person from earlier masters
ROUNDS = 60  # of generation: a few people of many have prices that never settle


@dataclass(frozen=True)
class Tried:
    """What came of a neighbourhood: the rows now, and whether their integer programme was solved.

    None when there was none, because the bound says that nothing can be saved.
    """

    rows: dict[int, Column]
    solved: bool | None


def retry(desk: Desk, need: Need, now: dict[int, Column], *, near: np.ndarray, clock: Clock) -> Tried:
    """The best rows found for the people of `now`, who meet `need`; never dearer than they are."""
    master = desk.master(need, list(now), near=near, kept=KEPT)
    for column in now.values():
        master.add(column)
    cost = need.price(now.values())
    found = generate(desk, master, clock=clock, aim=Aim(gap=1e-3, cutoff=cost - 1 + 1e-6, rounds=ROUNDS))
    if found.bound > cost - 1 + 1e-6 or clock.left <= 0:
        return Tried(now, None)
    columns = _useful(desk, master, found, spare=cost - found.bound)
    columns += [column for column in now.values() if column not in columns]
    if (seconds := clock.left) <= 0:  # offers take time, too
        return Tried(now, None)
    picked = best_of_pool(need, columns, now=now, seconds=seconds)
    return Tried(picked.rows, picked.optimal)


def _useful(desk: Desk, master: Master, found: Generated, *, spare: float) -> list[Column]:
    """The columns that may be in a roster cheaper by at most `spare` than the bound's."""
    people = np.array(master.people)
    asked = np.rint(found.prices * SCALE).astype(np.int64)
    earned = desk.offers(asked, people).earned / SCALE
    most = dict(zip(people.tolist(), earned.tolist()))
    return [c for c in master.columns if most[c.person] + c.reduced(asked / SCALE) <= spare + 1e-6]
