"""The cheapest roster of a small team, exactly, by CP-SAT; or the best found and how far it can be off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from staffing.scheduling.again import copied
from staffing.scheduling.case import Case
from staffing.scheduling.duty import bring_in_step
from staffing.scheduling.exact.contact import (
    SCALE,
    Contact,
    Signature,
    post_contact,
    post_penalties,
    signature,
)
from staffing.scheduling.exact.shifts import Choices, choices, every_shift, post_law
from staffing.scheduling.exact.taste import post_taste
from staffing.scheduling.price import set_gains
from staffing.scheduling.problem import BEGIN, END, WHICH, Problem, Roster, empty_roster
from staffing.scheduling.roster_cost import total_cost
from staffing.scheduling.split import OFF, contact_table
from staffing.scheduling.values import scratch_for

SMALL_TEAM = 15  # agents, for a week: what the model still answers in a minute or two
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)
WORKERS = 8  # with fewer CP-SAT leaves out the workers that raise the bound


@dataclass(frozen=True)
class Patience:
    """How long CP-SAT may take. `work` is its own deterministic measure, about seconds of one core."""

    seed: int = 1
    work: float = 60.0
    seconds: float = 120.0


@dataclass(frozen=True)
class Exact:
    """The best roster found, its cost, and what no legal roster can undercut (penalty units)."""

    roster: Roster
    cost: float
    bound: float
    proven: bool


def small(case: Case) -> bool:
    """Whether an exact answer is worth asking for."""
    return len(case.agents) * case.clock.days <= SMALL_TEAM * 7


def exact(case: Case, *, patience: Patience, hint: Roster | None = None) -> Exact | None:
    """The cheapest legal roster of a case; None when none was found in time.

    Rules, prices and wishes are those of the engine's arrays, all at once. A `hint` is where it begins.
    """
    problem, model = case.problem, cp_model.CpModel()
    found = choices(model, problem, every_shift(problem))
    post_law(found)
    _seats(found)
    contact, terms = post_contact(found)
    own = sum(
        round(SCALE * float(problem.staff.cost[a, d, i] - problem.shifts.reward[found.start(a, d, i)[WHICH]]))
        * x
        for (a, d), places in found.shift.items()
        for i, x in places.items()
    )
    base = round(SCALE * float(case.idle_base.sum() + case.wish_base.sum()))
    model.minimize(post_penalties(contact, terms) + own + post_taste(found) + base)
    if hint is not None:
        hinted(contact, hint, patience)
    solver = solved(model, patience)
    if solver is None:
        return None
    roster = read(contact, solver)
    cost = total_cost(case, roster)
    slack = 0.5 * (problem.demand.need.size + len(found.works)) / SCALE  # whole numbers of the model
    bound = min(solver.best_objective_bound / SCALE - slack, cost)
    return Exact(roster, cost, bound, solver.best_objective_bound > solver.objective_value - 0.5)


def _seats(found: Choices) -> None:
    """At most so many people at work as there are seats."""
    seats = found.problem.demand.seats
    for t in np.flatnonzero(np.isfinite(seats)):
        here = [
            x
            for (a, d), places in found.shift.items()
            for i, x in places.items()
            if found.start(a, d, i)[BEGIN] <= t < found.start(a, d, i)[END]
        ]
        if len(here) > seats[t]:
            found.model.add(sum(here) <= int(seats[t]))


def solved(model: cp_model.CpModel, patience: Patience) -> cp_model.CpSolver | None:
    """A solver that has an answer; None when it has none. The same model and work, the same answer."""
    solver = _solver(patience)
    return solver if solver.solve(model) in FOUND else None


def _solver(patience: Patience) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = patience.seed
    solver.parameters.max_deterministic_time = patience.work
    solver.parameters.max_time_in_seconds = patience.seconds
    return solver


def hinted(contact: Contact, roster: Roster, patience: Patience) -> None:
    """Tell the model where a roster known already stands, down to the last literal.

    With shifts and pauses held the rest is soon found; all of it is then the hint.
    """
    found = contact.found
    for (a, d), places in found.shift.items():
        for i, literal in places.items():
            found.model.add_hint(literal, int(roster.shift[a, d] == i))
    for (a, d, pauses, p), literals in contact.pause.items():
        begin = _pause_begin(found.problem, roster, (a, d), (pauses, p))
        for t, literal in literals.items():
            found.model.add_hint(literal, int(t == begin))
    solver = _solver(patience)
    solver.parameters.fix_variables_to_their_hinted_value = True
    if solver.solve(found.model) in FOUND:
        found.model.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(solver.response_proto.solution):
            found.model.add_hint(found.model.get_int_var_from_proto_index(index), value)


def _pause_begin(problem: Problem, roster: Roster, at: tuple[int, int], which: tuple[Signature, int]) -> int:
    """The interval in which a roster begins a pause, -1 where it works no shift with such pauses."""
    (a, d), (pauses, p) = at, which
    if roster.shift[a, d] < 0:
        return -1
    start = problem.shifts.starts[problem.staff.kind[a], d, roster.shift[a, d]]
    if signature(problem, start[WHICH]) != pauses:
        return -1
    return int(start[BEGIN] + roster.pause[a, d, p])


def read(contact: Contact, solver: cp_model.CpSolver, onto: Roster | None = None) -> Roster:
    """The roster of an answer; days that the model does not know stay as in `onto`."""
    found = contact.found
    roster = empty_roster(found.problem) if onto is None else copied(onto)
    for (a, d), places in found.shift.items():
        chosen = [i for i, literal in places.items() if solver.value(literal)]
        roster.shift[a, d] = chosen[0] if chosen else -1
        if chosen:
            start = found.start(a, d, chosen[0])
            pauses = signature(found.problem, start[WHICH])
            for p in range(len(pauses)):
                literals = contact.pause[a, d, pauses, p]
                begin = next(t for t, literal in literals.items() if solver.value(literal))
                roster.pause[a, d, p] = begin - start[BEGIN]
    _deal(contact, solver, roster)
    bring_in_step(found.problem, roster, scratch_for(found.problem))
    shares = found.problem.shifts.shares
    set_gains(found.problem.demand, roster.cover, shares, roster.gain, roster.owed)
    return roster


def _deal(contact: Contact, solver: cp_model.CpSolver, roster: Roster) -> None:
    """Deal the numbers on each queue out to the agents on contact, in their order."""
    found, groups = contact.found, list(dict.fromkeys(contact.sets))
    parts = contact_table(found.problem, roster)
    for a, d in found.shift:
        if roster.shift[a, d] >= 0:
            begin, end = found.start(a, d, int(roster.shift[a, d]))[[BEGIN, END]]
            on = parts[a, begin:end] >= 0
            roster.queue[a, begin:end] = np.where(on, contact.sets[a][0], -1)
    roster.queue[parts == OFF] = -1
    members = {
        g: [a for a, own in enumerate(contact.sets) if own == queues] for g, queues in enumerate(groups)
    }
    cells: dict[tuple[int, int, int], list[int]] = {}
    for (g, q, t, x), number in contact.served.items():
        cells.setdefault((g, t, x), []).extend([q] * solver.value(number))
    for (g, t, x), queues in cells.items():
        people = [a for a in members[g] if parts[a, t] == x]
        roster.queue[people, t] = queues
