"""People without any legal row, and the rules that leave them none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from planner.domain.problems import Problem as Fault
from staffing.rosters.pricing import TRIES, best_row, room_for
from staffing.rosters.problem import Problem
from staffing.rosters.rule import Rule, every_rule
from staffing.rosters.start import found_legal
from staffing.rosters.tables import tables_of

CELLS = 16_000_000


def faults_of(problem: Problem, people: Iterable[int]) -> list[Fault]:
    """One fault per person, with the rules each of which alone, if dropped, would leave a legal row."""
    return [_fault(replace(problem, people=(problem.people[p],), wish=problem.wish[[p]])) for p in people]


def _fault(alone: Problem) -> Fault:
    rules = every_rule()
    guilty = [rule.name for rule in rules if _has_row(alone, tuple(r for r in rules if r is not rule))]
    why = f"without the rule {' or '.join(guilty)} there is one" if guilty else "no rule alone is the reason"
    return Fault("no_legal_roster", f"{alone.people[0].name} has no legal roster; {why}")


def _has_row(alone: Problem, rules: tuple[Rule, ...]) -> bool:
    t = tables_of(alone, rules)
    room = room_for(t, cells=CELLS)
    row = np.full(alone.days, -1)
    _, found, salt = best_row(t, 0, (0, 1, TRIES), np.zeros_like(t.need), room, row)
    return bool(found or found_legal(t, 0, room=room, salt=salt, row=row))
