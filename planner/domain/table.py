"""The shape of a table that travels: its columns, its grain, and the check at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd

from planner.domain.problems import InputError, Problem

Kind = Literal["text", "count", "number", "share", "utc", "day", "flag"]
DTYPES: dict[Kind, str] = {
    "text": "str",
    "count": "int64",
    "number": "float64",
    "share": "float64",
    "utc": "datetime64[us, UTC]",
    "day": "datetime64[us]",
    "flag": "bool",
}
SHOWN = 20  # problems of one kind in one column that are written out; the rest is counted
TRUE, FALSE = ("true", "yes", "1", "1.0"), ("false", "no", "0", "0.0")


@dataclass(frozen=True)
class Column:
    """One column: its kind decides the type, `unit` and `meaning` go into the glossary.

    `needed=False`: the column may be absent, and its cells may be empty.
    `blank=True`: the column is there, but a cell may be empty (unknown is not zero).
    """

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    least: float | None = None
    most: float | None = None
    values: tuple[str, ...] = ()
    needed: bool = True
    blank: bool = False

    @property
    def may_be_empty(self) -> bool:
        return self.blank or not self.needed

    @property
    def dtype(self) -> str:
        """pandas type; counts and flags that may be empty become float64 and object."""
        if self.may_be_empty and self.kind == "count":
            return "float64"
        return "object" if self.may_be_empty and self.kind == "flag" else DTYPES[self.kind]


@dataclass(frozen=True)
class Found:
    """Cells of one column that are wrong in one way."""

    code: str
    column: str
    where: np.ndarray
    say: Callable[[object], str]


@dataclass(frozen=True)
class Table:
    """A named table with one row per `grain`.

    `together` holds checks across columns: each takes the typed frame and yields `Found`.
    A column named `answered_within_{seconds}_s` stands for a family of columns.
    """

    name: str
    meaning: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    together: tuple[Callable[[pd.DataFrame], Iterator[Found]], ...] = field(default=())

    def column(self, name: str) -> Column:
        """The declaration of a column, families included; KeyError if there is none."""
        for column in self.columns:
            if column.name == name or ("{" in column.name and _of_family(column.name, name)):
                return column
        raise KeyError(f"{self.name} has no column {name}")

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
        self, frame: pd.DataFrame, *, file: str | None = None, rows: Sequence[int] | np.ndarray | None = None
    ) -> pd.DataFrame:
        """The frame with declared columns and types, or InputError with every problem.

        `rows` gives each frame row's number in the file; by default the header is row 1.
        Columns that are not declared are left out. Blank cells are None, NaN or "".
        """
        numbers = np.arange(len(frame)) + 2 if rows is None else np.asarray(rows)
        missing = [c for c in self.columns if c.needed and "{" not in c.name and c.name not in frame.columns]
        problems = [
            Problem(
                "missing_column",
                f"column {c.name} is missing ({c.meaning}); "
                f"found: {', '.join(map(str, frame.columns)) or 'no columns'}",
                file,
                None,
                c.name,
            )
            for c in missing
        ]
        typed: dict[str, pd.Series] = {}
        founds: list[Found] = []
        for name in self.present(frame):
            column = self.column(name)
            typed[name], wrong = typed_column(frame[name], column, name)
            founds += wrong
        result = pd.DataFrame(typed, index=pd.RangeIndex(len(frame)))
        if not missing and not founds:
            founds += list(self._across(result))
        source = frame.reset_index(drop=True)
        for found in founds:
            problems += list(_problems(found, source, numbers, file))
        if problems:
            raise InputError(problems)
        return result.astype({n: self.column(n).dtype for n in typed})

    def _across(self, frame: pd.DataFrame) -> Iterator[Found]:
        key = [name for name in self.grain if name in frame.columns]
        if key == list(self.grain):
            again = frame.duplicated(key).to_numpy()
            if again.any():
                yield Found(
                    "duplicate_key",
                    key[-1],
                    again,
                    lambda _: (
                        f"the row repeats the key {' x '.join(key)} of an earlier row; keep one row for each"
                    ),
                )
        for rule in self.together:
            yield from rule(frame)

    def empty(self) -> pd.DataFrame:
        """A frame with every needed and optional column (families left out) and no rows."""
        plain = [c for c in self.columns if "{" not in c.name]
        return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in plain})


def typed_column(values: pd.Series, column: Column, name: str) -> tuple[pd.Series, list[Found]]:
    """The cells as the column's type (blank cells missing) and the cells that are wrong."""
    values = values.reset_index(drop=True)
    if column.kind == "text":
        return _text(values, column, name)
    blank = _blank(values)
    result = CONVERT[column.kind](values.mask(blank) if blank.any() else values)
    found = []
    bad = (result.isna() & ~blank).to_numpy()
    if bad.any():
        found.append(Found("not_a_" + column.kind, name, bad, lambda v: f"“{v}” {WRONG[column.kind]}"))
    if not column.may_be_empty and blank.any():
        found.append(
            Found("empty_cell", name, blank.to_numpy(), lambda _: f"the cell is empty; {column.meaning}")
        )
    if column.kind in ("count", "number", "share"):
        found += list(_bounds(result, column, name))
    return result, found


