"""Anyone's table of people needed: a row per language and time, or a column per language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.column import Found
from planner.domain.language_names import tag_of
from planner.domain.problems import InputError, Problem
from planner.domain.table import problems_of
from planner.importers.plain.columns import Asked, is_numeric, rank, time_columns, words_of
from planner.importers.plain.names import (
    CHANNEL_NAMES,
    CHANNEL_WORDS,
    LANGUAGE_COLUMN_NAMES,
    NEED_NAMES,
    NOT_A_NEED,
    OTHER_MEASURES,
    SITE_NAMES,
)
from planner.importers.plain.numbers import numbers_of
from planner.importers.plain.read import ANY, INTERVAL, filled, heading_of, no_times, on_order, spelled
from planner.records import Limits, Records, read_records

KEYS: Mapping[str, Sequence[str]] = {
    "site": SITE_NAMES,
    "language": LANGUAGE_COLUMN_NAMES,
    "channel": CHANNEL_NAMES,
}
MOST_AGENTS = 100_000  # in one cell; more is a typing error


@dataclass(frozen=True)
class PlainRequirement:
    """Rows (site, language, channel, local, offset_min, agents, row, column) and where they came from.

    Site, language and channel are as written, blank where the file does not tell. `local` is the file's own
    clock, `offset_min` minutes ahead of UTC where the file says so. `row` is the row a person sees, `column`
    the heading of the number. `labels` are the headings of site, language and channel, where there are any.
    """

    file: str
    rows: pd.DataFrame
    time_names: tuple[str, ...]
    labels: Mapping[str, str]
    notices: tuple[str, ...] = ()

    @property
    def zoned(self) -> bool:
        """Whether the file's times carry their offset from UTC."""
        return bool(self.rows["offset_min"].notna().all())


@dataclass(frozen=True)
class Need:
    """A column of numbers, and the language and channel that its heading names."""

    column: str
    language: str = ""
    channel: str = ""


def read_requirement(path: Path, *, asked: Asked = ANY, limits: Limits | None = None) -> PlainRequirement:
    """The requirement in a CSV, Excel or Parquet file; InputError names every cell that cannot be used."""
    records = read_records(path, knows=heading_of, limits=limits)
    cells = filled(records)
    time = time_columns(cells, asked, file=records.file)
    others = cells.drop(columns=[name for name in time.names if name in cells])
    others = others.drop(columns=[name for name in others if words_of(name) in spelled(INTERVAL)])
    labels = {key: found for key, names in KEYS.items() if (found := _named(others, names))}
    rest = others.drop(columns=list(labels.values()))
    needs, left_out = _needs(rest, asked, told_apart="language" in labels, file=records.file)
    _refuse(records, cells, [*no_times(time.times, time.names[0]), *_no_numbers(cells, needs)])
    keyed = {key: _texts(cells[labels[key]]) if key in labels else "" for key in KEYS}
    base = pd.DataFrame(
        {"local": time.times.local, "offset_min": time.times.offset_min, "row": records.rows, **keyed}
    )
    rows = pd.concat([_of(need, base, cells, labels) for need in needs], ignore_index=True)
    notices = (*records.notices, *on_order(time.times), *left_out)
    return PlainRequirement(records.file, rows, time.names, labels, notices)


def _named(cells: pd.DataFrame, names: Sequence[str]) -> str | None:
    """The column best named by one of these; one of numbers only where it is no need."""
    known = [name for name in cells.columns if rank(name, names) < len(names)]
    return min(known, key=lambda name: rank(name, names), default=None)


def _needs(
    cells: pd.DataFrame, asked: Asked, *, told_apart: bool, file: str
) -> tuple[list[Need], tuple[str, ...]]:
    """The columns of people needed, and what was left out; one column where languages stand in rows."""
    numeric = [name for name in cells.columns if is_numeric(cells[name])]
    if asked.volume_column is not None:
        return [Need(_asked_for(cells, asked.volume_column, file))], ()
    named = [name for name in numeric if rank(name, NEED_NAMES) < len(NEED_NAMES)]
    if told_apart or named:
        found = named or (numeric if len(numeric) == 1 else [])
        if not found:
            raise InputError([_which(numeric, cells, file)])
        return [Need(min(found, key=lambda name: rank(name, NEED_NAMES)))], ()
    wide = [name for name in numeric if not set(words_of(name)) & (NOT_A_NEED | OTHER_MEASURES)]
    if not wide:
        raise InputError([_which(numeric, cells, file)])
    left = [name for name in numeric if name not in wide]
    notices = (f"columns left out: {', '.join(left)}",) if left else ()
    return [_read_heading(name) for name in wide], notices


def _asked_for(cells: pd.DataFrame, wanted: str, file: str) -> str:
    found = [name for name in cells.columns if words_of(name) == words_of(wanted)]
    if not found:
        note = f"there is no column “{wanted}”; found: {', '.join(cells.columns)}"
        raise InputError([Problem("missing_column", note, file)])
    return str(found[0])


def _which(numeric: Sequence[str], cells: pd.DataFrame, file: str) -> Problem:
    if numeric:
        listed = ", ".join(numeric)
        note = f"several columns could be the people needed: {listed}; say which with --agents-column"
    else:
        note = (
            f"no column holds the people needed; found: {', '.join(cells.columns) or 'nothing but the time'}"
        )
    return Problem("no_agents_column", note, file)


def _read_heading(heading: str) -> Need:
    """A heading such as `pt`, `Portuguese voice` or `chat_es`: its channel's word apart from the rest."""
    if tag_of(heading):
        return Need(heading, heading)
    words = heading.replace("_", " ").replace("/", " ").replace("·", " ").split()
    channels = [word for word in words if word.casefold() in CHANNEL_WORDS]
    if len(channels) != 1 or len(words) == 1:
        return Need(heading, heading)
    language = " ".join(word for word in words if word != channels[0]).strip(" -:")
    return Need(heading, language, CHANNEL_WORDS[channels[0].casefold()])


def _of(need: Need, base: pd.DataFrame, cells: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """The rows of one column of numbers; blank cells are no rows."""
    told = {"language": need.language} if need.language else {}
    told |= {"channel": need.channel} if need.channel and "channel" not in labels else {}
    made = base.assign(agents=numbers_of(cells[need.column])[0], column=need.column, **told)
    return made[made["agents"].notna()]


def _no_numbers(cells: pd.DataFrame, needs: Sequence[Need]) -> Iterator[Found]:
    for need in needs:
        numbers, wrong = numbers_of(cells[need.column])
        yield Found(
            "not_a_number", need.column, wrong, lambda v: f"“{v}” is no number of people, such as 4.5"
        )
        strange = ((numbers < 0) | (numbers > MOST_AGENTS)).to_numpy(dtype=bool)
        yield Found(
            "out_of_range", need.column, strange, lambda v: f"“{v}” is no number of people; 0 is the least"
        )


def _refuse(records: Records, cells: pd.DataFrame, found: Sequence[Found]) -> None:
    wrong = [each for each in found if np.asarray(each.where).any()]
    problems = [p for each in wrong for p in problems_of(each, cells, records.rows, records.file)]
    if problems:
        raise InputError(problems)


def _texts(cells: pd.Series) -> pd.Series:
    return cells.where(cells.notna(), "").astype("str").str.strip()
