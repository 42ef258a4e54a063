"""Most of a shift: so many shifts of a kind over the horizon, none of a kind the person does not do."""

from __future__ import annotations

import numpy as np

from staffing.rosters.problem import Person, Problem
from staffing.rosters.rule import Counted, Found, Rule


def allowed(problem: Problem, person: Person) -> np.ndarray:
    """Only shifts that the person does at all (days x shifts)."""
    does = [person.most_of.get(shift.name, 0) > 0 for shift in problem.shifts]
    return np.tile(np.array(does, bool), (problem.days, 1))


def counted(person: Person) -> Counted:
    """The person's cap by shift."""
    return Counted(most_of=person.most_of)


def broken(problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Kinds of shift worked too often."""
    for s, shift in enumerate(problem.shifts):
        found, most = int((row == s).sum()), person.most_of.get(shift.name, 0)
        if found > most:
            yield None, f"{found} shifts {shift.name}; at most {most}"


RULE = Rule(
    "most of a shift", "shifts of a kind over the horizon, at most", broken, allowed=allowed, counted=counted
)
