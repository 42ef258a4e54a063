"""Several queues of a source may be one queue of the centre: checked apart, then added up."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planner.domain.column import Column
from planner.domain.table import Table

ADDED_UP = "several source queues were added up to one; a contact transferred between them counts twice"
SUMMED = ("count", "number")
LARGEST = "longest_wait_s"
SAME = "interval_min"


def apart(table: Table, source: str) -> Table:
    """The table with one row per source queue, so that a repeated row of one of them is still found."""
    column = Column(source, "text", "queue of the source")
    return replace(table, grain=(source, *table.grain), columns=(*table.columns, column))


def added_up(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """One row per key of `table`: counts and sums added, longest waits the longest; unknown stays unknown."""
    names = table.present(frame)
    key = list(table.grain)
    if not frame.duplicated(key).any():
        return frame[names]
    summed = [n for n in names if n not in (*key, LARGEST, SAME) and table.column(n).kind in SUMMED]
    rows = frame.groupby(key, sort=False)
    parts = [rows[[SAME]].first(), rows[summed].sum(skipna=False)]
    parts += [rows[[LARGEST]].max()] if LARGEST in names else []
    return pd.concat(parts, axis=1).reset_index()[names]
