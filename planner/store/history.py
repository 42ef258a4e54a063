"""What happened, growing by imports: for each table parts of Parquet and a manifest.

A later import of the same key wins; the same content imported twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from planner.domain.table import Table
from planner.store.atomic import beside, make_folder
from planner.store.customers import customer_key
from planner.store.folder import Store, writing
from planner.store.growth import Added, Incoming, grow
from planner.store.manifest import Import, read_manifest
from planner.store.parquet import digest_of, stored_type, typed_frame, write_parquet


def add_history(store: Store, table: Table, frame: pd.DataFrame, *, source: str, now: datetime) -> Added:
    """Add the rows of a checked frame; `source` names where they came from, `now` when.

    Customer ids are replaced by keyed hashes before anything is written. StoreError when another
    process is writing or the disk refuses; what was stored before is whole then.
    """
    with writing(store):
        return _grown(store, table, frame, source=source, now=now)


def amend_history(
    store: Store, table: Table, change: Callable[[pd.DataFrame], pd.DataFrame], *, source: str, now: datetime
) -> Added:
    """Add the rows that `change` makes of the table as it stands; nobody else writes in between.

    As `add_history`; when `change` raises, nothing is written.
    """
    with writing(store):
        return _grown(store, table, change(read_history(store, table)), source=source, now=now)


def _grown(store: Store, table: Table, frame: pd.DataFrame, *, source: str, now: datetime) -> Added:
    key = customer_key(store) if "customer_id" in frame.columns else None
    hidden = key.hide(frame) if key else frame
    folder = store.history(table.name)
    make_folder(folder)
    with beside(folder / "import.parquet") as staged:
        write_parquet(hidden, table, staged)
        incoming = Incoming(staged, digest_of(staged), source, now, key.fingerprint if key else None)
        return grow(store, table, incoming)


def imports_of(store: Store, table: Table) -> tuple[Import, ...]:
    """Every import and edit that changed the table, the oldest first: where it came from, and when."""
    return read_manifest(store.history(table.name)).imports


def read_history(
    store: Store, table: Table, *, columns: Sequence[str] | None = None, since: datetime | date | None = None
) -> pd.DataFrame:
    """The latest row of every key, typed as declared and sorted by the grain.

    `columns` may name any declared column; one that was never imported has empty cells. `since` leaves
    out rows whose first moment is earlier (a date: midnight UTC); the table needs a column of moments.
    """
    folder = store.history(table.name)
    since_filter = [(_moment(table), ">=", _in_utc(since))] if since is not None else None
    manifest = read_manifest(folder)
    while True:
        try:
            cells = [_part(path, table, columns, filters=since_filter) for path in manifest.paths(folder)]
            break
        except FileNotFoundError:  # two imports ended since the manifest was read
            newer = read_manifest(folder)
            if newer == manifest:
                raise
            manifest = newer
    return _together(cells, table, columns)


def _part(path: Path, table: Table, columns: Sequence[str] | None, *, filters: list | None) -> pa.Table:
    wanted = None
    if columns is not None:
        there = set(pq.read_schema(path).names)
        wanted = [name for name in dict.fromkeys((*columns, *table.grain)) if name in there]
    return pq.read_table(path, columns=wanted, filters=filters, partitioning=None)


def _together(cells: list[pa.Table], table: Table, columns: Sequence[str] | None) -> pd.DataFrame:
    if not cells:
        empty = table.empty()
        return empty if columns is None else empty.reindex(columns=list(columns))
    rows = pa.concat_tables(cells, promote_options="default")
    rows = rows.sort_by([(name, "ascending") for name in table.grain])
    names = table.present(pd.DataFrame(columns=rows.column_names)) if columns is None else list(columns)
    for name in set(names) - set(rows.column_names):
        rows = rows.append_column(name, pa.nulls(len(rows), stored_type(table.column(name))))
    return typed_frame(rows.select(names), table)


def _moment(table: Table) -> str:
    """The first column of moments in UTC."""
    moments = [column.name for column in table.columns if column.kind == "utc"]
    if not moments:
        raise ValueError(f"{table.name} has no column of moments, so that it cannot be read since one")
    return moments[0]


def _in_utc(moment: datetime | date) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    return stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")