def _text(values: pd.Series, column: Column, name: str) -> tuple[pd.Series, list[Found]]:
    blank = _blank(values)
    result = values.where(~blank, None).astype("str")
    found = []
    if not column.may_be_empty and blank.any():
        found.append(
            Found("empty_cell", name, blank.to_numpy(), lambda _: f"the cell is empty; {column.meaning}")
        )
    if column.values:
        bad = (~result.isin(column.values) & ~blank).to_numpy()
        if bad.any():
            allowed = ", ".join(column.values)
            found.append(Found("unknown_value", name, bad, lambda v: f"“{v}” is not one of {allowed}"))
    return result, found


def _bounds(values: pd.Series, column: Column, name: str) -> Iterator[Found]:
    least = 0.0 if column.kind in ("count", "share") and column.least is None else column.least
    most = 1.0 if column.kind == "share" and column.most is None else column.most
    if least is not None and (low := (values < least).to_numpy()).any():
        yield Found("too_small", name, low, lambda v: f"{v} is below {least:g}; {column.meaning}")
    if most is not None and (high := (values > most).to_numpy()).any():
        yield Found("too_large", name, high, lambda v: f"{v} is above {most:g}; {column.meaning}")
    if column.kind == "count" and (part := ((values % 1).fillna(0) != 0).to_numpy()).any():
        yield Found("not_whole", name, part, lambda v: f"{v} is not a whole number; counts are whole")
    if (infinite := np.isinf(values.to_numpy(dtype="float64", na_value=np.nan))).any():
        yield Found("not_finite", name, infinite, lambda v: f"{v} is not a finite number")


def _blank(values: pd.Series) -> pd.Series:
    empty = values.isna()
    if values.dtype == object or pd.api.types.is_string_dtype(values.dtype):
        empty = empty | (values.astype("str").str.strip() == "").fillna(True)
    return empty


def _to_number(values: pd.Series) -> pd.Series:
    if values.dtype == bool:
        return pd.Series(np.nan, index=values.index)
    return pd.to_numeric(values, errors="coerce").astype("float64")


def _to_utc(values: pd.Series) -> pd.Series:
    """Times with an offset become UTC; times without one stay wrong, for the zone is unknown here."""
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        return values.dt.tz_convert("UTC").astype("datetime64[us, UTC]")
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return pd.Series(pd.NaT, index=values.index, dtype="datetime64[us, UTC]")
    texts = values.map(lambda v: v.isoformat() if hasattr(v, "isoformat") else v).astype("str").str.strip()
    zoned = texts.str.contains(r"(?:Z|[+-]\d{2}:?\d{2})$", regex=True, na=False)
    parsed = pd.to_datetime(texts.where(zoned), utc=True, errors="coerce", format="ISO8601")
    return parsed.astype("datetime64[us, UTC]")


def _to_day(values: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_dtype(values.dtype):
        return values.where(values == values.dt.normalize()).astype("datetime64[us]")
    texts = (
        values.map(lambda v: v.isoformat()[:10] if hasattr(v, "isoformat") else v).astype("str").str.strip()
    )
    texts = texts.where(texts.str.fullmatch(r"\d{4}-\d{2}-\d{2}(?:[T ]00:00:00(?:\.0+)?)?", na=False)).str[
        :10
    ]
    return pd.to_datetime(texts, errors="coerce", format="%Y-%m-%d").astype("datetime64[us]")


def _to_flag(values: pd.Series) -> pd.Series:
    if values.dtype == bool:
        return values.astype("object")
    words = values.astype("str").str.strip().str.lower()
    result = pd.Series(np.nan, index=values.index, dtype="object")
    result[words.isin(TRUE)] = True
    result[words.isin(FALSE)] = False
    return result


CONVERT: dict[str, Callable[[pd.Series], pd.Series]] = {
    "count": _to_number,
    "number": _to_number,
    "share": _to_number,
    "utc": _to_utc,
    "day": _to_day,
    "flag": _to_flag,
}
WRONG: dict[str, str] = {
    "count": "is not a number; write a count such as 42",
    "number": "is not a number; write it with a decimal point, such as 12.5",
    "share": "is not a number; write a share between 0 and 1, such as 0.8",
    "utc": "is not a time with an offset; write it as 2026-10-25T02:30:00+01:00 or ...Z",
    "day": "is not a date; write it as 2026-10-25",
    "flag": "is neither true nor false",
}


def _problems(found: Found, source: pd.DataFrame, rows: np.ndarray, file: str | None) -> Iterator[Problem]:
    at = np.flatnonzero(found.where)
    cells = source[found.column] if found.column in source.columns else pd.Series([None] * len(source))
    for i in at[:SHOWN]:
        yield Problem(found.code, found.say(cells.iloc[i]), file, int(rows[i]), found.column)
    if len(at) > SHOWN:
        yield Problem(
            found.code,
            f"and {len(at) - SHOWN:,} more cells of the same kind, the last in row {int(rows[at[-1]]):,}",
            file,
            None,
            found.column,
        )


def _of_family(family: str, name: str) -> bool:
    head, tail = family.split("{")[0], family.split("}")[1]
    middle = name[len(head) : len(name) - len(tail)] if tail else name[len(head) :]
    return name.startswith(head) and name.endswith(tail) and middle.isdigit()


def _number_in(name: str) -> int:
    return int("".join(c for c in str(name) if c.isdigit()))
