"""Declared tables as Parquet files: typed on the way in and on the way out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from planner.domain.column import Column, Kind
from planner.domain.table import Table

COMPRESSION = "zstd"
ARROW: Mapping[Kind, Any] = {
    "text": pa.string(),
    "count": pa.int64(),
    "number": pa.float64(),
    "share": pa.float64(),
    "utc": pa.timestamp("us", tz="UTC"),
    "day": pa.timestamp("us"),
    "flag": pa.bool_(),
}


def write_parquet(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """A frame of a declared table as a Parquet file; columns that are not declared are left out."""
    pq.write_table(arrow_table(frame, table), path, compression=COMPRESSION)


def arrow_table(frame: pd.DataFrame, table: Table) -> pa.Table:
    """The frame's declared columns with their declared types; missing cells are null."""
    names = table.present(frame)
    schema = schema_of(table, names)
    return pa.Table.from_pandas(frame[names], schema=schema, preserve_index=False).replace_schema_metadata()


def schema_of(table: Table, names: list[str]) -> pa.Schema:
    """The stored types of these columns."""
    return pa.schema([pa.field(name, stored_type(table.column(name))) for name in names])


def stored_type(column: Column) -> Any:
    """The Arrow type a column is stored with; a count that may be empty is a number."""
    return pa.float64() if column.kind == "count" and column.may_be_empty else ARROW[column.kind]


def typed_frame(cells: pa.Table, table: Table) -> pd.DataFrame:
    """Stored cells as a frame with the declared pandas types."""
    frame = cells.to_pandas()
    typed = frame.astype({name: table.column(name).dtype for name in frame.columns})
    flags = [name for name in typed.columns if table.column(name).dtype == "object"]
    for name in flags:  # a missing one is NaN, as `check` leaves it
        typed[name] = typed[name].where(typed[name].notna(), np.nan)
    return typed


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
