"""What a shift counts as: weekend, night, late, early, Sunday; for caps over weeks and for fair shares."""

from __future__ import annotations

import numpy as np

from staffing.scheduling.problem import COUNTED

DAY_MIN = 1440
LATE_MIN, EARLY_MIN = (
    20 * 60,
    7 * 60,
)  # a shift that ends after 20:00 is late, one that begins before 7:00 early
SUNDAY = 6


def flags(start_min: np.ndarray, span_min: np.ndarray, by_night: np.ndarray, *, weekday: int) -> np.ndarray:
    """A bit for each of `COUNTED`, by the local clock; `weekday` is that of the start, Monday 0.

    `by_night` says which shifts are night work; such a shift does not count as late or early too.
    """
    end_min = start_min + span_min
    found = {
        "weekend": np.full(len(start_min), weekday >= SUNDAY - 1),
        "night": by_night,
        "late": (end_min > LATE_MIN) & ~by_night,
        "early": (start_min < EARLY_MIN) & ~by_night,
        "sunday": np.full(len(start_min), weekday == SUNDAY)
        | ((weekday == SUNDAY - 1) & (end_min > DAY_MIN)),
    }
    return sum(
        (marked.astype(np.int64) << COUNTED.index(name) for name, marked in found.items()),
        np.zeros(len(start_min), np.int64),
    )
