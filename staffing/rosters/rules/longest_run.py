"""Longest run: no more than so many days worked in a row."""

from __future__ import annotations

import numpy as np

from staffing.rosters.automaton import STUCK, Automaton, of_runs
from staffing.rosters.problem import Person, Problem
from staffing.rosters.rule import Found, Rule, stretches


def automaton(problem: Problem, person: Person) -> Automaton:
    """States count the days worked so far; the day before the horizon counts as off."""
    most = person.longest_run
    steps = [(0, n + 1 if n < most else STUCK) for n in range(most + 1)]
    return of_runs(steps, shifts=len(problem.shifts), start=0)


def broken(_problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Runs that are too long."""
    for worked, first, end in stretches(row):
        if worked and end - first > person.longest_run:
            yield first, f"{end - first} days worked in a row; at most {person.longest_run}"


RULE = Rule("longest run", "days worked in a row, at most", broken, automaton=automaton)
