"""Overtime: shifts that take no hours of the contract, at the price of a paid hour and its premium.

A kind whose contract allows overtime offers its shifts twice. The second ones use no contract hours and are
counted, so that a week has as many as the overtime holds; where leave, the longest week or an average leaves
no room they are forbidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from planner.domain.centre import Contract
from staffing.labour import People, Rule
from staffing.scheduling.problem import COUNTED, FLAGS, FORBIDDEN, Problem
from staffing.scheduling.shift_table import Cap, Kind

BIT = COUNTED.index("overtime")


class Hours(NamedTuple):
    """Paid hours that all rules leave, agent x week: of the contract, and above it."""

    contract: np.ndarray
    overtime: np.ndarray


def with_overtime(kind: Kind, contract: Contract, *, premium: float) -> Kind:
    """The kind with the shifts that its contract's overtime holds; `premium` is a share of the hour.

    An hour of overtime is paid whatever it brings, as an idle hour of the contract is, and its premium.
    """
    again = tuple(
        replace(shift, overtime=True) for shift in kind.shifts if shift.paid_min <= contract.overtime_h * 60
    )
    if not again:
        return kind
    more = replace(
        kind,
        shifts=(*kind.shifts, *again),
        contract_h=contract.weekly_hours,
        overtime_price=kind.idle_price * (1 + premium),
    )
    most = int(contract.overtime_h / more.longest_overtime_h + 1e-9)
    return replace(more, caps=(*kind.caps, Cap("overtime", most, weeks=1, once=False)))


def hours_left(people: People, caps: np.ndarray, rules: Sequence[Rule]) -> Hours:
    """What the rules leave; `caps` (agent x week) are the most hours of a week, overtime included."""
    law = [rule.week_h(people) for rule in rules if rule.week_h is not None and rule.overtime_h is None]
    within = np.minimum.reduce([caps, *law])
    own = [rule.week_h(people) for rule in rules if rule.week_h is not None and rule.overtime_h is not None]
    contract = np.minimum.reduce([within, *own])
    above = [rule.overtime_h(people) for rule in rules if rule.overtime_h is not None]
    overtime = np.minimum.reduce([within - contract, *above]) if above else np.zeros_like(contract)
    return Hours(contract, np.maximum(overtime, 0.0))


def shifts_of_overtime(kind: Kind, hours: np.ndarray) -> np.ndarray:
    """Shifts of overtime that a week with so many hours of it may hold: all that the kind may, or none."""
    most = sum(cap.most for cap in kind.caps if cap.counted == "overtime")
    return np.where(hours + 1e-9 >= most * kind.longest_overtime_h, most, 0)


def forbid_overtime(problem: Problem, hours: np.ndarray, kinds: Sequence[Kind]) -> None:
    """Agents may work no overtime in weeks without room for it; `hours` is agent x week."""
    staff, shifts = problem.staff, problem.shifts
    for c, kind in enumerate(kinds):
        if kind.longest_overtime_h > 0:
            agents = np.flatnonzero(staff.kind == c)
            none = shifts_of_overtime(kind, hours[agents]) == 0
            of_day = np.repeat(none, np.diff(problem.week_day), axis=1)
            marked = (shifts.starts[c, :, :, FLAGS] >> BIT & 1).astype(bool)
            staff.cost[agents] = np.where(
                of_day[:, :, None] & marked, np.float32(FORBIDDEN), staff.cost[agents]
            )
