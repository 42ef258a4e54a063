"""A roster problem as arrays for the compiled kernels.

Shifts that every automaton and every count treats alike are a group, so that of them only the best of a
day matters; group 0 is the day off. Persons with the same rules on rows of days share a machine. Lengths
are in units, their greatest common divisor. Prices are whole numbers times SCALE, so that sums are exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.rosters.automaton import STUCK, Automaton, all_at_once
from staffing.rosters.problem import Person, Problem
from staffing.rosters.rule import Rule, every_rule

SCALE = 1000  # price steps per unit of money: duals are rounded to these
NEVER = -1_000_000_000  # value of what is not allowed

OPENS, JOINS = 1, 2  # a weekend's first day, and the day after it


class Limits(NamedTuple):
    """What is counted over the horizon for one person."""

    least_min: int
    most_min: int
    most_weekends: int
    most_of: dict[str, int]


class Tables(NamedTuple):
    """Arrays of a problem; M machines, Q states, K arcs, G groups, P people, D days, S shifts."""

    first_arc: np.ndarray  # M x (Q + 1)
    arc_group: np.ndarray  # M x K
    arc_to: np.ndarray  # M x K
    step: np.ndarray  # M x Q x (S + 1)
    worked: np.ndarray  # M x Q: the last day was worked
    start: np.ndarray  # M
    states: np.ndarray  # M
    units: np.ndarray  # G: length of a group's shifts
    first_member: np.ndarray  # G + 1
    member: np.ndarray  # S: shifts in the order of their groups
    group_of: np.ndarray  # S
    weekend: np.ndarray  # D: 0, OPENS or JOINS
    machine: np.ndarray  # P
    least: np.ndarray  # P: units
    most: np.ndarray  # P
    weekends: np.ndarray  # P
    ends: np.ndarray  # P x Q: weekends begun after the last day, NEVER: a state that must not be
    cap: np.ndarray  # P x S
    allowed: np.ndarray  # P x D x S
    wish: np.ndarray  # P x D x S, times SCALE
    need: np.ndarray  # D x S
    under: np.ndarray  # D x S, times SCALE
    over: np.ndarray  # D x S, times SCALE


def tables_of(problem: Problem, rules: tuple[Rule, ...] | None = None) -> Tables:
    """The arrays of a problem under the rules (all of the folder, when none are named)."""
    rules = every_rule() if rules is None else rules
    machines, of = _machines(problem, rules)
    length = np.array([shift.length_min for shift in problem.shifts])
    people = _people(problem, rules, unit=int(np.gcd.reduce(length)))
    length = length // np.gcd.reduce(length)
    alone = _can_bind(people["cap"], people["most"], length)
    group_of = _groups(machines, length, alone)
    order = np.argsort(group_of, kind="stable")
    units = np.zeros(group_of.max() + 1, np.int64)
    units[group_of] = length
    return Tables(
        **_arcs(machines, group_of, order),
        **people,
        machine=np.array(of),
        units=units,
        first_member=np.searchsorted(group_of[order], np.arange(len(units) + 1)),
        member=order,
        group_of=group_of,
        weekend=_weekend(problem),
        ends=np.zeros((len(of), max(len(machine.step) for machine, _ in machines)), np.int64),
        wish=(problem.wish * SCALE).astype(np.int32),
        need=problem.need.astype(np.int64),
        under=(problem.under * SCALE).astype(np.int32),
        over=(problem.over * SCALE).astype(np.int32),
    )


def _people(problem: Problem, rules: tuple[Rule, ...], *, unit: int) -> dict[str, np.ndarray]:
    """Limits of people in units, caps, and the days and shifts they may work."""
    limits = [_limits(problem, person, rules) for person in problem.people]
    allowed = np.stack([_allowed(problem, person, rules) for person in problem.people])
    cap = np.array([[limit.most_of[shift.name] for shift in problem.shifts] for limit in limits])
    return {
        "least": -(-np.array([limit.least_min for limit in limits]) // unit),
        "most": np.array([limit.most_min for limit in limits]) // unit,
        "weekends": np.array([limit.most_weekends for limit in limits]),
        "cap": cap,
        "allowed": allowed & (cap > 0)[:, None, :],
    }


def _machines(
    problem: Problem, rules: tuple[Rule, ...]
) -> tuple[list[tuple[Automaton, np.ndarray]], list[int]]:
    """One machine per set of rules on rows of days, and the machine of each person."""
    found: dict[bytes, int] = {}
    machines: list[tuple[Automaton, np.ndarray]] = []
    of = []
    for person in problem.people:
        parts = [rule.automaton(problem, person) for rule in rules if rule.automaton]
        key = b"|".join(bytes([part.start]) + part.step.tobytes() for part in parts)
        if key not in found:
            found[key] = len(machines)
            machines.append(all_at_once(parts, shifts=len(problem.shifts)))
        of.append(found[key])
    return machines, of


def _limits(problem: Problem, person: Person, rules: tuple[Rule, ...]) -> Limits:
    """The strictest of what the rules count; where none does, a limit that cannot bind."""
    counted = [rule.counted(person) for rule in rules if rule.counted]
    longest = problem.days * max(shift.length_min for shift in problem.shifts)
    most_min = [limit.most_min for limit in counted if limit.most_min is not None]
    weekends = [limit.most_weekends for limit in counted if limit.most_weekends is not None]
    caps = [limit.most_of for limit in counted if limit.most_of is not None]
    return Limits(
        max([0, *(limit.least_min for limit in counted)]),
        min([longest, *most_min]),
        min([problem.days, *weekends]),
        {
            shift.name: min([problem.days, *(cap.get(shift.name, 0) for cap in caps)])
            for shift in problem.shifts
        },
    )


def _allowed(problem: Problem, person: Person, rules: tuple[Rule, ...]) -> np.ndarray:
    masks = [rule.allowed(problem, person) for rule in rules if rule.allowed]
    return np.logical_and.reduce([np.ones(problem.need.shape, bool), *masks])


def _can_bind(cap: np.ndarray, most: np.ndarray, units: np.ndarray) -> np.ndarray:
    """Shifts whose cap is below what the minutes allow, for somebody who does them."""
    return ((cap > 0) & (cap < most[:, None] // units)).any(axis=0)


def _groups(machines: list[tuple[Automaton, np.ndarray]], units: np.ndarray, alone: np.ndarray) -> np.ndarray:
    """Group of each shift, from 1: alike in length and to every machine, no cap."""
    columns = np.concatenate([machine.step[:, 1:] for machine, _ in machines]).T
    own = np.where(alone, np.arange(len(units)), -1)
    _, group = np.unique(np.c_[units, own, columns], axis=0, return_inverse=True)
    return np.asarray(group.reshape(-1) + 1)


def _arcs(
    machines: list[tuple[Automaton, np.ndarray]], group_of: np.ndarray, order: np.ndarray
) -> dict[str, np.ndarray]:
    """The arrays of Tables per machine: arcs by state to the next state of each group, and states."""
    first_of_group = order[np.unique(group_of[order], return_index=True)[1]]
    symbols = np.r_[0, 1 + first_of_group]
    states = max(len(machine.step) for machine, _ in machines)
    shape = (len(machines), states * len(symbols))
    first_arc = np.zeros((len(machines), states + 1), np.int64)
    arc_group, arc_to = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    step = np.full((len(machines), states, len(group_of) + 1), STUCK)
    worked = np.zeros((len(machines), states), bool)
    for m, (machine, mark) in enumerate(machines):
        size = len(machine.step)
        table = machine.step[:, symbols]
        source, group = np.nonzero(table != STUCK)
        first_arc[m, :] = np.searchsorted(source, np.arange(states + 1))
        arc_group[m, : len(group)], arc_to[m, : len(group)] = group, table[source, group]
        step[m, :size], worked[m, :size] = machine.step, mark
    return {
        "first_arc": first_arc,
        "arc_group": arc_group,
        "arc_to": arc_to,
        "step": step,
        "worked": worked,
        "start": np.array([machine.start for machine, _ in machines]),
        "states": np.array([len(machine.step) for machine, _ in machines]),
    }


def _weekend(problem: Problem) -> np.ndarray:
    weekday = (np.arange(problem.days) + problem.weekday) % 7
    weekend = np.select([weekday == 5, weekday == 6], [OPENS, JOINS], 0)
    weekend[:1] = np.minimum(weekend[:1], OPENS)
    return weekend.astype(np.int64)
