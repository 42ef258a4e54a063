"""The calculator's file: every cell as given, the situations that can be answered, and what is wrong.

Percent signs (80 %), decimal commas, `never` for a patience without end, and a model written as Erlang C
are read as what they mean. Headings nobody knows are kept as notes, unless they look like a misspelling.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.calculation import PROBLEM, RESULT_COLUMNS, SITUATIONS
from planner.domain.cells import blank_cells, each_distinct, written
from planner.domain.column import Found
from planner.domain.problems import InputError, Problem
from planner.domain.table import problems_of
from planner.importers.own import points
from planner.importers.tabulated import key_of, require
from planner.records import Limits, Records, read_records

RESULTS = tuple(column.name for column in (*RESULT_COLUMNS, PROBLEM))
SHARES = tuple(column.name for column in SITUATIONS.columns if column.kind == "share")
NEEDS = tuple(column.name for column in SITUATIONS.columns if column.needed)
NEVER = ("never", "inf", "infinite", "infinity", "∞")
PERCENT = r"\s*[+-]?[\d.,]+\s*%\s*"
ALIKE = 0.8  # how alike a heading and a missing column are when the one is taken for the other misspelt


@dataclass(frozen=True)
class Asked:
    """A file of situations, one row a record.

    `given` are the cells as they stand under their own headings; `situations` the typed rows, where
    `answerable` is true; `rows` the numbers a person sees; `problems` by row, in the file's order.
    """

    given: pd.DataFrame
    situations: pd.DataFrame
    answerable: np.ndarray
    rows: np.ndarray
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]

    def read(self) -> pd.DataFrame:
        """The cells as given, but numbers where a whole column of a situation was read as numbers."""
        columns = {str(name): self._number_column(str(name)) for name in self.given.columns}
        return pd.DataFrame(columns, index=self.given.index)

    def _number_column(self, name: str) -> pd.Series:
        cells, key = self.given[name], key_of(name)
        if key not in self.situations or not pd.api.types.is_numeric_dtype(self.situations[key].dtype):
            return cells
        read = self.situations[key]
        unread = read.isna().to_numpy() & ~blank_cells(cells)
        return cells if unread.any() or np.isinf(read).any() else read

    def told(self) -> pd.Series:
        """Why a row cannot be answered, in words; missing where it can."""
        notes: dict[int | None, list[str]] = defaultdict(list)
        for problem in self.problems:
            notes[problem.row].append(f"{problem.column}: {problem.note}" if problem.column else problem.note)
        return pd.Series(["; ".join(notes[row]) if row in notes else None for row in self.rows], dtype="str")


def read_situations(path: Path, *, limits: Limits | None = None) -> Asked:
    """The situations of a CSV, Excel or Parquet file; InputError where it has none or a column is wrong."""
    records = read_records(path, knows=_knows, sheets=[SITUATIONS.name], limits=limits)
    require(records, NEEDS)
    _refuse_misspelt(records)
    if kept := [text for text in records.ignored if key_of(text) not in RESULTS]:
        _refuse_twice([*records.labels.values(), *kept], records)
        labels = {text: text for text in kept}
        records = read_records(
            path, knows=lambda text: _knows(text) or labels.get(text), sheets=[SITUATIONS.name], limits=limits
        )
    if records.cells.empty and not records.problems:
        raise InputError([Problem("no_rows", "holds a header and no rows", records.file)])
    return _asked(records)


def _knows(text: str) -> str | None:
    key = key_of(text)
    return key if SITUATIONS.declares(key) else None


def _refuse_misspelt(records: Records) -> None:
    """InputError where an unknown heading is near a column that the file lacks."""
    lacking = [name for name in (c.name for c in SITUATIONS.columns) if name not in records.cells.columns]
    near = {text: _nearest(key_of(text), lacking) for text in records.ignored if key_of(text) not in RESULTS}
    wrong = [
        Problem(
            "unknown_column",
            f"is no column of the calculator; write {name}, or another word if it is a note",
            records.file,
            records.opened.header_row,
            text,
        )
        for text, name in near.items()
        if name
    ]
    if wrong:
        raise InputError(wrong)


def _nearest(key: str, names: list[str]) -> str | None:
    """The column a heading means, perhaps without its unit, or None."""
    stems = [name for name in names if name.removesuffix("_s").removesuffix("_per_h") == key]
    return next(iter(stems or difflib.get_close_matches(key, names, 1, ALIKE)), None)


def _refuse_twice(headings: list[str], records: Records) -> None:
    twice = [text for text, times in Counter(text.casefold() for text in headings).items() if times > 1]
    if twice:
        note, row = "the header names this column twice; keep one", records.opened.header_row
        raise InputError(Problem("column_twice", note, records.file, row, text) for text in twice)


def _asked(records: Records) -> Asked:
    source, notices = _plain_numbers(records)
    cells, never = _without_never(source)
    typed, founds = SITUATIONS.findings(cells, rows=records.rows)
    if never.any():
        typed["patience_s"] = typed["patience_s"].mask(never, np.inf)
    founds = _independent(founds, never=never)
    bad = np.logical_or.reduce([np.zeros(len(cells), bool), *(found.where for found in founds)])
    asked = Asked(
        records.cells.rename(columns=dict(records.labels)),
        typed,
        ~bad,
        records.rows,
        tuple(_problems(founds, records)),
        (*records.notices, *notices),
    )
    return _with_uncut(asked, records.problems)


def _problems(founds: list[Found], records: Records) -> list[Problem]:
    """Every problem, none left out, in the file's order and under its headings."""
    every = [
        replace(problem, column=records.labels.get(problem.column or "", problem.column))
        for found in founds
        for problem in problems_of(
            replace(found, shown=len(records.rows)), records.cells, records.rows, records.file
        )
    ]
    return sorted(every, key=lambda problem: problem.row or 0)


