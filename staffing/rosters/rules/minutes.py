"""Minutes: work over the horizon between a least and a most."""

from __future__ import annotations

import numpy as np

from staffing.rosters.problem import OFF, Person, Problem
from staffing.rosters.rule import Counted, Found, Rule


def counted(person: Person) -> Counted:
    """The person's least and most minutes."""
    return Counted(least_min=person.least_min, most_min=person.most_min)


def broken(problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Too few or too many minutes."""
    found = sum(problem.shifts[s].length_min for s in row.tolist() if s != OFF)
    if not person.least_min <= found <= person.most_min:
        yield None, f"{found} min of work; between {person.least_min} and {person.most_min}"


RULE = Rule("minutes", "work over the horizon, at least and at most", broken, counted=counted)
