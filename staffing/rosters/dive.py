"""From a mixture to a roster: the rows with the largest shares are kept, columns generated for the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.generation import Aim, Desk, Generated, generate
from staffing.rosters.master import Column, Master

SURE = 0.99
NOTHING = 1e-6
KEPT = 40  # columns per person that go into the next master
GAP = 1e-3
MOST, FEWEST = 30, 4  # rounds of generation between two fixings, as the time allows
OFTEN = 2  # people fixed at once, above which rounds are given up


@dataclass(frozen=True)
class Luck:
    """What chance adds to a share, at most `spread`."""

    rng: np.random.Generator
    spread: float

    def of(self, number: int) -> np.ndarray:
        """So many additions."""
        return self.rng.uniform(0.0, self.spread, number)


def dive(desk: Desk, found: Generated, master: Master, *, clock: Clock, luck: Luck) -> dict[int, Column]:
    """A row for everybody in the master; `luck` is added to shares before the largest is taken.

    One person is fixed between two generations, more where the clock would not last otherwise; once it
    has ended, everybody left gets the row of their largest share.
    """
    fixed: dict[int, Column] = {}
    need, step, rounds = master.need, 1, MOST
    while True:
        before = clock.now()
        chosen = _chosen(master, found.mixture.shares, step, luck)
        fixed |= {column.person: column for column in chosen}
        need = need.less(chosen)
        left = [p for p in master.people if p not in fixed]
        if not left:
            return fixed
        master = desk.master(need, left, near=found.prices, kept=KEPT)
        found = generate(desk, master, clock=clock, aim=Aim(gap=GAP, rounds=rounds), near=found.prices)
        times = max(clock.left, 0.0) / max(clock.now() - before, 1e-9)
        step = len(left) if times < 1 else max(1, round(len(left) / times))
        rounds = max(FEWEST, rounds // 2) if step > OFTEN else rounds


def _chosen(master: Master, shares: np.ndarray, step: int, luck: Luck) -> list[Column]:
    """The column of each person that is surely worked, and the next largest shares, one per person."""
    chosen: dict[int, Column] = {}
    uncertain = 0
    order = shares + np.where((shares > NOTHING) & (shares < SURE), luck.of(len(shares)), 0.0)
    for n in np.argsort(-order, kind="stable").tolist():
        column, share = master.columns[n], shares[n]
        if chosen and share < SURE and (uncertain >= step or share < NOTHING):
            break
        if column.person not in chosen:
            chosen[column.person] = column
            uncertain += share < SURE
    return list(chosen.values())
