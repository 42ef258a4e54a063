"""The shape of a table that travels: its columns, its grain, and the check at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from planner.domain.cells import typed_column
from planner.domain.column import SHOWN, Column, Found, Kind
from planner.domain.problems import InputError, Problem, counted

__all__ = ["SHOWN", "Column", "Found", "Kind", "Rule", "Table"]

QUOTED = 100  # characters of a cell that a problem quotes
Rule = Callable[[pd.DataFrame], Iterator[Found]]


@dataclass(frozen=True)
class Table:
    """A named table with one row per `grain`.

    `together` holds checks across columns: each takes the typed frame, in which cells already found
    wrong are missing, and yields `Found`.
    A column named `answered_within_{seconds}_s` stands for a family of columns.
    """

    name: str
    meaning: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    together: tuple[Rule, ...] = field(default=())

    def column(self, name: str) -> Column:
        """The declaration of a column, families included; KeyError if there is none."""
        for column in self.columns:
            if column.name == name or ("{" in column.name and _of_family(column.name, name)):
                return column
        raise KeyError(f"{self.name} has no column {name}")

    def declares(self, name: str) -> bool:
        """Whether the table has a column of this name, families included."""
        return any(c.name == name or ("{" in c.name and _of_family(c.name, name)) for c in self.columns)

    def present(self, frame: pd.DataFrame) -> list[str]:
        """The declared columns that the frame has, in declared order, families expanded."""
        names: list[str] = []
        for column in self.columns:
            if "{" in column.name:
                names += sorted((n for n in frame.columns if _of_family(column.name, str(n))), key=_number_in)
            elif column.name in frame.columns:
                names.append(column.name)
        return names

    def check(
        self,
        frame: pd.DataFrame,
        *,
        file: str | None = None,
        rows: Sequence[int] | np.ndarray | None = None,
        found: Iterable[Found] = (),
    ) -> pd.DataFrame:
        """The frame with declared columns and types, or InputError with every problem.

        `rows` gives each frame row's number in the file; by default the header is row 1.
        `found` are cells already known to be wrong: they are reported with the rest and not judged
        again. Columns that are not declared are left out. Blank cells are None, NaN or "".
        """
        source = frame.reset_index(drop=True)
        numbers = np.arange(len(frame)) + 2 if rows is None else np.asarray(rows)
        missing = list(self.missing(source, file))
        typed, founds = self.findings(source, rows=numbers, found=found)
        problems = missing + [p for each in founds for p in problems_of(each, source, numbers, file)]
        if problems:
            raise InputError(problems)
        return typed.astype({name: self.column(name).dtype for name in typed.columns})

    def findings(
        self, frame: pd.DataFrame, *, rows: np.ndarray, found: Iterable[Found] = ()
    ) -> tuple[pd.DataFrame, list[Found]]:
        """The frame with every cell that could be read (the others missing), and all cells that are wrong.

        For those who check a file piece by piece; the frame's index counts from 0.
        """
        typed, founds = self._typed(frame, tuple(found))
        if not any(self.missing(frame)):
            founds += self._across(typed, founds, rows)
        return typed, founds

    def missing(self, frame: pd.DataFrame, file: str | None = None) -> Iterator[Problem]:
        """One problem for each needed column that the frame does not have."""
        have = ", ".join(map(str, frame.columns)) or "no columns"
        for column in self.columns:
            if column.needed and "{" not in column.name and column.name not in frame.columns:
                note = f"column {column.name} is missing ({column.meaning}); found: {have}"
                yield Problem("missing_column", note, file, None, column.name)

    def _typed(self, source: pd.DataFrame, known: tuple[Found, ...]) -> tuple[pd.DataFrame, list[Found]]:
        """Every declared column converted, and the cells that are wrong: the known ones come first."""
        founds = list(known)
        typed: dict[str, pd.Series] = {}
        for name in self.present(source):
            typed[name], wrong = typed_column(source[name], self.column(name), name)
            told = [each.where for each in known if each.column == name]
            founds += _not_yet(wrong, np.logical_or.reduce(told)) if told else wrong
        return pd.DataFrame(typed, index=source.index), founds

    def _across(self, typed: pd.DataFrame, founds: list[Found], rows: np.ndarray) -> list[Found]:
        """What is wrong between columns and rows; cells already found wrong are missing there.

        That they are missing is no further problem: a cell is told once.
        """
        sound = typed.copy(deep=False)
        told = dict.fromkeys((each.column for each in founds), np.zeros(len(typed), dtype=bool))
        for each in founds:
            told[each.column] = told[each.column] | each.where
            if each.column in sound.columns:
                sound[each.column] = sound[each.column].mask(each.where)
        across = list(self._repeated(sound, rows))
        for rule in self.together:
            across += list(rule(sound))
        again = [_not_yet([each], told[each.column]) if each.column in told else [each] for each in across]
        return [each for kept in again for each in kept]

    def _repeated(self, frame: pd.DataFrame, rows: np.ndarray) -> Iterator[Found]:
        key = list(self.grain)
        if not set(key) <= set(frame.columns):
            return
        again = frame.duplicated(key).to_numpy()
        if again.any():
            again = again & frame[key].notna().all(axis=1).to_numpy()
        if again.any():
            group = frame.groupby(key, sort=False, dropna=False).ngroup().to_numpy()
            earlier = pd.Series(rows).groupby(group).transform("first")
            yield Found("duplicate_key", key[-1], again, self.says_repeated, cells=earlier)

    def says_repeated(self, row: object) -> str:
        """The note about a row that repeats the key of an earlier one."""
        return f"repeats the key {' x '.join(self.grain)} of row {row:,}; keep one row for each"

    def empty(self) -> pd.DataFrame:
        """A frame with every needed and optional column (families left out) and no rows."""
        plain = [c for c in self.columns if "{" not in c.name]
        return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in plain})


def _not_yet(wrong: list[Found], told: np.ndarray) -> list[Found]:
    """The findings without the cells that were already told."""
    kept = [Found(w.code, w.column, w.where & ~told, w.say, w.cells, w.shown) for w in wrong]
    return [each for each in kept if each.where.any()]


def problems_of(found: Found, source: pd.DataFrame, rows: np.ndarray, file: str | None) -> Iterator[Problem]:
    """One problem per cell for the first cells of a finding, and one that counts the rest."""
    at = np.flatnonzero(found.where)
    for i in at[: found.shown]:
        yield Problem(found.code, found.say(_cell(found, source, i)), file, int(rows[i]), found.column)
    if len(at) > found.shown > 0:
        yield the_rest(found, len(at) - found.shown, last_row=int(rows[at[-1]]), file=file)


def the_rest(found: Found, count: int, *, last_row: int, file: str | None) -> Problem:
    """The problem that counts the cells of a finding that are not written out."""
    note = f"and {counted(count, 'more cell')} of the same kind, the last in row {last_row:,}"
    return Problem(found.code, note, file, None, found.column)


def _cell(found: Found, source: pd.DataFrame, place: int) -> object:
    """The cell as it is quoted: a text that runs on, or over lines, is cut."""
    if found.cells is not None:
        return found.cells.iloc[place]
    cell = source[found.column].iloc[place] if found.column in source.columns else None
    if not isinstance(cell, str) or (len(cell) <= QUOTED and "\n" not in cell):
        return cell
    return cell[:QUOTED].split("\n")[0] + " …"


def _of_family(family: str, name: str) -> bool:
    head, tail = family.split("{")[0], family.split("}")[1]
    middle = name[len(head) : len(name) - len(tail)] if tail else name[len(head) :]
    return name.startswith(head) and name.endswith(tail) and middle.isdigit()


def _number_in(name: str) -> int:
    return int("".join(c for c in str(name) if c.isdigit()))
