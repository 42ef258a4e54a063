"""The prices at which the bound of a site's coverage holds: what one more agent is worth, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.scheduling.ascent import Climb, bound_of
from staffing.scheduling.case import Case
from staffing.scheduling.dual import HorizonDual, agent_roster
from staffing.scheduling.horizon import horizon_scratch, weeks_for
from staffing.scheduling.problem import Roster, empty_roster
from staffing.scheduling.wished import coverage_only


@dataclass(frozen=True)
class Priced:
    """No legal roster's coverage and idle hours cost less than `bound`; `prices` (X x Q x T) show it."""

    bound: float
    prices: np.ndarray


def priced(case: Case, roster: Roster, *, climb: Climb, begin: np.ndarray | None = None) -> Priced:
    """Bound and prices of a case, from a known roster and, where there are any, known prices on."""
    problem, idle = coverage_only(case.problem), case.idle_base.sum(axis=0)
    found = bound_of(problem, roster, idle, climb=climb, prices=begin)
    return Priced(found.value, found.prices)


def bound_at(case: Case, prices: np.ndarray) -> float:
    """The bound of a case at given prices, without looking for better ones."""
    problem = coverage_only(case.problem)  # in which no roster matters, for nothing is fair or unfair
    dual = HorizonDual(problem, empty_roster(problem), case.idle_base.sum(axis=0))
    return dual.answer(prices).value


def worths(case: Case, prices: np.ndarray) -> np.ndarray:
    """Penalty that each agent of a case saves over the horizon at the prices, were nobody else to come.

    What the best legal roster of the whole horizon earns, less the contract hours that are paid anyway.
    """
    problem = coverage_only(case.problem)
    room, none = (weeks_for(problem), horizon_scratch(problem)), np.zeros_like(problem.staff.due)
    earned = [agent_roster(problem, prices, a, none, room) for a in range(len(case.agents))]
    return np.asarray(np.array(earned) - case.idle_base.sum(axis=1))
