"""Searching again from a schedule that people have: the same start and the same effort for every question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd

from staffing.scheduling.case import Case
from staffing.scheduling.known import known, settle
from staffing.scheduling.lawful import lawful
from staffing.scheduling.price import Prices
from staffing.scheduling.problem import Roster, empty_roster
from staffing.scheduling.roster_cost import total_cost
from staffing.scheduling.search import Course, search
from staffing.scheduling.split import split_queues

Clock = Callable[[], float]
SHORTEST = 0.1  # seconds of a search
WARM = 1.5  # penalty units; a tenth of a search's own beginning, which would forget the schedule


@dataclass(frozen=True)
class Effort:
    """How long and from which seed a schedule is searched again: pairs for each agent and week, seconds.

    `clock` gives the seconds; where they would run out first, they set the way.
    """

    seed: int
    prices: Prices
    clock: Clock
    pairs_each: int = 100
    seconds: float = 30.0

    @property
    def course(self) -> Course:
        """The search's course."""
        return Course(self.pairs_each, max(self.seconds, SHORTEST), hot=WARM)


def searched_again(case: Case, schedule: pd.DataFrame, *, effort: Effort) -> Roster:
    """A legal roster of the case from a SCHEDULE on, never dearer than what of it is legal here.

    Days that no shift of the case fits, and agents whose days it would not allow, begin with nothing.
    """
    if not case.agents:
        return empty_roster(case.problem)
    start = legal_part(case, schedule)
    if effort.seconds <= 0 and _whole(case, start):
        return start
    first = total_cost(case, start)
    rng = np.random.default_rng([effort.seed, crc32(case.site.code.encode())])
    found, _ = search(case.problem, course=effort.course, rng=rng, clock=effort.clock, start=copied(start))
    split_queues(case.problem, found, switch=effort.prices.switch)
    return found if total_cost(case, found) <= first or not _whole(case, start) else start


def legal_part(case: Case, schedule: pd.DataFrame) -> Roster:
    """The roster of a SCHEDULE as far as the case knows its days and allows them."""
    roster = known(case, schedule).roster
    lost = ~lawful(case.problem, roster)
    roster.shift[lost] = -1
    roster.queue[lost] = -1
    settle(case.problem, roster)
    return roster


def copied(roster: Roster) -> Roster:
    """The same roster in arrays of its own."""
    return Roster(*(array.copy() for array in roster))


def _whole(case: Case, roster: Roster) -> bool:
    """Whether the roster works every day that has to be worked."""
    return bool((roster.shift >= 0)[case.problem.staff.must].all())
