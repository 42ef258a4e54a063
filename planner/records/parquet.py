"""Parquet: typed cells; the size it declares is looked at before anything is unpacked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from planner.domain.problems import InputError, Problem
from planner.records.header import Header, header_of
from planner.records.records import Knows, Limits, Opened, Records, refuse


def read_parquet(path: Path, *, knows: Knows, limits: Limits) -> Records:
    """The records of a Parquet file; rows are numbered as if the header were row 1 of a spreadsheet."""
    header, texts = looked_at(path, knows, limits)
    cells = _cells(path, header, texts, limits=limits)
    rows = np.arange(len(cells)) + 2
    return Records(path.name, cells, rows, header.labels, header.ignored, Opened("Parquet"))


def looked_at(path: Path, knows: Knows, limits: Limits) -> tuple[Header, list[str]]:
    """The header, and the columns that hold texts, of a file found to be sound and not too large."""
    try:
        with pq.ParquetFile(path) as file:
            _check_size(file.metadata, path.name, limits)
            schema = file.schema_arrow
            header = header_of(schema.names, knows, file=path.name, row_seen=1, limits=limits)
            _check_flat(schema, header, path.name)
            return header, [f.name for f in schema if _is_text(f.type)]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise broken(path, error) from None


def _check_size(metadata: pq.FileMetaData, file: str, limits: Limits) -> None:
    groups = range(metadata.num_row_groups)
    unpacked = sum(metadata.row_group(i).total_byte_size for i in groups)
    if metadata.num_rows > limits.rows or unpacked > limits.unpacked_bytes * 2:
        note = (
            f"holds {metadata.num_rows:,} rows and {unpacked / 1e6:,.0f} MB; at most {limits.rows:,} rows "
            f"and {limits.unpacked_bytes * 2 / 1e6:,.0f} MB are read at once; split it"
        )
        raise refuse("too_large_a_file", note, file)


def _check_flat(schema: pa.Schema, header: Header, file: str) -> None:
    nested = [
        name for name, place in zip(header.names, header.places) if pa.types.is_nested(schema.types[place])
    ]
    if nested:
        raise InputError(
            Problem(
                "nested_column", "holds lists or records; a table has one value in a cell", file, None, name
            )
            for name in nested
        )


def _cells(path: Path, header: Header, texts: list[str], *, limits: Limits) -> pd.DataFrame:
    """The known columns. Texts are read as dictionaries: a long one repeated a million times stays one."""
    wanted = [header.labels[name] for name in header.names]
    try:
        with pq.ParquetFile(path, read_dictionary=texts) as file:
            table = file.read(columns=wanted)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise broken(path, error) from None
    return known_cells(table, header, path.name, limits=limits)


def known_cells(table: pa.Table, header: Header, file: str, *, limits: Limits) -> pd.DataFrame:
    """The known columns under their declared names."""
    columns = {name: _plain(table.column(label), file, limits) for name, label in header.labels.items()}
    return pa.table(columns).to_pandas() if columns else pd.DataFrame(index=range(table.num_rows))


def _plain(column: pa.ChunkedArray, file: str, limits: Limits) -> pa.ChunkedArray:
    if not pa.types.is_dictionary(column.type):
        return column
    longest = max(
        (pc.max(pc.binary_length(chunk.dictionary)).as_py() or 0 for chunk in column.chunks), default=0
    )
    if longest > limits.text_length:
        raise refuse(
            "text_too_long", f"holds a text of {longest:,} bytes; at most {limits.text_length:,}", file
        )
    return column.cast(column.type.value_type)


def _is_text(kind: pa.DataType) -> bool:
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind)


def broken(path: Path, error: Exception) -> InputError:
    said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return refuse(
        "broken_parquet", f"is a truncated or damaged Parquet file ({said}); export it again", path.name
    )
