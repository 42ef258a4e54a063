"""Which intervals belong to a queue's opening hours: who calls a closed queue is not badly served."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Queue

STEP_MIN = 15  # opening hours are looked up this often: an interval open for a part is open


def open_rows(rows: pd.DataFrame, queue: Queue) -> np.ndarray:
    """Which rows of VOLUME lie in the queue's opening hours, in whole or in part.

    Deferred work may arrive at any hour: there every row does.
    """
    if queue.kind == "deferred" or queue.hours.always or rows.empty:
        return np.ones(len(rows), bool)
    found = np.zeros(len(rows), bool)
    starts, length = pd.DatetimeIndex(rows["interval_start"]), rows["interval_min"].to_numpy()
    for after in range(0, int(length.max()), STEP_MIN):
        here = (length > after) & ~found
        if here.any():
            found[here] = queue.hours.is_open(starts[here] + pd.Timedelta(minutes=after))
    return found
