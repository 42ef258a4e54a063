"""The steps of a search, each of which may better the roster, the bound, or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from staffing.rosters.anneal import Cooling, anneal
from staffing.rosters.ascent import climb
from staffing.rosters.clock import Clock
from staffing.rosters.dive import Luck, dive
from staffing.rosters.generation import Aim, Desk, Generated, generate
from staffing.rosters.master import Column, Master, Need
from staffing.rosters.outline import outline_of
from staffing.rosters.polish import Whole, polish
from staffing.rosters.problem import Problem
from staffing.rosters.problem import cost as cost_of
from staffing.rosters.tables import SCALE

EXACT = 1e-6
SLACK = 3e-4  # share of the cost that a fixing may lose before columns are generated


@dataclass(frozen=True)
class Progress:
    """How far a search is: seconds used, what it does, cost of the best roster, bound so far (None: none)."""

    seconds: float
    doing: str
    cost: int
    bound: int | None


@dataclass
class Search:
    """The best roster, bound and prices so far, and what all steps share."""

    problem: Problem
    desk: Desk
    roster: np.ndarray
    told: Callable[[Progress], None]
    value: float = -np.inf  # the bound without the constant
    prices: np.ndarray = field(init=False)
    cost: int = field(init=False)

    def __post_init__(self) -> None:
        self.cost = cost_of(self.problem, self.roster)
        self.prices = np.zeros(self.problem.need.shape)

    @property
    def need(self) -> Need:
        t = self.desk.t
        return Need(t.need, t.under / SCALE, t.over / SCALE)

    @property
    def bound(self) -> int | None:
        """The bound as a whole number, for costs are whole; None while there is none."""
        if self.value == -np.inf:
            return None
        return int(np.ceil(self.value + self.problem.constant - EXACT))

    @property
    def proven(self) -> bool:
        return self.bound is not None and self.cost <= self.bound

    def keep(self, roster: np.ndarray, *, doing: str) -> None:
        """Keep a roster if it is cheaper, and tell."""
        cost = cost_of(self.problem, roster)
        if cost < self.cost:
            self.roster, self.cost = roster.copy(), cost
            self.tell(doing)

    def raised(self, value: float, prices: np.ndarray, *, doing: str) -> None:
        """Keep a bound and its prices if it is higher, and tell."""
        if value > self.value:
            self.value, self.prices = value, prices
            self.tell(doing)

    def tell(self, doing: str) -> None:
        clock = self.desk.clock
        self.told(Progress(clock.now() - clock.begin, doing, self.cost, self.bound))


def annealed(search: Search, *, clock: Clock, cooling: Cooling) -> None:
    """Cool the roster until the clock ends."""
    desk = search.desk
    roster, desk.salt = anneal(
        desk.t, search.roster, room=desk.room, salt=desk.salt, cooling=cooling, share=lambda: clock.share
    )
    search.keep(roster, doing="annealed")


def outlined(search: Search) -> None:
    """A first bound and prices, from a linear programme of the crowd."""
    outline = outline_of(search.problem, search.desk.t)
    search.raised(outline.bound, outline.prices, doing="outlined")


def climbed(search: Search, *, clock: Clock, steps: int = 10_000) -> None:
    """Raise the bound by prices alone until the clock ends; one step at least."""
    cost = float(search.cost - search.problem.constant)
    need = search.problem.need
    found = climb(search.desk, need=need, cost=cost, clock=clock, begin=search.prices, steps=steps)
    search.raised(found.bound, found.prices, doing="prices climbed")


def generated(search: Search, *, clock: Clock) -> tuple[Master, Generated]:
    """Generate columns for everybody until none is missing or the clock ends."""
    master = Master(search.need, list(range(len(search.roster))))
    for column in columns_of(search).values():
        master.add(column)
    found = generate(search.desk, master, clock=clock, aim=Aim(), near=search.prices)
    search.raised(found.bound, found.prices, doing="columns generated")
    return master, found


def dived(
    search: Search, master: Master, found: Generated, *, rng: np.random.Generator, clock: Clock
) -> None:
    """Round the mixture to a roster."""
    slack = SLACK * abs(found.mixture.cost + search.problem.constant)
    rows = dive(search.desk, found, master, clock=clock, luck=Luck(rng, 0.0, slack))
    search.keep(roster_of(rows), doing="dived")


def polished(search: Search, *, rng: np.random.Generator, clock: Clock) -> None:
    """Better the roster by neighbourhoods until the clock ends or it is proven best."""
    enough = -np.inf if search.bound is None else float(search.bound - search.problem.constant)
    whole = Whole(search.need, search.prices, enough)
    for roster in polish(search.desk, whole, search.roster, rng=rng, clock=clock):
        search.keep(roster, doing="polished")


def columns_of(search: Search) -> dict[int, Column]:
    """The rows of the roster as columns."""
    return {p: search.desk.column(p, row) for p, row in enumerate(search.roster)}


def roster_of(rows: dict[int, Column]) -> np.ndarray:
    """The roster (people x days) of a column for everybody."""
    return np.stack([rows[p].row for p in range(len(rows))]).astype(np.int64)
