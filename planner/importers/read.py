"""A file becomes a declared table: recognise it, map it, check it, say what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.membership import of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table
from planner.importers.adding import ADDED_UP, added_up, apart
from planner.importers.recognition import asked, recognised
from planner.importers.report import ImportReport, changes_of, gaps_of, queues_of, span_of
from planner.importers.tabulated import Format, Tabulated, key_of
from planner.records import Limits, Records, read_records


@dataclass(frozen=True)
class Imported:
    """A checked table, its typed rows, and what was found in the file."""

    table: Table
    frame: pd.DataFrame
    report: ImportReport


def read(
    path: Path,
    *,
    centre: Centre,
    format: str | None = None,  # noqa: A002
    limits: Limits | None = None,
) -> Imported:
    """The table in a file and a report about it, or InputError with every problem found.

    The format is recognised from the header, unless `format` names one of `known_formats`.
    """
    known = asked(format)
    records = read_records(
        path, knows=lambda text: _key(text, known.values()), sheets=_sheets(known), limits=limits
    )
    chosen = known[recognised(records, known)]
    tabulated = chosen.tabulate(records, centre)
    table = of_centre(chosen.TABLE, centre)
    if tabulated.adds_up:
        checked = _checked(apart(table, tabulated.adds_up), tabulated, records)
        frame = added_up(checked, table)
        tabulated = _noting(tabulated, ADDED_UP if len(frame) < len(checked) else None)
    else:
        frame = _checked(table, tabulated, records)
    if frame.empty:
        raise InputError([no_rows(records)])
    return Imported(chosen.TABLE, frame, _report(frame, centre, chosen, records=records, tabulated=tabulated))


def read_table(path: Path, table: Table, *, limits: Limits | None = None) -> pd.DataFrame:
    """A declared table from a file with its own column names; InputError names every wrong cell.

    No centre is asked, times carry their offset, and there may be no rows.
    """

    def knows(text: str) -> str | None:
        key = key_of(text)
        return key if table.declares(key) else None

    records = read_records(path, knows=knows, sheets=[table.name], limits=limits)
    return _checked(table, Tabulated(records.cells, records.rows, records.labels, frozenset()), records)


def _key(text: str, known: Iterable[Format]) -> str | None:
    key = key_of(text)
    return key if any(each.reads(key) for each in known) else None


def _sheets(known: Mapping[str, Format]) -> set[str]:
    return {*known, *(each.TABLE.name for each in known.values())}


def _checked(table: Table, tabulated: Tabulated, records: Records) -> pd.DataFrame:
    """The typed table, or InputError: what was wrong in cutting, in mapping and in checking, together."""
    problems = list(records.problems)
    try:
        frame = table.check(tabulated.cells, file=records.file, rows=tabulated.rows, found=tabulated.found)
    except InputError as wrong:
        problems += [as_seen(problem, tabulated, records) for problem in wrong.problems]
    if problems:
        raise InputError(problems)
    return frame


def as_seen(problem: Problem, tabulated: Tabulated, records: Records) -> Problem:
    """The problem under the file's own heading; a missing column is perhaps one that nobody knows."""
    note = problem.note
    if problem.code == "missing_column" and records.ignored:
        note = f"{note}; headings nobody knows: {', '.join(records.ignored)}"
    seen = tabulated.labels.get(problem.column or "", problem.column)
    return replace(problem, note=note, column=seen)


def no_rows(records: Records) -> Problem:
    """The problem of a file without rows."""
    note = "holds a header and no rows that can be used; export it again"
    return Problem("no_rows", note, records.file)


def _noting(tabulated: Tabulated, notice: str | None) -> Tabulated:
    return replace(tabulated, notices=(*tabulated.notices, notice)) if notice else tabulated


def _report(
    frame: pd.DataFrame, centre: Centre, chosen: Format, *, records: Records, tabulated: Tabulated
) -> ImportReport:
    unread = tuple(records.labels[key] for key in records.cells.columns if key not in tabulated.used)
    return ImportReport(
        file=records.file,
        format=chosen.MEANING,
        table=chosen.TABLE.name,
        rows=len(frame),
        span=span_of(frame),
        queues=queues_of(frame),
        gaps=gaps_of(frame, centre) if chosen.TABLE.name == "VOLUME" else (),
        clock_changes=changes_of(frame, centre),
        ignored=(*unread, *records.ignored),
        opened=records.opened,
        conventions=chosen.CONVENTIONS,
        notices=(*records.notices, *tabulated.notices),
    )
