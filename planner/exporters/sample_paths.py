"""Sample paths by interval as Parquet, written block by block: they may be many millions of rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from planner.exporters.refusal import refusing
from planner.store.atomic import write_file
from planner.store.parquet import COMPRESSION


def write_paths(blocks: Iterable[pd.DataFrame], path: Path) -> int:
    """Write the blocks and say how many rows; the file appears whole or not at all."""
    written = 0

    def write(new: Path) -> None:
        nonlocal written
        rest = iter(blocks)
        first = _table(next(rest))
        with pq.ParquetWriter(new, first.schema, compression=COMPRESSION) as file:
            for block in chain([first], map(_table, rest)):
                file.write_table(block)
                written += block.num_rows

    with refusing(path):
        write_file(path, write)
    return written


def _table(block: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(block, preserve_index=False).replace_schema_metadata()
