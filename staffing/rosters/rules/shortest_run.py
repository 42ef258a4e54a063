"""Shortest run: no fewer than so many days worked in a row, unless the horizon cuts the run."""

from __future__ import annotations

import numpy as np

from staffing.rosters.automaton import STUCK, Automaton, of_runs
from staffing.rosters.problem import Person, Problem
from staffing.rosters.rule import Found, Rule, stretches


def automaton(problem: Problem, person: Person) -> Automaton:
    """States count the days worked so far up to `least`, where the run may end and the horizon begins."""
    least = max(person.shortest_run, 1)
    steps = [(0 if n in (0, least) else STUCK, min(n + 1, least)) for n in range(least + 1)]
    return of_runs(steps, shifts=len(problem.shifts), start=least)


def broken(problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Runs inside the horizon that are too short."""
    for worked, first, end in stretches(row):
        inside = first > 0 and end < problem.days
        if worked and inside and end - first < person.shortest_run:
            yield first, f"{end - first} days worked in a row; at least {person.shortest_run}"


RULE = Rule("shortest run", "days worked in a row, at least", broken, automaton=automaton)
