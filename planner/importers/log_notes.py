"""What a contact log leaves open or could mean otherwise: said with file, row and column, not refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from planner.domain.problems import Problem, counted
from planner.domain.quality import FcrReading
from planner.importers.tabulated import Tabulated

MANY = 0.20  # share of rows without a customer from which the log says so
NAMED = 5  # reasons written out; the rest is counted


@dataclass
class Rows:
    """How many rows of a kind there were, and the first of them."""

    count: int = 0
    first: int | None = None

    def add(self, rows: np.ndarray, where: np.ndarray) -> None:
        """Count rows of a piece."""
        found = int(where.sum())
        if found and self.first is None:
            self.first = int(rows[np.flatnonzero(where)[0]])
        self.count += found


@dataclass
class LogNotes:
    """Collects, piece by piece, what a planner should know of a contact log."""

    file: str
    reading: FcrReading
    count: int = 0
    nobody: Rows = field(default_factory=Rows)
    identified: bool = False
    local: dict[str, Rows] = field(default_factory=dict)
    zoned: dict[str, Rows] = field(default_factory=dict)
    reasons: dict[str, Rows] = field(default_factory=dict)

    def add(self, typed: pd.DataFrame, piece: Tabulated) -> None:
        """Count what a piece of the log lacks."""
        self.count += len(typed)
        if "customer_id" in typed.columns:
            self.identified = True
            self.nobody.add(piece.rows, typed["customer_id"].isna().to_numpy())
        for name, local in piece.local.items():
            there = typed[name].notna().to_numpy()
            self.local.setdefault(name, Rows()).add(piece.rows, there & local)
            self.zoned.setdefault(name, Rows()).add(piece.rows, there & ~local)
        if "reason" in typed.columns and (self.reading.families or self.reading.net_reasons):
            self._add_reasons(typed["reason"], piece.rows)

    def _add_reasons(self, reasons: pd.Series, rows: np.ndarray) -> None:
        codes, names = pd.factorize(reasons)
        for code, name in enumerate(names):
            self.reasons.setdefault(str(name), Rows()).add(rows, codes == code)

    def notices(self) -> tuple[str, ...]:
        """Everything to say, each with file, row and column."""
        said = [*self._customers(), *self._clocks(), *self._families(), *self._net()]
        return tuple(str(problem) for problem in said)

    def _problem(self, code: str, note: str, column: str, row: int | None = None) -> Problem:
        return Problem(code, note, self.file, row, column)

    def _customers(self) -> Iterator[Problem]:
        if not self.count:
            return
        if not self.identified:
            note = (
                "the column is missing: nobody can be seen to come back, so that FCR by repeats has no figure"
            )
            yield self._problem("no_customers", note, "customer_id")
        elif self.nobody.count >= MANY * self.count:
            share = self.nobody.count / self.count
            note = (
                f"is blank on {self.nobody.count:,} of {counted(self.count, 'row')} ({share:.0%}), first "
                f"here: FCR by repeats rests on the other {1 - share:.0%}; these count as unknown customers"
            )
            yield self._problem("unknown_customers", note, "customer_id", self.nobody.first)

    def _clocks(self) -> Iterator[Problem]:
        for name, local in self.local.items():
            zoned = self.zoned[name]
            if local.count and zoned.count:
                note = (
                    f"{local.count:,} of {counted(local.count + zoned.count, 'time')} have no UTC offset, "
                    f"first here; read on the clock of the row's site, the others (first in row "
                    f"{zoned.first:,}) by their offset; write an offset on all if that is wrong"
                )
                yield self._problem("mixed_clocks", note, name, local.first)
        yield from self._columns_apart()

    def _columns_apart(self) -> Iterator[Problem]:
        """Columns of one log that are wholly on the local clock while others carry offsets."""
        local = [name for name, rows in self.local.items() if rows.count and not self.zoned[name].count]
        zoned = [name for name, rows in self.zoned.items() if rows.count and not self.local[name].count]
        if local and zoned:
            note = (
                f"no time has a UTC offset, unlike {', '.join(zoned)}; read on the clock of the row's site; "
                "write an offset if that is wrong"
            )
            yield self._problem("mixed_clocks", note, ", ".join(local), self.local[local[0]].first)

    def _families(self) -> Iterator[Problem]:
        families = self.reading.families
        if not families:
            return
        known = {*families, *families.values()}
        strange = [(name, rows) for name, rows in self.reasons.items() if name not in known]
        strange.sort(key=lambda each: (-each[1].count, each[0]))
        for name, rows in strange[:NAMED]:
            note = (
                f"“{name}” ({counted(rows.count, 'row')}, first here) is in no family of "
                "quality.fcr.families in plan.yaml; it is a family of its own"
            )
            yield self._problem("unknown_reason", note, "reason", rows.first)
        if len(strange) > NAMED:
            more = counted(len(strange) - NAMED, "more reason")
            yield self._problem("unknown_reason", f"and {more} in no family", "reason")

    def _net(self) -> Iterator[Problem]:
        families = {self.reading.families.get(name, name) for name in self.reasons}
        missing = [name for name in self.reading.net_reasons if name not in families]
        if self.reasons and missing:
            named = ", ".join(f"“{name}”" for name in missing[:NAMED])
            note = (
                f"no contact has {named}, named by quality.fcr.net_reasons in plan.yaml; check the spelling"
            )
            yield self._problem("unknown_reason", note, "reason")
