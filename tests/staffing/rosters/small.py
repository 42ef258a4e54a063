"""Small roster problems, and every row there is, by counting: the witness of the engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np

from staffing.rosters.problem import Person, Problem, Shift
from staffing.rosters.rule import every_rule

EARLY = Shift("E", 480)
LATE = Shift("L", 360, frozenset({"E"}))
NIGHT = Shift("N", 600, frozenset({"E", "L"}))
ANN = Person("Ann", 900, 2400, 3, 2, 2, 1, {"E": 9, "L": 2, "N": 1}, frozenset({1}))


class Ticks:
    """A clock that moves by one whenever it is read."""

    def __init__(self) -> None:
        """It begins at nought."""
        self.time = 0.0

    def __call__(self) -> float:
        self.time += 1.0
        return self.time


def person(rng: np.random.Generator, name: str) -> Person:
    """Somebody with drawn limits."""
    caps = {"E": int(rng.integers(1, 9)), "L": int(rng.integers(0, 4)), "N": int(rng.integers(0, 3))}
    least = int(rng.integers(0, 3)) * 480
    return Person(
        name,
        least,
        least + int(rng.integers(2, 6)) * 420,
        int(rng.integers(2, 5)),
        int(rng.integers(1, 3)),
        int(rng.integers(1, 3)),
        int(rng.integers(0, 3)),
        caps,
        frozenset({int(rng.integers(0, 7))}),
    )


def problem(seed: int, *, people: int, days: int, weekday: int = 0) -> Problem:
    """A drawn problem; everybody in it has a legal row."""
    rng = np.random.default_rng(seed)
    shape = (days, 3)
    found = Problem(
        (EARLY, LATE, NIGHT),
        (),
        rng.integers(0, people + 1, shape),
        rng.integers(5, 40, shape),
        rng.integers(0, 5, shape),
        np.zeros((0, *shape), np.int64),
        weekday=weekday,
    )
    staff: list[Person] = []
    while len(staff) < people:
        one = person(rng, f"P{len(staff)}")
        if next(legal_rows(found, one), None) is not None:
            staff.append(one)
    wish = rng.integers(-3, 4, (people, *shape)) * (rng.random((people, *shape)) < 0.3)
    return replace(found, people=tuple(staff), wish=wish, constant=7)


def legal_rows(of: Problem, one: Person) -> Iterator[np.ndarray]:
    """Every row that breaks no rule, by trying all."""
    rules = every_rule()
    for cells in product(range(-1, len(of.shifts)), repeat=of.days):
        row = np.array(cells)
        if not any(next(iter(rule.broken(of, one, row)), None) for rule in rules):
            yield row
