"""Shortest rest: no fewer than so many days off in a row, unless the horizon cuts the rest."""

from __future__ import annotations

import numpy as np

from staffing.rosters.automaton import STUCK, Automaton, of_runs
from staffing.rosters.problem import Person, Problem
from staffing.rosters.rule import Found, Rule, stretches


def automaton(problem: Problem, person: Person) -> Automaton:
    """State 0 is at work; others count days off up to `least`, where the rest may end."""
    least = max(person.shortest_rest, 1)
    steps = [(min(n + 1, least), 0 if n in (0, least) else STUCK) for n in range(least + 1)]
    return of_runs(steps, shifts=len(problem.shifts), start=least)


def broken(problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Rests inside the horizon that are too short."""
    for worked, first, end in stretches(row):
        inside = first > 0 and end < problem.days
        if not worked and inside and end - first < person.shortest_rest:
            yield first, f"{end - first} days off in a row; at least {person.shortest_rest}"


RULE = Rule("shortest rest", "days off in a row, at least", broken, automaton=automaton)
