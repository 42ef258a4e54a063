"""Which column is the time, which the contacts, which tells series apart: by what they hold, then by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.domain.problems import InputError, Problem
from planner.importers.plain.names import (
    CLOCK_NAMES,
    HOUR_NAMES,
    OTHER_MEASURES,
    SERIES_NAMES,
    TIME_NAMES,
    VOLUME_NAMES,
)
from planner.importers.plain.numbers import numbers_of
from planner.importers.plain.times import Order, Times, minutes_of, since_1970, times_of
from planner.importers.tabulated import key_of

KEYS = ("site", "language", "channel")  # ours: kept beside others even where all rows agree
FEW_TIMES = 0.8  # of the rows: from fewer distinct times on, a clock in another column is looked for
TOLD_APART = 0.5  # of the rows that share a time: so many must differ in the columns of series
MOSTLY = 0.5  # share of the filled cells that must be numbers for a column to be one


@dataclass(frozen=True)
class Asked:
    """What the caller said about the file: its columns, and whether days or months come first in dates."""

    time_column: str | None = None
    volume_column: str | None = None
    series_columns: tuple[str, ...] = ()
    order: Order | None = None
    habit: Order = "day first"


@dataclass(frozen=True)
class TimeColumns:
    """The time of each row, and the headings it was taken from."""

    times: Times
    names: tuple[str, ...]


def time_columns(cells: pd.DataFrame, asked: Asked, *, file: str) -> TimeColumns:
    """The time column, joined with a time of day from another column where that tells more."""
    habit = asked.order or asked.habit
    names = _named(cells, asked.time_column, file) or list(cells.columns)
    found = {name: times for name in names if (times := _times(cells[name], name, habit)) is not None}
    if not found:
        seen = ", ".join(cells.columns) or "nothing"
        note = f"no column holds times such as 2026-10-25 14:30; found: {seen}; name it with --time-column"
        raise InputError([Problem("no_time_column", note, file)])
    best = min(found, key=lambda name: (-_distinct(found[name]), rank(name, TIME_NAMES), names.index(name)))
    times = found[best]
    if asked.time_column is None and _only_days(times):
        clock = _clock(cells.drop(columns=list(found)), times)
        if clock is not None:
            return TimeColumns(_with_clock(times, clock[1]), (best, clock[0]))
    return TimeColumns(times, (best,))


def _times(cells: pd.Series, name: str, habit: Order) -> Times | None:
    times = times_of(cells, habit=habit)
    if times is not None and pd.api.types.is_string_dtype(cells.dtype) and _compact(cells):
        times = times if rank(name, TIME_NAMES) < len(TIME_NAMES) else None
    if times is None and rank(name, TIME_NAMES) < len(TIME_NAMES):
        return since_1970(cells)
    return times


def _compact(cells: pd.Series) -> bool:
    """Whether days are written as 20261025, which a count may look like."""
    return bool(cells.dropna().astype("str").str.fullmatch(r"\d{8}").all())


def _distinct(times: Times) -> int:
    return int(times.local.nunique())


def _only_days(times: Times) -> bool:
    known = times.local.dropna()
    return bool((known == known.dt.normalize()).all()) and not times.zoned


def _clock(cells: pd.DataFrame, times: Times) -> tuple[str, pd.Series] | None:
    """A column of times of day with which far more times are distinct."""
    few = _distinct(times) < FEW_TIMES * times.local.notna().sum()
    order = sorted(cells.columns, key=lambda name: rank(name, CLOCK_NAMES))
    for name in order if few else ():
        minutes = minutes_of(cells[name])
        if minutes is None and key_of(name) in HOUR_NAMES:
            minutes = _hour_numbers(cells[name])
        if minutes is not None and minutes.nunique() > 1:
            return name, minutes
    return None


def _hour_numbers(cells: pd.Series) -> pd.Series | None:
    hours, wrong = numbers_of(cells)
    known = hours.dropna()
    whole = len(known) and not wrong.any() and known.between(0, 23).all() and (known % 1 == 0).all()
    return hours * 60 if whole else None


def _with_clock(times: Times, minutes: pd.Series) -> Times:
    local = (times.local + pd.to_timedelta(minutes, unit="min")).astype("datetime64[us]")
    return Times(local, times.offset_min, times.order, times.by_habit)


def volume_column(cells: pd.DataFrame, asked: Asked, *, file: str) -> str:
    """The column of contacts: the one asked for, the only one of numbers, or the best-named one."""
    named = _named(cells, asked.volume_column, file)
    if named:
        return named[0]
    numeric = [name for name in cells.columns if is_numeric(cells[name])]
    if len(numeric) == 1:
        return numeric[0]
    ranked = sorted((volume_rank(name), name) for name in numeric)
    if ranked and ranked[0][0] < 2 * len(VOLUME_NAMES) and [r for r, _ in ranked].count(ranked[0][0]) == 1:
        return ranked[0][1]
    note = (
        f"several columns could be the contacts: {', '.join(numeric)}; say which with --volume-column"
        if numeric
        else f"no column holds numbers; found: {', '.join(cells.columns) or 'nothing but the time'}"
    )
    raise InputError([Problem("no_volume_column", note, file)])


def is_numeric(cells: pd.Series) -> bool:
    """Whether most of the filled cells are numbers."""
    numbers, _ = numbers_of(cells)
    filled = cells.notna() & (cells.astype("str").str.strip() != "")
    return bool(filled.any() and numbers.notna().sum() >= MOSTLY * filled.sum())


def volume_rank(heading: str) -> int:
    """How well a heading names contacts that came: 0 is best, twice the number of names is not at all."""
    place, words = rank(heading, VOLUME_NAMES), words_of(heading)
    if place < len(VOLUME_NAMES):
        return place
    if OTHER_MEASURES & set(words):
        return 2 * len(VOLUME_NAMES)
    within = [i for i, name in enumerate(VOLUME_NAMES) if len(name) > 1 and name in words]
    return len(VOLUME_NAMES) + min(within, default=len(VOLUME_NAMES))


def series_columns(cells: pd.DataFrame, asked: Asked, times: pd.Series, *, file: str) -> tuple[str, ...]:
    """The columns that tell several series apart, empty when there is one series."""
    if asked.series_columns:
        return tuple(name for wanted in asked.series_columns for name in _named(cells, wanted, file))
    known = [name for name in cells.columns if rank(name, SERIES_NAMES) < len(SERIES_NAMES)]
    several = tuple(name for name in known if cells[name].nunique() > 1)
    if several and times.duplicated().any() and _told_apart(cells, several, times):
        return tuple(name for name in known if name in several or rank(name, KEYS) < len(KEYS))
    return ()


def _told_apart(cells: pd.DataFrame, names: Sequence[str], times: pd.Series) -> bool:
    """Whether most rows that share their time differ in these columns."""
    keys = cells[list(names)].assign(**{"": times})
    return bool(keys.duplicated().sum() < TOLD_APART * times.duplicated().sum())


def rank(heading: str, names: Sequence[str]) -> int:
    """Place of a heading among known names; their number when it is none."""
    key = "_".join(words_of(heading))
    return names.index(key) if key in names else len(names)


def words_of(heading: str) -> list[str]:
    """The words of a heading in small letters.

    >>> words_of("Calls Presented (n)")
    ['calls', 'presented', 'n']
    """
    return "".join(c if c.isalnum() else " " for c in heading.casefold()).split()


def _named(cells: pd.DataFrame, wanted: str | None, file: str) -> list[str]:
    """The column with this heading, in whatever letters; InputError when there is none."""
    if wanted is None:
        return []
    found = [name for name in cells.columns if words_of(name) == words_of(wanted)]
    if not found:
        note = f"there is no column “{wanted}”; found: {_listed(cells.columns)}"
        raise InputError([Problem("missing_column", note, file)])
    return found[:1]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
