"""One import becoming part of a table's history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from planner.domain.table import Table
from planner.store.atomic import move_file, remove, write_file
from planner.store.folder import Store
from planner.store.manifest import Import, Manifest, Part, read_manifest, write_manifest
from planner.store.merge import Shared, shared, write_rest, write_together
from planner.store.sql import database

MANY_PARTS = 16  # from more parts on, the small ones become one
SMALL_ROWS = 250_000
LISTS = frozenset({"ABSENCES", "EVENTS", "PREFERENCES", "LOCKED"})
"""Tables whose import is the whole list, so that a cancelled absence, wish or lock disappears.

In every other table an import adds and replaces rows: an agent who is missing from a later roster
stays, and `leave_date` says that the agent left.
"""


@dataclass(frozen=True)
class Added:
    """What an import did: its `rows`, of which `new` keys and `replaced` ones whose row differs.

    The rest was there already. `removed` rows are gone because the import is the whole list.
    `unchanged_file`: nothing differs from what is stored, and nothing was written.
    """

    rows: int
    new: int = 0
    replaced: int = 0
    unchanged_file: bool = False
    removed: int = 0


@dataclass(frozen=True)
class Incoming:
    """A written Parquet file that is to become a part; `digest` is that of the content it came from.

    `customers` is the fingerprint of the key that hid its customers' ids.
    """

    staged: Path
    digest: str
    source: str
    now: datetime
    customers: str | None = None


def known_import(store: Store, table: Table, digest: str) -> Import | None:
    """The import of this content, if all of it still stands: importing it again changes nothing."""
    look_back = 1 if table.name in LISTS else None
    return read_manifest(store.history(table.name)).import_of(digest, look_back=look_back)


def grow(store: Store, table: Table, incoming: Incoming) -> Added:
    """Make the staged file a part of the table's history, in the place of rows with the same keys.

    All new files are in place before the manifest names them; until then readers see the old state.
    """
    if known := known_import(store, table, incoming.digest):
        return Added(known.rows, unchanged_file=True)
    folder = store.history(table.name)
    before = read_manifest(folder)
    _sweep(folder, before)
    with database(store) as connection:
        growth = Growth(folder, table, before, incoming, connection)
        common = shared(connection, before.paths(folder), incoming.staged, key=table.grain)
        added = growth.added(common)
        if not added.unchanged_file:
            write_manifest(folder, growth.after(common, added))
    return added


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Remove parts that neither the state now nor the one before it knows."""
    known = {*(part.file for part in manifest.parts), *manifest.retired}
    for path in folder.glob("part-*.parquet"):
        if path.name not in known:
            remove(path)


@dataclass(frozen=True)
class Growth:
    """A table's history about to take in one import."""

    folder: Path
    table: Table
    before: Manifest
    incoming: Incoming
    connection: duckdb.DuckDBPyConnection

    @property
    def is_list(self) -> bool:
        """Whether the import is the whole table."""
        return self.table.name in LISTS

    def added(self, common: Mapping[Path, Shared]) -> Added:
        """What the import changes, from what each part shares with it."""
        rows = pq.read_metadata(self.incoming.staged).num_rows
        keys = sum(each.keys for each in common.values())
        differing = sum(each.differing for each in common.values())
        removed = self.before.rows - keys if self.is_list else 0
        same = rows == keys and not differing and not removed
        return Added(rows, rows - keys, differing, same, removed)

    def after(self, common: Mapping[Path, Shared], added: Added) -> Manifest:
        """Write the parts of the new state; its manifest."""
        numbers = count(self.before.following)
        old = [] if self.is_list else self._survivors(common, numbers)
        parts = self._compacted([*old, *self._own(added.rows, numbers)], numbers)
        retired = tuple(part.file for part in self.before.parts if part not in parts)
        last = self.incoming
        counts = (added.rows, added.new, added.replaced, added.removed)
        imports = (*self.before.imports, Import(last.source, last.digest, last.now.isoformat(), *counts))
        customers = last.customers or self.before.customers
        return Manifest(tuple(parts), retired, imports, next(numbers), customers)

    def _survivors(self, common: Mapping[Path, Shared], numbers: Iterator[int]) -> list[Part]:
        """The parts without the rows that are replaced; one of which nothing is left is left out."""
        survivors = []
        for part in self.before.parts:
            keys = common[self.folder / part.file].keys
            if keys == 0:
                survivors.append(part)
            elif keys < part.rows:
                rest = Part(_file(next(numbers)), part.rows - keys)
                write = partial(write_rest, self.connection, self.folder / part.file, self.incoming.staged)
                write_file(self.folder / rest.file, partial(write, key=self.table.grain))
                survivors.append(rest)
        return survivors

    def _own(self, rows: int, numbers: Iterator[int]) -> list[Part]:
        """The import itself as a part; none when it has no rows."""
        if not rows:
            return []
        part = Part(_file(next(numbers)), rows)
        move_file(self.incoming.staged, self.folder / part.file)
        return [part]

    def _compacted(self, parts: list[Part], numbers: Iterator[int]) -> list[Part]:
        """The same rows in fewer parts when there are many: the small ones become one."""
        small = [part for part in parts if part.rows < SMALL_ROWS]
        if len(parts) <= MANY_PARTS or len(small) < 2:
            return parts
        one = Part(_file(next(numbers)), sum(part.rows for part in small))
        paths = [self.folder / part.file for part in small]
        write_file(self.folder / one.file, partial(write_together, self.connection, paths))
        return [*(part for part in parts if part not in small), one]


def _file(number: int) -> str:
    return f"part-{number:06d}.parquet"