def _plain_numbers(records: Records) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The declared columns: percent marks and decimal commas read, the model's name in one spelling."""
    declared = records.cells[SITUATIONS.present(records.cells)].reset_index(drop=True)
    texts = [name for name in SHARES if name in declared and _has_text(declared[name])]
    marked = {name: where for name in texts if (where := _percent(declared[name])).any()}
    unmarked = declared.assign(
        **{name: declared[name].where(~where, _unmarked(declared[name])) for name, where in marked.items()}
    )
    pointed, notices = points(replace(records, cells=unmarked), SITUATIONS)
    for name, where in marked.items():
        pointed[name] = pointed[name].astype("object").mask(where, pointed[name][where].map(_hundredth))
    pointed["model"] = each_distinct(pointed["model"], lambda texts: texts.map(_model))
    return pointed, notices


def _has_text(values: pd.Series) -> bool:
    return isinstance(values.dtype, pd.StringDtype) or values.dtype == object


def _percent(values: pd.Series) -> pd.Series:
    return values.astype("str").str.fullmatch(PERCENT).fillna(False).astype(bool)


def _unmarked(values: pd.Series) -> pd.Series:
    return values.astype("str").str.replace("%", "", regex=False).str.strip()


def _hundredth(text: str) -> str:
    """A percentage as a share, in decimal: 82.5 is 0.825; a text that is no number stays."""
    try:
        return str(Decimal(text) / 100)
    except ArithmeticError:
        return f"{text}%"


def _model(text: str) -> str:
    """The model's name in one spelling.

    >>> _model("Erlang C"), _model(" ERLANG_A ")
    ('erlang-c', 'erlang-a')
    """
    words = text.replace("_", " ").replace("-", " ").casefold().split()
    return "-".join(words)


def _without_never(cells: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """The cells without the words for a patience that never ends, and where these stood."""
    if "patience_s" not in cells:
        return cells, np.zeros(len(cells), dtype=bool)
    words = cells["patience_s"].map(written).str.strip().str.casefold()
    never = words.isin(NEVER).to_numpy(dtype=bool)
    return cells.assign(patience_s=cells["patience_s"].mask(never)) if never.any() else cells, never


def _independent(founds: Iterable[Found], *, never: np.ndarray) -> list[Found]:
    """The findings without those that follow from another of the row, and `never` is no empty patience.

    A cell that could not be read looks empty to the checks across columns.
    """
    kept: list[Found] = []
    for found in founds:
        where = found.where & ~never if found.column == "patience_s" else found.where
        causes = kept if found.code == "no_target" else [k for k in kept if k.column == found.column]
        where = where & ~np.logical_or.reduce([np.zeros(len(never), bool), *(k.where for k in causes)])
        if where.any():
            kept.append(replace(found, where=where))
    return kept


def _with_uncut(asked: Asked, uncut: tuple[Problem, ...]) -> Asked:
    """With a blank row for each record that could not be cut into cells, in its place."""
    if not uncut:
        return asked
    numbers = sorted({p.row for p in uncut if p.row is not None} - set(asked.rows.tolist()))
    rows = np.concatenate([asked.rows, np.array(numbers, dtype=np.int64)])
    order = np.argsort(rows, kind="stable")
    blank = range(len(rows))
    refused = {p.row for p in uncut}
    answerable = np.concatenate([asked.answerable, np.zeros(len(numbers), bool)])[order]
    return Asked(
        asked.given.reindex(blank).iloc[order].reset_index(drop=True),
        asked.situations.reindex(blank).iloc[order].reset_index(drop=True),
        answerable & ~np.isin(rows[order], [row for row in refused if row is not None]),
        rows[order],
        tuple(sorted((*asked.problems, *uncut), key=lambda p: (p.row is None, p.row or 0))),
        asked.notices,
    )
