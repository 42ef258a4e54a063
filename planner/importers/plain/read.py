"""A plain file becomes a history: one row per series and time, contacts unknown where the cell is blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.column import Found
from planner.domain.problems import InputError, Problem
from planner.domain.table import problems_of
from planner.importers.plain.columns import (
    Asked,
    TimeColumns,
    rank,
    series_columns,
    time_columns,
    volume_column,
    words_of,
)
from planner.importers.plain.numbers import numbers_of
from planner.importers.plain.times import Times
from planner.records import Limits, Records, read_records

NUMBER = re.compile(r"[\s+-]*[\d.,:/'TZ%-]+(\s*[AaPp][Mm])?(\s+[\d:.]+(\s*[AaPp][Mm])?)?")
HANDLING = ("answered", "talk_s", "hold_s", "wrap_s", "handle_s")
INTERVAL = ("interval_min", "interval_minutes")
ANY = Asked()


@dataclass(frozen=True)
class PlainHistory:
    """Rows (series columns, local, offset_min, offered, sums of handling) and the headings they came from.

    `local` is the file's own clock, `offset_min` minutes ahead of UTC where the file says so. `offered` is
    NaN where unknown. `series` are the headings that tell series apart; `notices` what a planner must know.
    """

    file: str
    rows: pd.DataFrame
    series: tuple[str, ...]
    time_names: tuple[str, ...]
    volume_name: str
    notices: tuple[str, ...] = ()

    @property
    def zoned(self) -> bool:
        """Whether the file's times carry their zone."""
        return bool(len(self.rows)) and bool(self.rows["offset_min"].notna().all())


def read_plain(path: Path, *, asked: Asked = ANY, limits: Limits | None = None) -> PlainHistory:
    """The history in a CSV, Excel or Parquet file; InputError names every cell that cannot be used."""
    records = read_records(path, knows=heading_of, limits=limits)
    cells = filled(records)
    found = time_columns(cells, asked, file=records.file)
    others = cells.drop(columns=[name for name in found.names if name in cells])
    others = others.drop(columns=[name for name in others if words_of(name) in spelled(INTERVAL)])
    series = series_columns(others, asked, found.times.local, file=records.file)
    volume = volume_column(others.drop(columns=list(series)), asked, file=records.file)
    rows = _rows(records, cells, found, volume=volume, series=series)
    notices = (*records.notices, *on_order(found.times))
    return PlainHistory(records.file, rows, series, found.names, volume, notices)


def heading_of(text: str) -> str | None:
    """Any text but a number or a time is a heading."""
    return None if not text or NUMBER.fullmatch(text) else text


def spelled(names: tuple[str, ...]) -> list[list[str]]:
    """Names as the words of headings."""
    return [words_of(name) for name in names]


def filled(records: Records) -> pd.DataFrame:
    """The cells of a file that has a header and rows."""
    if records.problems:
        raise InputError(records.problems)
    if not len(records.cells.columns):
        note = "has no row of headings; write one above the rows, such as time,volume"
        raise InputError([Problem("no_header", note, records.file)])
    if records.cells.empty:
        note = "holds a header and no rows; export it again"
        raise InputError([Problem("no_rows", note, records.file)])
    return records.cells


def _rows(
    records: Records, cells: pd.DataFrame, time: TimeColumns, *, volume: str, series: tuple[str, ...]
) -> pd.DataFrame:
    times = time.times
    offered, no_number = numbers_of(cells[volume])
    found = [
        *no_times(times, time.names[0]),
        Found(
            "not_a_number", volume, no_number, lambda v: f"“{v}” is not a number; write a count such as 42"
        ),
        _below_zero(volume, offered),
    ]
    problems = [
        problem
        for each in found
        if each.where.any()
        for problem in problems_of(each, cells, records.rows, records.file)
    ]
    if problems:
        raise InputError(problems)
    frame = {f"series_{k}": _names(cells[name]) for k, name in enumerate(series)}
    frame |= {"local": times.local, "offset_min": times.offset_min, "offered": offered}
    frame |= {name: numbers_of(cells[seen])[0] for name in HANDLING if (seen := _column(cells, name))}
    return pd.DataFrame(frame)


def _names(cells: pd.Series) -> pd.Series:
    return cells.where(cells.notna(), "").astype("str").str.strip()


def _column(cells: pd.DataFrame, name: str) -> str | None:
    return next((seen for seen in cells.columns if rank(seen, (name,)) == 0), None)


def no_times(times: Times, name: str) -> Iterator[Found]:
    """Cells that hold no time, or no offset where others have one."""
    bad = times.local.isna().to_numpy()
    said = "holds no time that can be read here; write it as 2026-10-25 14:30"
    yield Found("not_a_time", name, bad, lambda v: f"“{v}” {said}")
    zoned = times.offset_min.notna().to_numpy()
    if zoned.any() and not zoned[~bad].all():
        note = "carries no offset from UTC while others do; write all with or all without"
        yield Found("zone_missing", name, ~zoned & ~bad, lambda v: f"“{v}” {note}")


def _below_zero(volume: str, offered: pd.Series) -> Found:
    wrong = ((offered < 0) | np.isinf(offered)).to_numpy()
    return Found("too_small", volume, wrong, lambda v: f"“{v}” is no number of contacts; 0 is the least")


def on_order(times: Times) -> tuple[str, ...]:
    """A notice where only habit told days from months."""
    if not times.by_habit or times.order is None:
        return ()
    return (f"dates such as 03/04 were read {times.order}: nothing in the file tells; --date-order says so",)
