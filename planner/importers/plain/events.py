"""Events under whatever headings people keep them: start, end, kind, name, uplift, lead and lag."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.cells import blank_cells
from planner.domain.centre import Event
from planner.domain.column import Found
from planner.domain.problems import InputError, Problem
from planner.domain.table import problems_of
from planner.importers.plain.columns import Asked, rank, words_of
from planner.importers.plain.numbers import numbers_of
from planner.importers.plain.read import heading_of
from planner.importers.plain.times import Times, times_of
from planner.records import Records, read_records

NAMES: Mapping[str, tuple[str, ...]] = {
    "first_day": (
        "first_day",
        "start",
        "start_date",
        "starts",
        "from",
        "begin",
        "begins",
        "date",
        "day",
        "ds",
    ),
    "last_day": ("last_day", "end", "end_date", "ends", "to", "until"),
    "kind": ("kind", "type", "event_type", "feature", "category", "class"),
    "name": ("name", "event", "event_name", "title", "holiday", "campaign", "description", "label"),
    "uplift": ("uplift", "expected_uplift", "lift", "effect", "uplift_percent", "uplift_pct"),
    "lead_days": ("lead_days", "lead", "days_before"),
    "lag_days": ("lag_days", "lag", "days_after"),
    "languages": ("languages", "language"),
    "exceptional": ("exceptional", "one_off", "outage"),
}
FAR = 60  # days before or after an event on which contacts may still move
YES = ("true", "yes", "y", "1", "1.0", "x")
ANY = Asked()


def read_events(path: Path, *, asked: Asked = ANY) -> tuple[Event, ...]:
    """The events in a CSV, Excel or Parquet file; InputError names every cell that cannot be used."""
    records = read_records(path, knows=heading_of)
    if records.problems:
        raise InputError(records.problems)
    columns = _columns(records)
    if "first_day" not in columns:
        seen = ", ".join(records.cells.columns) or "nothing"
        note = f"no column holds the first days of events, such as start or date; found: {seen}"
        raise InputError([Problem("missing_column", note, records.file)])
    return tuple(_events(_typed(records, columns, asked)))


def _columns(records: Records) -> dict[str, str]:
    """The file's heading for each of ours; a date may also be meant for an event of one day."""
    found: dict[str, str] = {}
    for ours, names in NAMES.items():
        ranked = sorted((rank(seen, names), seen) for seen in records.cells.columns)
        if ranked and ranked[0][0] < len(names):
            found[ours] = ranked[0][1]
    return found


def _typed(records: Records, columns: Mapping[str, str], asked: Asked) -> pd.DataFrame:
    cells = records.cells
    first = _days(cells[columns["first_day"]], asked)
    last = _days(cells[columns["last_day"]], asked) if "last_day" in columns else first
    frame = pd.DataFrame({"first_day": first, "last_day": last.fillna(first)})
    found = list(_odd_days(frame, cells, columns))
    for ours in ("uplift", "lead_days", "lag_days"):
        if ours in columns:
            frame[ours], wrong = _number(cells[columns[ours]], columns[ours])
            found += [Found("not_a_number", columns[ours], wrong, lambda v: f"“{v}” is not a number")]
            found += [_out_of_reach(ours, columns[ours], frame[ours])]
    _refuse(found, records)
    for ours in ("kind", "name", "languages", "exceptional"):
        if ours in columns:
            given = cells[columns[ours]]
            frame[ours] = given.mask(blank_cells(given)).map(str, na_action="ignore").str.strip()
    return frame


def _days(cells: pd.Series, asked: Asked) -> pd.Series:
    times: Times | None = times_of(cells, habit=asked.order or asked.habit)
    if times is None:
        return pd.Series(pd.NaT, index=cells.index, dtype="datetime64[us]")
    return times.local.dt.normalize()


def _odd_days(frame: pd.DataFrame, cells: pd.DataFrame, columns: Mapping[str, str]) -> Iterator[Found]:
    no_day = frame["first_day"].isna().to_numpy()
    yield Found(
        "not_a_day", columns["first_day"], no_day, lambda v: f"“{v}” is not a date, such as 2026-11-27"
    )
    if "last_day" in columns:
        given = cells[columns["last_day"]]
        unread = _days(given, ANY).isna().to_numpy() & ~blank_cells(given)
        yield Found(
            "not_a_day", columns["last_day"], unread, lambda v: f"“{v}” is not a date, such as 2026-11-27"
        )
        wrong = (frame["last_day"] < frame["first_day"]).to_numpy()
        yield Found("ends_before", columns["last_day"], wrong, lambda v: f"“{v}” lies before the first day")


def _number(cells: pd.Series, heading: str) -> tuple[pd.Series, np.ndarray]:
    """Numbers; 20 % is 0.2, also where the heading says per cent."""
    texts = cells.where(cells.notna(), "").astype("str").str.strip()
    per_cent = texts.str.endswith("%") | bool({"percent", "pct"} & set(words_of(heading)))
    numbers, wrong = numbers_of(texts.str.rstrip("% ").str.removeprefix("+"))
    return numbers.where(~per_cent, numbers / 100), wrong


def _out_of_reach(ours: str, heading: str, values: pd.Series) -> Found:
    if ours == "uplift":
        wrong = (values < -1).to_numpy()
        return Found("too_small", heading, wrong, lambda v: f"“{v}”: -1 means no contacts at all")
    wrong = ((values < 0) | (values > FAR)).to_numpy()
    return Found("too_far", heading, wrong, lambda v: f"“{v}” is not within 0 to {FAR} days")


def _refuse(found: list[Found], records: Records) -> None:
    problems = [
        problem
        for each in found
        if each.where.any()
        for problem in problems_of(each, records.cells, records.rows, records.file)
    ]
    if problems:
        raise InputError(problems)


def _events(frame: pd.DataFrame) -> Iterator[Event]:
    for row in frame.drop_duplicates().to_dict("records"):
        said = {name: value for name, value in row.items() if not pd.isna(value)}
        kind = str(said.get("kind") or said.get("name") or "event")
        languages = str(said["languages"]).split(";") if "languages" in said else []
        yield Event(
            str(said.get("name") or kind),
            kind,
            said["first_day"].date(),
            said["last_day"].date(),
            languages=tuple(map(str.strip, languages)),
            exceptional=str(said.get("exceptional", "")).casefold() in YES,
            uplift=float(said["uplift"]) if "uplift" in said else None,
            lead_days=int(said.get("lead_days", 0)),
            lag_days=int(said.get("lag_days", 0)),
        )
