"""What is wrong with an input, said so that a planner can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong: what was found, where, and what would be right.

    `row` is the row a person sees in the spreadsheet (the header is usually row 1).
    `column` is a column name or, for YAML, the dotted path.
    """

    code: str
    note: str
    file: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = [self.file, f"row {self.row}" if self.row is not None else None, self.column]
        where = ", ".join(part for part in place if part)
        return f"{where}: {self.note}" if where else self.note


class InputError(Exception):
    """The input cannot be used; every problem found is in `problems`, and nothing was stored."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        if not self.problems:
            raise ValueError("an InputError names at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Infeasible(Exception):
    """No answer can satisfy the hard rules; `problems` names who, when and which rule."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def counted(number: int, noun: str) -> str:
    """A number with its noun, as in "1 row" and "1,200 rows"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
