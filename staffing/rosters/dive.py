"""From a mixture to a roster: the rows with the largest shares are kept, columns generated for the rest.

The mixture says what everybody's rows cost at least. Columns are generated only once the people fixed so
far have made it dearer than that, so that most fixings take no more than a few steps of the dual simplex.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.generation import Aim, Desk, Generated, generate
from staffing.rosters.master import Column, Master

SURE = 0.9
NOTHING = 1e-6
GAP = 1e-3
LEAN = 12  # columns per person that go into the master of a dive, besides those of the mixture
ROUNDS = 12  # of generation at most between two fixings
GROWN, GONE = 2.0, 0.6  # a master is made anew when so many times larger, or for this share of its people


@dataclass(frozen=True)
class Luck:
    """What chance adds to a share, at most `spread`; `slack` is money that fixings may lose unasked."""

    rng: np.random.Generator
    spread: float
    slack: float

    def of(self, number: int) -> np.ndarray:
        """So many additions."""
        return self.rng.uniform(0.0, self.spread, number)


def dive(desk: Desk, found: Generated, master: Master, *, clock: Clock, luck: Luck) -> dict[int, Column]:
    """A row for everybody in the master, in the order of fixing.

    One person is fixed at a time, with those who are sure; each generation may take the time that lets
    everybody have a turn. Where even a round takes longer more people are fixed at once, and once the
    clock has ended everybody left gets the row of their largest share.
    """
    fixed: dict[int, Column] = {}
    of, level, step, turns = _lean(desk, found, master), found.mixture.cost, 1, 0
    size, people, mixture = len(of.columns), len(of.people), of.solve()
    while True:
        before = clock.now()
        chosen = _chosen(of, mixture.shares, step, luck)
        fixed |= {column.person: column for column in chosen}
        of.fix(chosen)
        if not of.people:
            return fixed
        turns, spent = turns + 1, sum(column.price for column in fixed.values())
        left = max(len(of.people) * turns / len(fixed), 1.0)
        aim = Aim(gap=GAP, rounds=ROUNDS, enough=level - spent + luck.slack)
        found = generate(desk, of, clock=clock.part(1 / left), aim=aim, near=found.prices)
        mixture, level = found.mixture, max(level, found.mixture.cost + spent)
        if len(of.columns) > GROWN * size or len(of.people) < GONE * people:
            of = _lean(desk, found, of)
            size, people, mixture = len(of.columns), len(of.people), of.solve()
        times = max(clock.left, 0.0) / max(clock.now() - before, 1e-9)
        step = len(of.people) if times < 1 else max(1, round(left / times))


def _lean(desk: Desk, found: Generated, master: Master) -> Master:
    """A master over the same people with the columns of the mixture and a few more."""
    of, free = desk.master(master.need, list(master.people), near=found.prices, kept=LEAN), set(master.people)
    for column, share in zip(master.columns, found.mixture.shares):
        if share > NOTHING and column.person in free:
            of.add(column)
    return of


def _chosen(master: Master, shares: np.ndarray, step: int, luck: Luck) -> list[Column]:
    """The column of each person that is surely worked, and the next largest shares, one per person."""
    chosen: dict[int, Column] = {}
    uncertain, free = 0, set(master.people)
    order = shares + np.where((shares > NOTHING) & (shares < SURE), luck.of(len(shares)), 0.0)
    for n in np.argsort(-order, kind="stable").tolist():
        column, share = master.columns[n], shares[n]
        if column.person not in free or column.person in chosen:
            continue
        if chosen and share < SURE and (uncertain >= step or share < NOTHING):
            break
        chosen[column.person] = column
        uncertain += share < SURE
    return list(chosen.values())
