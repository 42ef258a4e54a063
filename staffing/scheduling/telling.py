"""What is said of a site while it is searched: cost, proven bound and gap, about once a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import Manager
from queue import Queue
from threading import Thread

import numpy as np

from staffing.scheduling.ascent import Climb, bound_of
from staffing.scheduling.case import Case
from staffing.scheduling.problem import WHICH, Roster
from staffing.scheduling.wished import coverage_only

Say = Callable[[str], None]
EVERY_S = 1.0
ROUNDS = 20  # of the bound at the start, which is only to show how far the search is


@dataclass
class Telling:
    """Says how a site's search stands; the cost and the bound are those of coverage and idle contracts."""

    case: Case
    say: Say
    clock: Callable[[], float]
    began: float = field(init=False)
    said: float = field(init=False)
    bound: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.began = self.said = self.clock()

    def __call__(self, roster: Roster, pairs: int) -> None:
        """Say it, if a second has passed or the search begins."""
        if pairs == 0:
            idle = self.case.idle_base.sum(axis=0).astype(float)
            climb = Climb(rounds=ROUNDS)
            found = bound_of(coverage_only(self.case.problem), roster, idle, climb=climb)
            self.bound = max(found.value, 0.0)
        elif self.clock() - self.said < EVERY_S:
            return
        self.said = self.clock()
        cost = coverage_cost(self.case, roster)
        gap = max(cost - self.bound, 0.0) / cost if cost > 0 else 0.0
        self.say(
            f"{self.case.site.code}: cost {cost:,.0f}, bound so far {self.bound:,.0f}, gap {gap:.1%} "
            f"after {pairs:,} pairs, {self.said - self.began:.0f} s"
        )


def coverage_cost(case: Case, roster: Roster) -> float:
    """What a roster in step misses and exceeds of the need, and the contract hours it leaves idle."""
    agent, day = np.nonzero(roster.shift >= 0)
    starts = case.problem.shifts.starts[case.problem.staff.kind[agent], day, roster.shift[agent, day]]
    reward = case.problem.shifts.reward[starts[:, WHICH]].sum()
    return float(roster.owed.sum() + case.idle_base.sum() - reward)


@contextmanager
def from_workers(say: Say | None, backend: str) -> Iterator[Say | None]:
    """A way to say things from other processes, or none where they may run on other machines."""
    if say is None or backend == "threading":
        yield say
        return
    if backend != "loky":
        yield None
        return
    with Manager() as manager:
        lines = manager.Queue()
        listener = Thread(target=_listen, args=(lines, say), daemon=True)
        listener.start()
        yield lines.put
        lines.put(None)
        listener.join()


def _listen(lines: Queue[str | None], say: Say) -> None:
    while (line := lines.get()) is not None:
        say(line)
