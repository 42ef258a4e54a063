"""How an import meets the parts that are there: what is new, what it replaces, what is left of a part.

After a merge every key stands in one part only, so that reading is reading, without a search for the
latest row. The price is paid at import: parts that hold replaced rows are written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from planner.store import sql
from planner.store.parquet import COMPRESSION


@dataclass(frozen=True)
class Shared:
    """Keys that stand in a part and in the import too, and for how many of them the rows differ."""

    keys: int = 0
    differing: int = 0


def shared(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], new: Path, *, key: Sequence[str]
) -> Mapping[Path, Shared]:
    """For each part what it shares with the import; a column that is absent counts as missing cells."""
    if not parts:
        return {}
    names = sorted({name for path in (*parts, new) for name in pq.read_schema(path).names})
    found = connection.execute(
        f"""
        WITH every AS (
            SELECT {sql.columns(key)}, hash({sql.columns(names)}) AS content, filename
            FROM {sql.parquet(*parts, new)}
        ),
        there AS (SELECT * FROM every WHERE filename <> {sql.text(new)}),
        coming AS (SELECT * EXCLUDE (filename) FROM every WHERE filename = {sql.text(new)})
        SELECT there.filename, count(*), count(*) FILTER (there.content <> coming.content)
        FROM there JOIN coming USING ({sql.columns(key)}) GROUP BY there.filename
        """
    ).fetchall()
    counted = {Path(file): Shared(keys, differing) for file, keys, differing in found}
    return {part: counted.get(part, Shared()) for part in parts}


def write_rest(
    connection: duckdb.DuckDBPyConnection, part: Path, new: Path, to: Path, *, key: Sequence[str]
) -> None:
    """The rows of a part whose keys are not in the import."""
    rest = f"SELECT * EXCLUDE (filename) FROM {sql.parquet(part)} AS part ANTI JOIN {sql.parquet(new)} AS new"
    _copy(connection, f"{rest} USING ({sql.columns(key)})", to)


def write_together(connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], to: Path) -> None:
    """Several parts as one."""
    _copy(connection, f"SELECT * EXCLUDE (filename) FROM {sql.parquet(*parts)}", to)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, to: Path) -> None:
    connection.execute(f"COPY ({query}) TO {sql.text(to)} (FORMAT parquet, COMPRESSION {COMPRESSION})")
