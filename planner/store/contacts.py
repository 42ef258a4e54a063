"""Contact logs of any length, kept as Parquet for DuckDB to read and aggregate.

Memory is bounded whatever the length of the log: one piece of it, and DuckDB's own limit for finding
repeated contacts and for meeting the contacts that are already there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from planner.domain.tables import CONTACTS
from planner.store import sql
from planner.store.atomic import beside, make_folder
from planner.store.customers import CustomerKey, customer_key
from planner.store.folder import Store, writing
from planner.store.growth import Added, Incoming, grow, known_import
from planner.store.manifest import read_manifest
from planner.store.parquet import COMPRESSION, arrow_table, schema_of
from planner.store.sql import database

SHOWN = 20


@dataclass(frozen=True)
class Source:
    """Where contacts come from: the log's name, the digest of its content, and when it is imported."""

    name: str
    digest: str
    now: datetime


@dataclass(frozen=True)
class Repeats:
    """Contacts of a log whose id an earlier contact of it has; places count from 0 as handed in.

    `first` holds up to 20 pairs of a place and the place of the earlier contact, `last` the last place.
    """

    first: tuple[tuple[int, int], ...]
    count: int
    last: int


def add_contacts(
    store: Store, pieces: Iterable[pd.DataFrame], *, source: Source, judge: Callable[[Repeats], None]
) -> Added:
    """Add a contact log that comes as pieces of CONTACTS, all with the same columns, at least one.

    `judge` is called when all pieces are written and before anything is stored; it raises InputError
    if the log is not to be kept. Customer ids are replaced by keyed hashes. StoreError when another
    process is writing or the disk refuses.
    """
    with writing(store):
        if known := known_import(store, CONTACTS, source.digest):
            return Added(known.rows, unchanged_file=True)
        folder, key = store.history(CONTACTS.name), customer_key(store)
        make_folder(folder)
        with beside(folder / "contacts.parquet") as staged:
            _write(staged, pieces, key)
            with database(store) as connection:
                repeats = _repeats(connection, staged)
            judge(repeats)
            return grow(
                store, CONTACTS, Incoming(staged, source.digest, source.name, source.now, key.fingerprint)
            )


def contact_files(store: Store) -> list[Path]:
    """The Parquet files that together hold every contact once.

    An import that replaces contacts retires files; these stay until the import after it.
    """
    folder = store.history(CONTACTS.name)
    return read_manifest(folder).paths(folder)


def _write(staged: Path, pieces: Iterable[pd.DataFrame], key: CustomerKey) -> None:
    following = iter(pieces)
    first = next(following)
    schema = schema_of(CONTACTS, CONTACTS.present(first))
    with pq.ParquetWriter(staged, schema, compression=COMPRESSION) as writer:
        for piece in chain([first], following):
            hidden = key.hide(piece) if "customer_id" in piece.columns else piece
            writer.write_table(arrow_table(hidden, CONTACTS))


def _repeats(connection: duckdb.DuckDBPyConnection, staged: Path) -> Repeats:
    connection.execute(
        f"""
        CREATE TEMP TABLE again AS
        WITH contact AS (
            SELECT contact_id, file_row_number AS place
            FROM read_parquet({sql.text(staged)}, file_row_number = true)
        ),
        twice AS (SELECT contact_id FROM contact GROUP BY contact_id HAVING count(*) > 1),
        grouped AS (
            SELECT place, min(place) OVER (PARTITION BY contact_id) AS earlier
            FROM contact SEMI JOIN twice USING (contact_id)
        )
        SELECT * FROM grouped WHERE place > earlier
        """
    )
    first = connection.execute(f"FROM again ORDER BY place LIMIT {SHOWN}").fetchall()
    count, last = connection.execute("SELECT count(*), coalesce(max(place), -1) FROM again").fetchall()[0]
    return Repeats(tuple(first), count, last)
