"""When a queue is worked: its opening hours within its life."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Queue


def is_worked(queue: Queue, starts: pd.DatetimeIndex) -> np.ndarray:
    """Whether the queue is worked at each moment (UTC): open, and between its first and last local day."""
    day = starts.tz_convert(queue.hours.zone).tz_localize(None).normalize()
    result = queue.hours.is_open(starts)
    if queue.first_day is not None:
        result &= np.asarray(day >= pd.Timestamp(queue.first_day))
    if queue.last_day is not None:
        result &= np.asarray(day <= pd.Timestamp(queue.last_day))
    return result
