"""Weekends: so many weekends with work on Saturday, Sunday or both."""

from __future__ import annotations

import numpy as np

from staffing.rosters.problem import OFF, Person, Problem
from staffing.rosters.rule import Counted, Found, Rule


def counted(person: Person) -> Counted:
    """The person's most weekends."""
    return Counted(most_weekends=person.most_weekends)


def broken(problem: Problem, person: Person, row: np.ndarray) -> Found:
    """Too many weekends worked."""
    weekday = (np.arange(problem.days) + problem.weekday) % 7
    week = (np.arange(problem.days) + problem.weekday) // 7
    found = len(np.unique(week[(weekday >= 5) & (row != OFF)]))
    if found > person.most_weekends:
        yield None, f"{found} weekends with work; at most {person.most_weekends}"


RULE = Rule("weekends", "weekends with work, at most", broken, counted=counted)
