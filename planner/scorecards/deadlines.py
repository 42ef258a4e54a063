"""Which deadlines are over: work whose deadline still runs is neither in time nor late."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.timegrid import OpeningHours

STEP_MIN = 5  # opening hours are looked up this often
LOOK_BACK_DAYS = 60


def over_by(end: pd.Timestamp, *, hours: OpeningHours, within_business_h: float) -> pd.Timestamp:
    """Work that arrived up to this moment has had all its business hours by `end` (both UTC).

    >>> from planner.domain.timegrid import OpeningHours
    >>> nine_to_five = OpeningHours("UTC", {day: ((540, 1020),) for day in range(5)})
    >>> sunday_night = pd.Timestamp("2026-10-04 23:00", tz="UTC")
    >>> print(over_by(sunday_night, hours=nine_to_five, within_business_h=8))
    2026-10-02 09:00:00+00:00
    """
    steps = pd.date_range(
        end - pd.Timedelta(days=LOOK_BACK_DAYS), end, freq=f"{STEP_MIN}min", inclusive="left"
    )
    left_h = np.cumsum(hours.is_open(steps)[::-1])[::-1] * STEP_MIN / 60
    enough = np.flatnonzero(left_h >= within_business_h)
    return steps[enough[-1]] if len(enough) else steps[0]
