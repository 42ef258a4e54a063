"""A contact log of any length: read, checked and stored piece by piece, with every problem told at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.column import Found
from planner.domain.membership import QUEUE, of_centre
from planner.domain.problems import InputError, Problem
from planner.domain.table import Table, the_rest
from planner.domain.tables import CONTACTS
from planner.importers.formats import contacts
from planner.importers.log_notes import LogNotes
from planner.importers.read import as_seen, no_rows
from planner.importers.report import ImportReport, changes_of, queues_of, span_of
from planner.importers.tabulated import Tabulated, key_of
from planner.importers.tally import Tally
from planner.records import Records
from planner.records.read import kind_of
from planner.records.stream import IN_PIECES, stream_records
from planner.store import Added, Store
from planner.store.contacts import Repeats, Source, add_contacts
from planner.store.growth import known_import
from planner.store.parquet import digest_of

Say = Callable[[str], None]
TOLD_EVERY = 500_000  # contacts between two lines of progress


@dataclass(frozen=True)
class StoredLog:
    """What the import of a contact log did; `report` is None for a log that was stored before."""

    added: Added
    report: ImportReport | None


def import_contacts(
    store: Store, path: Path, *, centre: Centre, now: datetime, progress: Say | None = None
) -> StoredLog:
    """Add a contact log, CSV or Parquet with the columns of CONTACTS, to the store.

    InputError with every problem by file, row and column; nothing of a bad file is stored. Customer
    ids are replaced by keyed hashes. StoreError when another process is writing or the disk refuses.
    """
    say = progress or (lambda _: None)
    kind_of(path, IN_PIECES)
    source = Source(path.name, digest_of(path), now)
    if known := known_import(store, CONTACTS, source.digest):
        return StoredLog(Added(known.rows, unchanged_file=True), None)
    pieces = stream_records(path, knows=_knows)
    log = Log(next(pieces), of_centre(CONTACTS, centre), centre, say)
    added = add_contacts(store, log.checked(pieces), source=source, judge=log.judge)
    return StoredLog(added, log.report())


def _knows(heading: str) -> str | None:
    key = key_of(heading)
    return key if contacts.reads(key) else None


@dataclass
class RowNumbers:
    """The row of a file for each place among its contacts: blank and broken rows have no place."""

    places: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    count: int = 0

    def add(self, rows: np.ndarray) -> None:
        """The rows of the next contacts; only where they skip is anything kept."""
        if len(rows):
            begins = np.flatnonzero(np.diff(rows, prepend=rows[0] - 2) != 1)
            self.places += (begins + self.count).tolist()
            self.rows += rows[begins].tolist()
            self.count += len(rows)

    def __getitem__(self, place: int) -> int:
        run = bisect_right(self.places, place) - 1
        return self.rows[run] + place - self.places[run]


@dataclass
class Log:
    """A contact log while it is read: what is wrong in it, and what a report says of it.

    `start` is its first piece, which tells the columns.
    """

    start: Records
    table: Table
    centre: Centre
    say: Say
    rows: RowNumbers = field(default_factory=RowNumbers)
    broken: list[Problem] = field(default_factory=list)
    extremes: list[pd.DataFrame] = field(default_factory=list)
    notices: dict[str, None] = field(default_factory=dict)
    notes: LogNotes = field(init=False)
    tally: Tally = field(init=False)
    tabulated: Tabulated = field(init=False)

    def __post_init__(self) -> None:
        self.tally = Tally(self.start.file)
        self.notes = LogNotes(self.start.file, self.centre.quality.fcr)
        self.tabulated = contacts.tabulate(self.start, self.centre)
        missing = list(self.table.missing(self.tabulated.cells, self.start.file))
        if missing:
            raise InputError(as_seen(problem, self.tabulated, self.start) for problem in missing)

    def checked(self, pieces: Iterable[Records]) -> Iterator[pd.DataFrame]:
        """The contacts of the pieces, typed; a cell that is wrong is missing."""
        for piece in chain([self.start], pieces):
            tabulated = contacts.tabulate(piece, self.centre)
            typed, founds = self.table.findings(tabulated.cells, rows=tabulated.rows, found=tabulated.found)
            for found in founds:
                if found.code != "duplicate_key":  # told later, over all pieces
                    self.tally.add(found, tabulated)
            self.broken += piece.problems
            self.notices |= dict.fromkeys((*piece.notices, *tabulated.notices))
            self.extremes.append(_extremes(typed))
            self.notes.add(typed, tabulated)
            self._count(tabulated.rows)
            yield typed

    def _count(self, rows: np.ndarray) -> None:
        before = self.rows.count // TOLD_EVERY
        self.rows.add(rows)
        if self.rows.count // TOLD_EVERY > before:
            self.say(f"{self.start.file}: {self.rows.count:,} contacts read")

    def judge(self, repeats: Repeats) -> None:
        """InputError with every problem, when there is any."""
        problems = [*self.broken, *self.tally.problems(), *self._repeated(repeats)]
        if not self.rows.count:
            problems.append(no_rows(self.start))
        if problems:
            raise InputError(as_seen(problem, self.tabulated, self.start) for problem in problems)
        self.say(f"{self.start.file}: {self.rows.count:,} contacts checked; storing them")

    def _repeated(self, repeats: Repeats) -> Iterator[Problem]:
        code, file, column = "duplicate_key", self.start.file, CONTACTS.grain[-1]
        for place, earlier in repeats.first:
            note = self.table.says_repeated(self.rows[earlier])
            yield Problem(code, note, file, self.rows[place], column)
        rest = repeats.count - len(repeats.first)
        if rest:
            found = Found(code, column, np.empty(0, bool), str)
            yield the_rest(found, rest, last_row=self.rows[repeats.last], file=file)

    def report(self) -> ImportReport:
        """What was found in a log without problems."""
        extremes = pd.concat(self.extremes, ignore_index=True)
        used = self.tabulated.used
        unread = tuple(label for key, label in self.start.labels.items() if key not in used)
        return ImportReport(
            file=self.start.file,
            format=contacts.MEANING,
            table=CONTACTS.name,
            rows=self.rows.count,
            span=span_of(extremes),
            queues=queues_of(extremes),
            gaps=(),
            clock_changes=changes_of(extremes, self.centre),
            ignored=(*unread, *self.start.ignored),
            opened=self.start.opened,
            conventions=contacts.CONVENTIONS,
            notices=(*self.notices, *self.notes.notices()),
        )


def _extremes(typed: pd.DataFrame) -> pd.DataFrame:
    """The first and the last contact of each queue: site, language, channel, arrived_at."""
    ends = typed.groupby(QUEUE, sort=False)["arrived_at"].agg(["min", "max"]).reset_index()
    return ends.melt(QUEUE, ["min", "max"], value_name="arrived_at")[[*QUEUE, "arrived_at"]]
