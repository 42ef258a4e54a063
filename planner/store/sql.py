"""DuckDB over the store's files: in memory, with a bound, spilling into the store's folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from planner.store.folder import Store

MEMORY = "400MB"  # of DuckDB's own; Python and Arrow come on top
THREADS = 2  # each thread holds buffers of its own, so that more of them need more memory


@contextmanager
def database(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for the writer; it holds nothing but views on files."""
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {text(MEMORY)}; SET threads = {THREADS}")
        connection.execute(f"SET temp_directory = {text(store.spill)}; SET TimeZone = 'UTC'")
        yield connection


def columns(names: Sequence[str]) -> str:
    """Columns in SQL, separated by commas."""
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def text(value: object) -> str:
    """A text in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(*paths: Path) -> str:
    """Parquet files as one relation with `filename`; a column that one of them lacks is missing there."""
    return f"read_parquet([{', '.join(map(text, paths))}], union_by_name = true, filename = true)"
