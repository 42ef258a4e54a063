"""The column names of a file at a glance, before anything else of it is read."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

GLANCE = 65_536  # bytes of a text file that are looked at


def headings(path: Path) -> tuple[str, ...]:
    """Names in the first line of a CSV or the schema of a Parquet file; empty where neither is seen.

    Nothing is refused here: whoever reads the file says what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(GLANCE)
        if start.startswith(b"PAR1"):
            return tuple(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        return ()
    first = start.decode("utf-8-sig", errors="replace").splitlines()[:1]
    return tuple(cell.strip() for cell in next(csv.reader(first), [])) if first else ()
