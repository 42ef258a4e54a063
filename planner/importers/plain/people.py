"""Anyone's table of people: who they are, what they speak, and how many hours a week they work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.cells import CONVERT
from planner.domain.column import Found
from planner.domain.language_names import tag_of
from planner.domain.problems import InputError, Problem
from planner.domain.table import problems_of
from planner.importers.plain.columns import rank, words_of
from planner.importers.plain.names import (
    AGENT_ID_NAMES,
    AGENT_NAME_NAMES,
    CHANNEL_NAMES,
    CHANNEL_WORDS,
    HOURS_NAMES,
    LANGUAGE_COLUMN_NAMES,
    SITE_NAMES,
)
from planner.importers.plain.numbers import numbers_of
from planner.importers.plain.read import filled, heading_of
from planner.records import Limits, Records, read_records

FULL_TIME_H = 40.0  # of one FTE, and of whoever's hours nobody tells
MOST_HOURS = 60.0
BETWEEN = re.compile(r"\s*(?:[;,/|+&\n]|\band\b)\s*")
LEVEL = re.compile(r"\s*(?::.*|\([^)]*\))\s*$")
DAYS = ("hire_date", "leave_date")


@dataclass(frozen=True)
class PlainPeople:
    """One row per person: agent_id, name, site, team, languages, channels, weekly_hours, hire and leave date.

    `languages` and `channels` are joined by ; and blank where the file does not tell; `row` is the row a
    person sees. `hours_from` is the heading of the hours, None where there is none.
    """

    file: str
    rows: pd.DataFrame
    hours_from: str | None
    notices: tuple[str, ...] = ()


def read_people(path: Path, *, limits: Limits | None = None) -> PlainPeople:
    """The people in a CSV, Excel or Parquet file; InputError names every cell that cannot be used."""
    records = read_records(path, knows=heading_of, limits=limits)
    cells = filled(records)
    who = _column(cells, AGENT_ID_NAMES)
    if who is None:
        note = f"no column says who, such as agent_id or name; found: {', '.join(cells.columns)}"
        raise InputError([Problem("no_agents", note, records.file)])
    ids, (hours_from, hours) = _texts(cells[who]), _hours(cells)
    days = {name: _days(cells, name) for name in DAYS}
    _refuse(records, cells, [*_no_ids(ids, who), *_no_hours(hours, hours_from), *_no_days(cells, days)])
    named = _column(cells.drop(columns=[who]), AGENT_NAME_NAMES)
    rows = pd.DataFrame(
        {
            "agent_id": ids,
            "name": _texts(cells[named]) if named else ids,
            "site": _of(cells, SITE_NAMES),
            "team": _of(cells, ("team", "group")),
            "languages": _lists(cells, _language_columns(cells), _language),
            "channels": _lists(cells, [_column(cells, CHANNEL_NAMES)], _channel),
            "weekly_hours": hours,
            **days,
            "row": records.rows,
        }
    )
    return PlainPeople(records.file, rows, hours_from, records.notices)


def _column(cells: pd.DataFrame, names: Sequence[str]) -> str | None:
    known = [name for name in cells.columns if rank(name, names) < len(names)]
    return min(known, key=lambda name: rank(name, names), default=None)


def _of(cells: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    name = _column(cells, names)
    return _texts(cells[name]) if name else pd.Series("", index=cells.index, dtype="str")


def _texts(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(cells.dtype) and (cells.dropna() % 1 == 0).all():
        cells = cells.astype("Int64")
    return cells.where(cells.notna(), "").astype("str").str.strip()


def _language_columns(cells: pd.DataFrame) -> list[str | None]:
    """`languages`, or columns such as `first language` and `language 2`, in the file's order."""
    exact = _column(cells, LANGUAGE_COLUMN_NAMES)
    spoken = [name for name in cells.columns if {"language", "languages", "lang"} & set(words_of(name))]
    return [exact] if exact is not None and len(spoken) <= 1 else [*spoken]


def _lists(cells: pd.DataFrame, names: Sequence[str | None], read: Callable[[str], str]) -> pd.Series:
    """The parts of the cells of some columns, each read, once each and joined by ;."""
    known = [_texts(cells[name]) for name in names if name is not None]
    if not known:
        return pd.Series("", index=cells.index, dtype="str")
    joined = pd.concat(known, axis=1).agg(";".join, axis=1)
    each = {text: _list(text, read) for text in joined.unique()}
    return joined.map(each)


def _list(text: str, read: Callable[[str], str]) -> str:
    parts = [LEVEL.sub("", part) for part in BETWEEN.split(text)]
    return ";".join(dict.fromkeys(read(part) for part in parts if part))


def _language(text: str) -> str:
    return tag_of(text) or text


def _channel(text: str) -> str:
    return CHANNEL_WORDS.get(text.casefold(), text.casefold())


def _hours(cells: pd.DataFrame) -> tuple[str | None, pd.Series]:
    """Contract hours a week and the heading they came from: hours, FTE, or a contract such as `30 h`."""
    named = _column(cells, HOURS_NAMES)
    if named:
        return named, numbers_of(cells[named])[0].where(~_blank(cells[named]), FULL_TIME_H)
    fte = _column(cells, ("fte",))
    if fte:
        return fte, FULL_TIME_H * numbers_of(cells[fte])[0].where(~_blank(cells[fte]), 1.0)
    contract = _column(cells, ("contract", "contract_type"))
    if contract:
        number = _texts(cells[contract]).str.extract(r"(\d+(?:[.,]\d+)?)", expand=False)
        hours = pd.to_numeric(number.str.replace(",", ".", regex=False)).astype("float64")
        if hours.notna().any():
            return contract, hours.where(~_blank(cells[contract]), FULL_TIME_H)
    return None, pd.Series(FULL_TIME_H, index=cells.index)


def _blank(cells: pd.Series) -> pd.Series:
    return _texts(cells) == ""


def _days(cells: pd.DataFrame, name: str) -> pd.Series:
    found = _column(cells, (name,))
    if found is None:
        return pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    return CONVERT["day"](cells[found].mask(_blank(cells[found])))


def _no_ids(ids: pd.Series, name: str) -> Iterator[Found]:
    yield Found("empty_cell", name, (ids == "").to_numpy(), lambda _: "the cell is empty; who is it?")
    again = ids.duplicated() & (ids != "")
    yield Found("duplicate_key", name, again.to_numpy(), lambda v: f"“{v}” stands in an earlier row too")


def _no_hours(hours: pd.Series, name: str | None) -> Iterator[Found]:
    wrong = ~hours.between(0, MOST_HOURS, inclusive="right").to_numpy()
    if name:
        note = f"tells no weekly hours above 0 and up to {MOST_HOURS:g}"
        yield Found("out_of_range", name, wrong, lambda v: f"“{v}” {note}")


def _no_days(cells: pd.DataFrame, days: Mapping[str, pd.Series]) -> Iterator[Found]:
    for name, read in days.items():
        found = _column(cells, (name,))
        if found is not None:
            wrong = (read.isna() & ~_blank(cells[found])).to_numpy()
            yield Found("not_a_day", found, wrong, lambda v: f"“{v}” is not a date; write it as 2026-10-25")


def _refuse(records: Records, cells: pd.DataFrame, found: Sequence[Found]) -> None:
    wrong = [each for each in found if np.asarray(each.where).any()]
    problems = [p for each in wrong for p in problems_of(each, cells, records.rows, records.file)]
    if problems:
        raise InputError(problems)
