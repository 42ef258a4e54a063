"""Problems of a file that is checked piece by piece: the first of each kind, and a count of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from planner.domain.column import SHOWN, Found
from planner.domain.problems import Problem
from planner.domain.table import problems_of, the_rest
from planner.importers.tabulated import Tabulated


@dataclass
class Seen:
    """What was seen of one kind of problem; `first` says its code, its column and how many to show."""

    first: Found
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    last_row: int = 0


@dataclass
class Tally:
    """Collects the findings in the pieces of a file."""

    file: str
    kinds: dict[tuple[str, str, str], Seen] = field(default_factory=dict)

    def add(self, found: Found, piece: Tabulated) -> None:
        """Count a finding in a piece, and write out its cells while few of the kind were."""
        if not found.where.any():
            return
        seen = self.kinds.setdefault(_kind(found, piece), Seen(found))
        more = replace(found, shown=max(found.shown - seen.count, 0))
        told = problems_of(more, piece.cells, piece.rows, self.file)
        seen.problems += [problem for problem in told if problem.row is not None]
        seen.count += int(found.where.sum())
        seen.last_row = int(piece.rows[np.flatnonzero(found.where)[-1]])

    def problems(self) -> list[Problem]:
        """Everything found, kind by kind."""
        return [problem for seen in self.kinds.values() for problem in self._told(seen)]

    def _told(self, seen: Seen) -> Iterator[Problem]:
        yield from seen.problems
        rest = seen.count - seen.first.shown
        if rest > 0 and seen.first.shown > 0:
            yield the_rest(seen.first, rest, last_row=seen.last_row, file=self.file)


def _kind(found: Found, piece: Tabulated) -> tuple[str, str, str]:
    """Code and column; where every strange value is a finding of its own, its note tells it apart."""
    if found.shown >= SHOWN:
        return found.code, found.column, ""
    return found.code, found.column, found.say(piece.cells[found.column].iloc[int(found.where.argmax())])
