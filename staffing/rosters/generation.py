"""Column generation: the master mixes rows, prices follow, people offer better rows, until none is new.

Prices are smoothed between the master's and those of the best bound so far (Wentges 1997, International
Transactions in Operational Research 4(2)): the master's own jump from corner to corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from staffing.rosters.clock import Clock
from staffing.rosters.master import Column, Master, Mixture, Need
from staffing.rosters.offers import Offers, bound_of, offers_at, whole
from staffing.rosters.pricing import Room
from staffing.rosters.tables import SCALE, Tables

SMOOTH = 0.5  # weight of the best bound's prices
ENOUGH = 0.25  # share of people with a new row that makes a round worth a solve
EXACT = 0.01  # prices are rounded to 1 / SCALE, a row has dozens of them


@dataclass
class Desk:
    """What the parts of a search share: tables, room to work in, the salt of random ties, rows found."""

    t: Tables
    room: Room
    clock: Clock
    salt: int
    rows: dict[int, dict[bytes, Column]] = field(default_factory=dict)

    def column(self, person: int, row: np.ndarray) -> Column:
        """The column of a person's row, kept for later masters."""
        days = np.flatnonzero(row >= 0)
        price = float(self.t.wish[person, days, row[days]].sum()) / SCALE
        column = Column(person, row.astype(np.int16), price)
        return self.rows.setdefault(person, {}).setdefault(column.key[1], column)

    def master(self, need: Need, people: list[int], *, near: np.ndarray, kept: int) -> Master:
        """A master over some people with the `kept` rows of each that cost least at prices (money)."""
        master = Master(need, people)
        for person in people:
            columns = sorted(self.rows[person].values(), key=lambda column: column.reduced(near))
            for column in columns[:kept]:
                master.add(column)
        return master

    def offers(self, prices: np.ndarray, people: np.ndarray) -> Offers:
        """What people offer at whole prices."""
        offers = offers_at(self.t, prices, people=people, room=self.room, salt=self.salt)
        self.salt = offers.salt
        return offers


@dataclass(frozen=True)
class Generated:
    """The last mixture, the best bound (no constant), its prices, and whether no better mixture exists."""

    mixture: Mixture
    bound: float
    prices: np.ndarray
    converged: bool


@dataclass(frozen=True)
class Aim:
    """When column generation may stop: the bound is this near to the mixture, or at a cost not of use."""

    gap: float = 2e-5
    cutoff: float = np.inf
    enough: float = -np.inf
    rounds: int = 10_000


def generate(
    desk: Desk, master: Master, *, clock: Clock, aim: Aim, near: np.ndarray | None = None
) -> Generated:
    """Columns until the aim is met; `near` are prices (money) to begin around."""
    people, need = np.array(master.people), master.need.people
    bound, centre, mixture = -np.inf, near, master.solve()
    for _ in range(aim.rounds):
        if mixture.cost <= aim.enough:
            break
        new = 0
        for prices in _tried(mixture.prices, centre):
            asked = whole(prices, desk.t)
            offers = desk.offers(asked, people)
            value = bound_of(asked, need, offers)
            new += _added(desk, master, people, offers)
            if value > bound:
                bound, centre = value, asked / SCALE
            if new >= max(1.0, ENOUGH * len(people)):
                break
        close = mixture.cost - bound <= max(aim.gap * abs(bound), EXACT)
        close = close or mixture.cost <= np.ceil(bound - EXACT)  # costs are whole numbers
        if new == 0 or close or bound > aim.cutoff:
            return Generated(mixture, bound, _or(centre, mixture), True)
        if clock.left <= 0:
            break
        mixture = master.solve()
    return Generated(mixture, bound, _or(centre, mixture), False)


def _or(centre: np.ndarray | None, mixture: Mixture) -> np.ndarray:
    return mixture.prices if centre is None else centre


def _tried(prices: np.ndarray, centre: np.ndarray | None) -> list[np.ndarray]:
    if centre is None:
        return [prices]
    return [SMOOTH * centre + (1 - SMOOTH) * prices, prices]


def _added(desk: Desk, master: Master, people: np.ndarray, offers: Offers) -> int:
    """Add the legal offers to the master; how many were new."""
    legal = zip(people[offers.legal].tolist(), offers.rows[offers.legal])
    return sum(master.add(desk.column(person, row)) for person, row in legal)
