"""Succession: some shifts must not come on the day after others, such as an early one after a night."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from staffing.rosters.automaton import STUCK, Automaton
from staffing.rosters.problem import OFF, Person, Problem
from staffing.rosters.rule import Found, Rule


def automaton(problem: Problem, _person: Person) -> Automaton:
    """States remember the last day: 0 off (and the start), 1 + s shift s."""
    size = len(problem.shifts) + 1
    step = np.tile(np.arange(size), (size, 1))
    for s, shift in enumerate(problem.shifts):
        step[1 + s, [1 + problem.names[name] for name in shift.not_followed_by]] = STUCK
    return Automaton(step)


def broken(problem: Problem, _person: Person, row: np.ndarray) -> Found:
    """Shifts on the day after one that they must not follow."""
    for day, (before, now) in enumerate(pairwise(row.tolist()), start=1):
        if OFF not in (before, now):
            last, shift = problem.shifts[before], problem.shifts[now]
            if shift.name in last.not_followed_by:
                yield day, f"{shift.name} on the day after {last.name}"


RULE = Rule("succession", "shifts that must not follow others", broken, automaton=automaton)
