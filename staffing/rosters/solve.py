"""A roster and its bound in the time there is: start, anneal, generate columns, dive, polish.

Where everybody's offers can be asked for often enough, column generation leads to a bound and a mixture
near it, a dive to a roster, and neighbourhoods polish it. Larger problems are annealed and then polished,
with prices that climb for the bound. Whenever the time is over, the best legal roster so far is the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.domain.problems import Infeasible
from staffing.rosters.anneal import Cooling
from staffing.rosters.clock import Clock
from staffing.rosters.emptied import faults_of, late_faults
from staffing.rosters.generation import Desk
from staffing.rosters.pricing import room_for
from staffing.rosters.problem import Problem
from staffing.rosters.search import Progress, Search, annealed, climbed, dived, generated, outlined, polished
from staffing.rosters.start import first_roster
from staffing.rosters.tables import tables_of

ROUNDS = 100  # of offers there must be time for, else columns are not generated
NEAR = 0.02  # share of the cost that a mixture may be above the bound and still be worth a dive
CELLS = 16_000_000  # of a dynamic programme, 4 bytes each
QUICK = Cooling(hot=5.0)


@dataclass(frozen=True)
class Solution:
    """A legal roster (people x days, -1 off), its cost, a bound on any legal roster's, and why it ended."""

    roster: np.ndarray
    cost: int
    bound: int
    ended: str

    @property
    def gap(self) -> float:
        """Share of the cost that a better roster could save at most."""
        return (self.cost - self.bound) / max(abs(self.cost), 1)


def solve(
    problem: Problem, *, clock: Clock, seed: int, told: Callable[[Progress], None] = lambda _: None
) -> Solution:
    """The best legal roster found by the end of the clock; Infeasible names everybody who has none."""
    t = tables_of(problem)
    rng = np.random.default_rng(seed)
    largest = int((t.states[t.machine] * (t.most + 1)).max()) * (problem.days + 1)
    room = room_for(t, cells=max(CELLS, largest))
    start = first_roster(t, room=room, salt=int(rng.integers(1, 2**62)), rng=rng, clock=clock)
    if start.without:
        raise Infeasible(faults_of(problem, start.without, clock=clock))
    if start.late:
        raise Infeasible(late_faults(problem, start.late))
    search = Search(problem, Desk(t, room, clock, start.salt), start.roster, told)
    search.tell("first roster")
    _searched(search, rng)
    bound = search.bound
    if bound is None:
        raise AssertionError("a search ends with a bound")
    return Solution(search.roster, search.cost, bound, "proven best" if search.proven else "the time is over")


def _searched(search: Search, rng: np.random.Generator) -> None:
    """All steps of a search that the time allows."""
    clock = search.desk.clock
    outlined(search)
    if clock.left <= 0:
        return
    annealed(search, clock=clock.part(0.03), cooling=QUICK)
    before = clock.now()
    climbed(search, clock=clock, steps=1)
    if clock.left > ROUNDS * (clock.now() - before):
        _by_columns(search, rng)
    else:
        _by_windows(search, rng)


def _by_columns(search: Search, rng: np.random.Generator) -> None:
    """Column generation, a dive, neighbourhoods."""
    clock = search.desk.clock
    master, found = generated(search, clock=clock.part(0.4))
    if found.converged or found.mixture.cost - found.bound < NEAR * search.cost:
        dived(search, master, found, rng=rng, clock=clock.part(0.15))
    else:
        annealed(search, clock=clock.part(0.25), cooling=Cooling())
    if not search.proven:
        polished(search, rng=rng, clock=clock)


def _by_windows(search: Search, rng: np.random.Generator) -> None:
    """Prices for the bound, annealing and neighbourhoods for the roster."""
    clock = search.desk.clock
    climbed(search, clock=clock.part(0.15))
    annealed(search, clock=clock.part(0.3), cooling=Cooling())
    polished(search, rng=rng, clock=clock)
