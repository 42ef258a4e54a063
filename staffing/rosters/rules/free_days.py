"""Free days: days off that are fixed."""

from __future__ import annotations

import numpy as np

from staffing.rosters.problem import OFF, Person, Problem
from staffing.rosters.rule import Found, Rule


def allowed(problem: Problem, person: Person) -> np.ndarray:
    """No shift on a free day (days x shifts)."""
    mask = np.ones(problem.need.shape, bool)
    mask[[day for day in person.free_days if day < problem.days]] = False
    return mask


def broken(_problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Free days that are worked."""
    for day in np.flatnonzero(row != OFF).tolist():
        if day in person.free_days:
            yield day, "works on a fixed day off"


RULE = Rule("free days", "fixed days off", broken, allowed=allowed)
