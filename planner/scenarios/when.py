"""How much of a change holds on each day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from planner.domain.scenario import When, day_of


def weight(days: pd.DatetimeIndex, when: When, *, first_monday: date) -> np.ndarray:
    """0..1 for each local day: how much of the change holds.

    It grows evenly over `over_weeks` and is whole from then on; after `until` it shrinks as it grew.
    """
    begun = _grown(days, when.first, when.over_weeks, first_monday=first_monday)
    if when.until is None:
        return begun
    ended = _grown(days, when.until, when.over_weeks, first_monday=first_monday)
    return np.maximum(begun - ended, 0.0)


def _grown(
    days: pd.DatetimeIndex, first: date | int | None, over_weeks: float, *, first_monday: date
) -> np.ndarray:
    if first is None:
        return np.ones(len(days))
    since = (days - pd.Timestamp(day_of(first, first_monday))).days.to_numpy(float)
    if over_weeks <= 0:
        return np.where(since >= 0, 1.0, 0.0)
    return np.clip((since + 1) / (7 * over_weeks), 0.0, 1.0) * (since >= 0)
