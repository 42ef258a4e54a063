"""The yardstick: each day as the same weekday was last time."""

from __future__ import annotations

import numpy as np

from forecasting.calendar_effect import CalendarEffect
from forecasting.past import Past

MEANING = "as the same weekday was last time"
ROLE = "yardstick"


def days_ahead(past: Past, effect: CalendarEffect) -> np.ndarray:  # noqa: ARG001 - the door's shape
    """The last known total of the same weekday (h,); NaN for a weekday never seen."""
    weekday = past.calendar.weekday
    last = np.full(7, np.nan)
    rows = np.flatnonzero(past.known)
    last[weekday[rows]] = past.offered[rows]  # the latest of each weekday is written last and stays
    return np.where(past.is_open[past.n :], last[weekday[past.n :]], 0)
