"""What is asked of a roster: shifts, people with their limits, need per day and shift, wishes in money.

Days count from 0, shifts by their place in `Problem.shifts`; a roster is an array people x days of shift
numbers, OFF where the day is free.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

OFF = -1


@dataclass(frozen=True)
class Shift:
    """A kind of shift: its length, and the shifts that must not come on the day after it."""

    name: str
    length_min: int
    not_followed_by: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.length_min <= 0:
            raise ValueError(f"shift {self.name}: its length is {self.length_min} min; it must be positive")


@dataclass(frozen=True)
class Person:
    """One person's limits over the horizon.

    A run is a row of days worked, a rest a row of days off. Runs and rests that touch the first or the
    last day may go on outside the horizon, so they are never too short. `most_of` caps shifts by name;
    a shift that is not in it may not be worked.
    """

    name: str
    least_min: int
    most_min: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    most_weekends: int
    most_of: dict[str, int]
    free_days: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Problem:
    """A roster to be found.

    `need`, `under` and `over` are days x shifts: people wanted, and the price of one too few or too many.
    `wish` is people x days x shifts: the price of working that shift (wishes against it above 0, wishes
    for it below); `constant` is paid whatever the roster (a wish for a shift costs its price until it is
    met). All prices are whole numbers. `weekday` is that of day 0, Monday 0.
    """

    shifts: tuple[Shift, ...]
    people: tuple[Person, ...]
    need: np.ndarray
    under: np.ndarray
    over: np.ndarray
    wish: np.ndarray
    constant: int = 0
    weekday: int = 0
    names: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        shape = self.need.shape
        if self.wish.shape != (len(self.people), *shape) or shape[1] != len(self.shifts):
            raise ValueError(f"wishes of {self.wish.shape} do not fit people, days and shifts {shape}")
        if (self.under < 0).any() or (self.over < 0).any():
            raise ValueError("prices of one too few and one too many must not be negative")
        object.__setattr__(self, "names", {shift.name: s for s, shift in enumerate(self.shifts)})

    @property
    def days(self) -> int:
        return len(self.need)


def cover(problem: Problem, roster: np.ndarray) -> np.ndarray:
    """People at work by day and shift."""
    here = np.zeros_like(problem.need)
    _, days = np.nonzero(roster != OFF)
    np.add.at(here, (days, roster[roster != OFF]), 1)
    return here


def wishes_paid(problem: Problem, person: int, row: np.ndarray) -> int:
    """What one person's row costs in wishes, without the constant."""
    days = np.flatnonzero(row != OFF)
    return int(problem.wish[person, days, row[days]].sum())


def cost(problem: Problem, roster: np.ndarray) -> int:
    """Price of a roster: wishes, and people too few or too many."""
    missing = problem.need - cover(problem, roster)
    wishes = sum(wishes_paid(problem, p, row) for p, row in enumerate(roster))
    short = (problem.under * np.maximum(missing, 0)).sum()
    idle = (problem.over * np.maximum(-missing, 0)).sum()
    return int(problem.constant + wishes + short + idle)
