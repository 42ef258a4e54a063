"""A file too large to hold, in pieces: the same cells and rows as `read_records`, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from planner.records.encoding import examine
from planner.records.header import Header, header_of
from planner.records.parquet import broken, known_cells, looked_at
from planner.records.read import kind_of
from planner.records.records import Knows, Limits, Opened, Records, refuse
from planner.records.text import Ragged, blank_rows, csv_options, layout_of, nothing_below, open_quote
from planner.records.workbook import read_workbook

PIECE_ROWS = 65_536
GROUP_BYTES = 1 << 29  # of one row group of a Parquet file, which is read at once
IN_PIECES = Limits(file_bytes=1 << 40, unpacked_bytes=1 << 42, rows=1 << 32)


def stream_records(path: Path, *, knows: Knows, limits: Limits = IN_PIECES) -> Iterator[Records]:
    """The raw cells of a CSV or Parquet file, piece after piece; a workbook comes as one piece.

    The first piece has no rows: it tells the columns found. `problems` come with the last piece.
    InputError says why a file cannot be read.
    """
    kind = kind_of(path, limits)
    if kind == "parquet":
        yield from _parquet_pieces(path, knows, limits)
    elif kind == "workbook":
        yield read_workbook(path, knows=knows, sheets=(), limits=Limits())
    else:
        yield from _text_pieces(path, knows, limits)


def _text_pieces(path: Path, knows: Knows, limits: Limits) -> Iterator[Records]:
    encoded = examine(path, limits)
    layout = layout_of(path, encoded, knows)
    header = header_of(layout.texts, knows, file=path.name, row_seen=layout.header_row, limits=limits)
    opened = Opened("CSV", encoded.spoken, layout.separator, header_row=layout.header_row)
    start = _no_rows(path, header, opened)
    yield replace(start, notices=encoded.notices)
    if not header.names:
        return
    ragged = Ragged(path.name, layout.lines - layout.header_row)
    last = start
    for cells in _batches(path, header, csv_options(encoded, layout, header, ragged=ragged)):
        first = int(last.rows[-1]) + 1 if len(last.rows) else layout.header_row + 1
        last = replace(start, cells=cells, rows=_rows_seen(first, len(cells), ragged.rows))
        yield _filled(last)
    problems = ragged.all_problems() + open_quote(last.cells, last.rows, encoded, file=path.name)
    yield replace(start, problems=tuple(problems))


def _no_rows(path: Path, header: Header, opened: Opened) -> Records:
    cells = pd.DataFrame(columns=list(header.names), dtype="str")
    return Records(path.name, cells, np.empty(0, np.int64), header.labels, header.ignored, opened)


def _batches(path: Path, header: Header, options: dict[str, Any]) -> Iterator[pd.DataFrame]:
    try:
        for batch in pacsv.open_csv(path, **options):
            if batch.num_rows:
                yield batch.rename_columns(list(header.names)).to_pandas()
    except (pa.ArrowInvalid, UnicodeError) as error:
        nothing_below(error, path, header)


def _filled(piece: Records) -> Records:
    """The piece without its blank rows."""
    full = ~blank_rows(piece.cells)
    return replace(piece, cells=piece.cells[full].reset_index(drop=True), rows=piece.rows[full])


def _rows_seen(first: int, count: int, left_out: list[int]) -> np.ndarray:
    """The next `count` rows from `first` on, without those that could not be cut into cells."""
    out = np.asarray(left_out, np.int64)
    out = out[out >= first]
    return np.setdiff1d(np.arange(first, first + count + len(out)), out)[:count]


def _parquet_pieces(path: Path, knows: Knows, limits: Limits) -> Iterator[Records]:
    header, texts = looked_at(path, knows, limits)
    start = _no_rows(path, header, Opened("Parquet"))
    yield start
    first = 2
    for rows in _row_groups(path, header, texts):
        for place in range(0, len(rows), PIECE_ROWS):
            cells = known_cells(rows.slice(place, PIECE_ROWS), header, path.name, limits=limits)
            yield replace(start, cells=cells, rows=np.arange(first, first + len(cells)))
            first += len(cells)


def _row_groups(path: Path, header: Header, texts: list[str]) -> Iterator[pa.Table]:
    """The file's row groups, one in memory at a time, texts as dictionaries.

    Each is read by itself: Arrow's reader of batches keeps the dictionaries of all groups before.
    """
    wanted = list(header.labels.values())
    try:
        with pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False) as file:
            for number in range(file.num_row_groups):
                size = file.metadata.row_group(number).total_byte_size
                if size > GROUP_BYTES:
                    note = f"has a row group of {size / 1e6:,.0f} MB; write it with groups of 100,000 rows"
                    raise refuse("too_large_a_group", note, path.name)
                yield file.read_row_group(number, columns=wanted, use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise broken(path, error) from None
