"""Reads a shift-scheduling instance of Curtois and Qu (2014) as a roster problem.

The format has sections with comma-separated rows; lines that begin with # are comments. Days count from 0
and the first is a Monday. A kind of shift that is not named for an employee is one they do not do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from planner.domain.problems import InputError
from planner.domain.problems import Problem as Fault
from staffing.rosters.problem import Person, Problem, Shift

NEEDED = ("HORIZON", "SHIFTS", "STAFF", "COVER")
T = TypeVar("T")
Rows = list[tuple[int, list[str]]]  # line number, cells


def read(text: str, file: str) -> Problem:
    """The roster problem of an instance's text; InputError names what is missing or which line is wrong."""
    sections = _sections(text)
    absent = [name for name in NEEDED if not sections[name]]
    if absent:
        raise InputError([Fault("no_section", f"SECTION_{name} has no rows", file) for name in absent])
    rows = _Careful(file)
    days = rows.first(sections["HORIZON"], lambda cells: int(cells[0]))
    shifts = tuple(rows.each(sections["SHIFTS"], _shift))
    free = dict(rows.each(sections["DAYS_OFF"], lambda cells: (cells[0], _numbers(cells[1:]))))
    people = tuple(
        rows.each(sections["STAFF"], lambda cells: _person(cells, free.get(cells[0], frozenset())))
    )
    place = _Places({p.name: n for n, p in enumerate(people)}, {s.name: n for n, s in enumerate(shifts)})
    cover = np.zeros((3, days, len(shifts)), np.int64)
    for (d, s), numbers in rows.each(sections["COVER"], place.cover):
        cover[:, d, s] = numbers
    wish, constant = np.zeros((len(people), days, len(shifts)), np.int64), 0
    for at, weight in rows.each(sections["SHIFT_ON_REQUESTS"], place.request):
        wish[at] -= weight
        constant += weight
    for at, weight in rows.each(sections["SHIFT_OFF_REQUESTS"], place.request):
        wish[at] += weight
    return Problem(shifts, people, *cover, wish, constant)


@dataclass(frozen=True)
class _Places:
    """Places of employees and shifts by their names."""

    person: dict[str, int]
    shift: dict[str, int]

    def cover(self, cells: list[str]) -> tuple[tuple[int, int], tuple[int, int, int]]:
        """Day and shift; people wanted, price of one too few, price of one too many."""
        return (int(cells[0]), self.shift[cells[1]]), (int(cells[2]), int(cells[3]), int(cells[4]))

    def request(self, cells: list[str]) -> tuple[tuple[int, int, int], int]:
        """Person, day and shift; weight."""
        return (self.person[cells[0]], int(cells[1]), self.shift[cells[2]]), int(cells[3])


@dataclass(frozen=True)
class _Careful:
    """Reads rows of a file so that a wrong one is named by its line."""

    file: str

    def each(self, rows: Rows, reads: Callable[[list[str]], T]) -> Iterator[T]:
        """What each row reads as."""
        for number, cells in rows:
            try:
                yield reads(cells)
            except (ValueError, IndexError, KeyError) as wrong:
                note = f"cannot be read: {','.join(cells)!r} ({wrong})"
                raise InputError([Fault("unreadable", note, self.file, number)]) from wrong

    def first(self, rows: Rows, reads: Callable[[list[str]], T]) -> T:
        """What the first row reads as."""
        return next(self.each(rows[:1], reads))


def _sections(text: str) -> dict[str, Rows]:
    """Rows by section, each with its line number."""
    sections: dict[str, Rows] = defaultdict(list)
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip()
        if bare.startswith("SECTION_"):
            section = bare.removeprefix("SECTION_")
        elif bare and not bare.startswith("#"):
            sections[section].append((number, [cell.strip() for cell in bare.split(",")]))
    return sections


def _shift(cells: list[str]) -> Shift:
    """Name, length in minutes, and shifts that must not follow, parted by bars."""
    after = cells[2] if len(cells) > 2 else ""
    return Shift(cells[0], int(cells[1]), frozenset(name for name in after.split("|") if name))


def _person(cells: list[str], free: frozenset[int]) -> Person:
    """Name, most of each shift, most and least minutes, runs and rests, most weekends."""
    most_of = {name: int(most) for name, most in (cap.split("=") for cap in cells[1].split("|") if cap)}
    most_min, least_min, longest, shortest, rest, weekends = (int(cell) for cell in cells[2:8])
    return Person(cells[0], least_min, most_min, longest, shortest, rest, weekends, most_of, free)


def _numbers(cells: list[str]) -> frozenset[int]:
    return frozenset(int(cell) for cell in cells if cell)
