"""Parquet with the declared columns and types; the exact format between steps."""

from pathlib import Path

import pandas as pd

from planner.domain.table import Table
from planner.store.parquet import write_parquet

SUFFIX = ".parquet"
MEANING = "Parquet with the declared types"


def write(frame: pd.DataFrame, table: Table, path: Path) -> None:
    """Write the frame's declared columns."""
    write_parquet(frame, table, path)
