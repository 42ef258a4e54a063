"""Checks between the rows of a table of intervals: lengths in use, clean starts, no overlap."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planner.domain.column import Found

LENGTHS_MIN = (15, 30, 60, 1440)
DAY_MIN = 1440
SHORTEST_DAY_MIN = 1380  # a local day of clock change may have 23 hours
MICROSECONDS_A_MINUTE = 60_000_000
QUEUE = ("site", "language", "channel")


def on_the_grid(frame: pd.DataFrame) -> Iterator[Found]:
    """Intervals of 15, 30, 60 or 1440 minutes that begin on a quarter of an hour."""
    length = frame["interval_min"]
    odd = (length.notna() & ~length.isin(LENGTHS_MIN)).to_numpy()
    if odd.any():
        lengths = ", ".join(map(str, LENGTHS_MIN))
        yield Found("odd_interval", "interval_min", odd, lambda v: f"{v} minutes is not one of {lengths}")
    known = frame["interval_start"].notna().to_numpy()
    off = known & (_microseconds(frame["interval_start"]) % (15 * MICROSECONDS_A_MINUTE) != 0)
    if off.any():
        note = "does not begin on a quarter of an hour; intervals begin at :00, :15, :30 or :45"
        yield Found("off_grid", "interval_start", off, lambda v: f"“{v}” {note}")


def no_overlap(frame: pd.DataFrame) -> Iterator[Found]:
    """An interval of a queue ends before the next begins; equal starts are left to the key."""
    whole = np.flatnonzero(frame[[*QUEUE, "interval_start", "interval_min"]].notna().all(axis=1))
    rows = frame.iloc[whole]
    start = _microseconds(rows["interval_start"]) // MICROSECONDS_A_MINUTE
    length = rows["interval_min"].to_numpy()
    queue = rows.groupby(list(QUEUE), sort=False).ngroup().to_numpy()
    order = np.lexsort((start, queue))
    end = (start + np.where(length == DAY_MIN, SHORTEST_DAY_MIN, length))[order]
    before, after = order[:-1], order[1:]
    into = (queue[before] == queue[after]) & (end[:-1] > start[after]) & (start[before] < start[after])
    if into.any():
        where = np.zeros(len(frame), bool)
        where[whole[after[into]]] = True
        note = "lies inside an earlier interval of the same queue; give each queue one interval length"
        yield Found("overlap", "interval_start", where, lambda v: f"“{v}” {note}")


def _microseconds(starts: pd.Series) -> np.ndarray:
    return starts.dt.as_unit("us").to_numpy(dtype="datetime64[us]").astype(np.int64)
