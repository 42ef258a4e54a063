"""People without any legal row, and the rules that leave them none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from planner.domain.problems import Problem as Fault
from staffing.rosters.clock import Clock
from staffing.rosters.pricing import TRIES, best_row, room_for
from staffing.rosters.problem import Problem
from staffing.rosters.rule import Rule, every_rule
from staffing.rosters.start import legal_found
from staffing.rosters.tables import tables_of

CELLS = 16_000_000


def faults_of(problem: Problem, people: Iterable[int], *, clock: Clock) -> list[Fault]:
    """One fault per person, with the rules each of which alone, if dropped, would leave a legal row.

    Once the clock has ended people are named without their rules.
    """
    alone = [replace(problem, people=(problem.people[p],), wish=problem.wish[[p]]) for p in people]
    return [_fault(one, clock) if clock.left > 0 else _named(one) for one in alone]


def late_faults(problem: Problem, people: Iterable[int]) -> list[Fault]:
    """One fault per person for whom the time was too short."""
    why = "no legal roster was found in the time, and none was ruled out; allow more time"
    return [Fault("no_roster_in_time", f"{problem.people[p].name}: {why}") for p in people]


def _named(alone: Problem) -> Fault:
    why = "the time was too short to find out which rule is the reason"
    return Fault("no_legal_roster", f"{alone.people[0].name} has no legal roster; {why}")


def _fault(alone: Problem, clock: Clock) -> Fault:
    rules = every_rule()
    left_out = [(rule.name, tuple(r for r in rules if r is not rule)) for rule in rules]
    guilty = [name for name, others in left_out if _has_row(alone, others, clock)]
    why = f"without the rule {' or '.join(guilty)} there is one" if guilty else "no rule alone is the reason"
    return Fault("no_legal_roster", f"{alone.people[0].name} has no legal roster; {why}")


def _has_row(alone: Problem, rules: tuple[Rule, ...], clock: Clock) -> bool:
    t = tables_of(alone, rules)
    room = room_for(t, cells=CELLS)
    row = np.full(alone.days, -1)
    _, found, salt = best_row(t, 0, (0, 1, TRIES), np.zeros_like(t.need), room, row)
    return bool(found) or legal_found(t, 0, room=room, salt=salt, clock=clock).row is not None
