"""What a rule of a roster is: one file under `staffing/rosters/rules`, two faces.

The engine's face is an automaton over days, a mask of days and shifts, or limits counted over the
horizon; the checking face, `broken`, looks at a finished row and knows nothing of the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from planner.domain.doors import parts
from staffing.rosters import rules
from staffing.rosters.automaton import Automaton
from staffing.rosters.problem import OFF, Person, Problem


@dataclass(frozen=True)
class Counted:
    """Limits counted over the horizon: minutes, weekends, and shifts of each kind (None is no limit)."""

    least_min: int = 0
    most_min: int | None = None
    most_weekends: int | None = None
    most_of: dict[str, int] | None = None


@dataclass(frozen=True)
class Breach:
    """A rule broken by a person; `day` is the first day concerned, None for the horizon as a whole."""

    person: str
    rule: str
    day: int | None
    note: str


Found = Iterator[tuple[int | None, str]]


@dataclass(frozen=True)
class Rule:
    """A rule: `broken(problem, person, row)` yields a day and a note per violation."""

    name: str
    meaning: str
    broken: Callable[[Problem, Person, np.ndarray], Found]
    automaton: Callable[[Problem, Person], Automaton] | None = None
    allowed: Callable[[Problem, Person], np.ndarray] | None = None
    counted: Callable[[Person], Counted] | None = None


def every_rule() -> tuple[Rule, ...]:
    """The rules found in `staffing/rosters/rules`, one file each, in the order of the files."""
    return tuple(part.RULE for part in parts(rules, shape={"RULE": Rule}).values())


def breaches(problem: Problem, roster: np.ndarray) -> list[Breach]:
    """Every rule that a roster breaks; empty when it is legal."""
    return [
        Breach(person.name, rule.name, day, note)
        for rule in every_rule()
        for person, row in zip(problem.people, roster)
        for day, note in rule.broken(problem, person, row)
    ]


def stretches(row: np.ndarray) -> list[tuple[bool, int, int]]:
    """Rows of days alike: whether worked, first day, and the day after the last."""
    worked = row != OFF
    edges = [0, *(np.flatnonzero(worked[1:] != worked[:-1]) + 1).tolist(), len(row)]
    return [(bool(worked[a]), a, b) for a, b in pairwise(edges)]
