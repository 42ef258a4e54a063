"""Pauses, people on contact, their split over queues and what it costs, as a CP-SAT model."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

import numpy as np
from ortools.sat.python import cp_model

from staffing.scheduling.exact.shifts import Choices, Expression, Literal
from staffing.scheduling.price import penalties
from staffing.scheduling.problem import BEGIN, END, FIRST, LAST, WHICH, Demand, Problem

SCALE = 1000  # costs of the model are whole numbers: thousandths of a penalty unit
Signature = tuple[tuple[int, ...], ...]  # FIRST, LAST, WHOLE, PART of every pause of a shift
Cell = tuple[int, int, int]  # set of queues, interval, share
Terms = dict[tuple[int, int], list[Expression]]


@dataclass
class Contact:
    """Literals of pauses, and how many agents of a set of queues serve each.

    `pause[a, d, p][t]` begins pause p in interval t, for the shifts of the signature it is kept with.
    """

    found: Choices
    pause: dict[tuple[int, int, Signature, int], dict[int, Literal]] = field(default_factory=dict)
    served: dict[tuple[int, int, int, int], cp_model.IntVar] = field(default_factory=dict)
    sets: list[tuple[int, ...]] = field(default_factory=list)


def signature(problem: Problem, m: int) -> Signature:
    """The pauses of shift m; shifts with the same ones share their literals."""
    count = problem.shifts.pause_count[m]
    return tuple(tuple(int(n) for n in pause) for pause in problem.shifts.pauses[m, :count])


def sets_of(problem: Problem) -> list[tuple[int, ...]]:
    """The sets of queues that agents serve, one for each agent."""
    return [tuple(sorted(int(q) for q in row if q >= 0)) for row in problem.staff.queues]


def post_contact(found: Choices) -> tuple[Contact, Terms]:
    """Pauses and the split; the terms are the agents on each queue and interval, in `parts_of` of one."""
    contact = Contact(found, sets=sets_of(found.problem))
    present: dict[Cell, list[Expression]] = defaultdict(list)
    groups = {queues: n for n, queues in enumerate(dict.fromkeys(contact.sets))}
    for a, d in found.shift:
        for (t, x), terms in _on_contact(contact, a, d).items():
            present[groups[contact.sets[a]], t, x] += terms
    return contact, _split(contact, list(groups), present)


def parts_of(shares: np.ndarray) -> int:
    """The number of equal parts of an interval of which every share is a whole number."""
    return lcm(*(Fraction(float(share)).limit_denominator(60).denominator for share in shares))


def _on_contact(contact: Contact, a: int, d: int) -> dict[tuple[int, int], list[Expression]]:
    """Terms of the agent's presence by interval and share (0: the whole interval)."""
    found = contact.found
    terms: dict[tuple[int, int], list[Expression]] = defaultdict(list)
    by_signature: dict[Signature, list[int]] = defaultdict(list)
    for i in found.of(a, d):
        by_signature[signature(found.problem, found.start(a, d, i)[WHICH])].append(i)
        for t in range(*found.start(a, d, i)[[BEGIN, END]]):
            terms[t, 0].append(found.of(a, d)[i])
    for pauses, places in by_signature.items():
        for p, (_, _, whole, part) in enumerate(pauses):
            for t, literal in _pause(contact, (a, d), (pauses, p), places).items():
                for away in range(t, t + whole + (part > 0)):
                    terms[away, 0].append(-literal)
                if part > 0:
                    terms[t + whole, part].append(literal)
    return terms


def _pause(
    contact: Contact, at: tuple[int, int], which: tuple[Signature, int], places: list[int]
) -> dict[int, Literal]:
    """Literals of the beginnings of a pause: one of them when one of the shifts is worked."""
    found, (pauses, p) = contact.found, which
    reach: dict[int, list[Literal]] = defaultdict(list)
    for i in places:
        begin = int(found.start(*at, i)[BEGIN])
        for t in range(begin + pauses[p][FIRST], begin + pauses[p][LAST] + 1):
            reach[t].append(found.of(*at)[i])
    literals = {t: found.model.new_bool_var(f"pause {at} {p} {t}") for t in reach}
    for t, shifts in reach.items():
        found.model.add(literals[t] <= sum(shifts))
    found.model.add(sum(literals.values()) == sum(found.of(*at)[i] for i in places))
    contact.pause[(*at, *which)] = literals
    return literals


def _split(contact: Contact, groups: list[tuple[int, ...]], present: dict[Cell, list[Expression]]) -> Terms:
    """People with the same queues are spread over them; terms by queue and interval, in parts of one."""
    model, problem = contact.found.model, contact.found.problem
    parts = parts_of(problem.shifts.shares)
    terms: Terms = defaultdict(list)
    sizes = {queues: contact.sets.count(queues) for queues in groups}
    for (g, t, x), people in present.items():
        worth = round(float(problem.shifts.shares[x]) * parts)
        if t >= problem.demand.need.shape[1]:
            continue
        if len(groups[g]) == 1:
            terms[groups[g][0], t] += [worth * each for each in people]
            continue
        for q in groups[g]:
            contact.served[g, q, t, x] = model.new_int_var(0, sizes[groups[g]], f"served {g} {q} {t} {x}")
            terms[q, t].append(worth * contact.served[g, q, t, x])
        model.add(sum(contact.served[g, q, t, x] for q in groups[g]) == sum(people))
    return terms


def post_penalties(contact: Contact, terms: Terms) -> Expression:
    """The penalty of all cells, in `SCALE` of a unit; cells that nobody may serve cost what they cost."""
    problem, model = contact.found.problem, contact.found.model
    parts = parts_of(problem.shifts.shares)
    nobody = penalties(problem.demand, np.zeros_like(problem.demand.need))
    total: list[Expression] = []
    fixed = 0
    for q, t in np.ndindex(nobody.shape):
        here = terms.get((int(q), int(t)))
        if here is None:
            fixed += round(SCALE * float(nobody[q, t]))
            continue
        most = sum((int(q) in queues) for queues in contact.sets) * parts
        cost = model.new_int_var(0, cp_model.INT32_MAX, f"penalty {q} {t}")
        for slope, rise in _lines_above(problem.demand, (int(q), int(t)), most, parts):
            model.add(cost >= slope * sum(here) + rise)
        total.append(cost)
    return sum(total) + fixed


def _lines_above(demand: Demand, at: tuple[int, int], most: int, parts: int) -> list[tuple[int, int]]:
    """Slope and rise of the lines whose highest is the penalty at every number of parts, 0 to `most`."""
    q, t = at
    need, under, over = demand.need[q, t], demand.tier_under[q, t], demand.tier_over[q, t]
    kinks = np.array([need - under, need, need + over, demand.floor[q, t]]) * parts
    around = np.concatenate([[0, most], np.floor(kinks + 1e-9), np.floor(kinks + 1e-9) + 1])
    numbers = np.unique(np.clip(around, 0, most)).astype(np.int64)
    cell = demand._replace(need=demand.need[q, t], tier_under=under, tier_over=over, floor=demand.floor[q, t])
    costs = np.round(penalties(cell, numbers / parts) * SCALE).astype(np.int64)
    if len(numbers) == 1:
        return [(0, int(costs[0]))]
    slopes = np.round(np.diff(costs) / np.diff(numbers)).astype(np.int64)
    return [(int(s), int(c - s * n)) for s, c, n in zip(slopes, costs, numbers)]
