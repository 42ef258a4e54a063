"""The best pauses and split of one day, exactly: the shifts stand, all pauses move together."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from staffing.scheduling.again import copied
from staffing.scheduling.duty import bring_in_step
from staffing.scheduling.exact.contact import post_contact, post_penalties
from staffing.scheduling.exact.shifts import choices
from staffing.scheduling.exact.solve import Patience, hinted, read, solved
from staffing.scheduling.price import penalties, set_gains
from staffing.scheduling.problem import Problem, Roster
from staffing.scheduling.values import scratch_for


def best_pauses(problem: Problem, roster: Roster, d: int, *, patience: Patience) -> tuple[Roster, float]:
    """The roster with the pauses and queues of day d's shifts chosen anew, and the penalty saved.

    What is on contact from other days stays. The same roster, and 0, where nothing better was found.
    """
    model = cp_model.CpModel()
    day = {(int(a), d): [int(roster.shift[a, d])] for a in np.flatnonzero(roster.shift[:, d] >= 0)}
    if not day:
        return roster, 0.0
    others = _without(problem, roster, d)
    left = problem.demand._replace(
        need=problem.demand.need - others.cover, floor=problem.demand.floor - others.cover
    )
    standing = problem.staff._replace(must=roster.shift >= 0)
    found = choices(model, problem._replace(demand=left, staff=standing), day)
    contact, terms = post_contact(found)
    model.minimize(post_penalties(contact, terms))
    hinted(contact, roster, patience)
    solver = solved(model, patience)
    if solver is None:
        return roster, 0.0
    better = _in_step(problem, read(contact, solver, onto=roster))
    saved = _penalty(problem, roster) - _penalty(problem, better)
    return (better, saved) if saved > 0 else (roster, 0.0)


def _without(problem: Problem, roster: Roster, d: int) -> Roster:
    """The roster without the shifts of a day."""
    rest = copied(roster)
    rest.shift[:, d] = -1
    return _in_step(problem, rest)


def _penalty(problem: Problem, roster: Roster) -> float:
    return float(penalties(problem.demand, roster.cover).sum())


def _in_step(problem: Problem, roster: Roster) -> Roster:
    bring_in_step(problem, roster, scratch_for(problem))
    set_gains(problem.demand, roster.cover, problem.shifts.shares, roster.gain, roster.owed)
    return roster
