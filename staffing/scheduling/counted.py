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


def flags(
    start_min: np.ndarray, span_min: np.ndarray, *, weekday: int, night: tuple[int, int], night_work_h: float
) -> np.ndarray:
    """A bit for each of `COUNTED`, by the local clock; `weekday` is that of the start, Monday 0.

    Night work has at least `night_work_h` hours inside `night` (local hours), and does not count as late too.
    """
    end_min = start_min + span_min
    by_night = night_minutes(start_min, end_min, night) >= max(night_work_h * 60, 1)
    found = {
        "weekend": np.full(len(start_min), weekday >= SUNDAY - 1),
        "night": by_night,
        "late": (end_min > LATE_MIN) & ~by_night,
        "early": (start_min < EARLY_MIN) & ~by_night,
        "sunday": np.full(len(start_min), weekday == SUNDAY)
        | ((weekday == SUNDAY - 1) & (end_min > DAY_MIN)),
    }
    return sum(
        (found[name].astype(np.int64) << n for n, name in enumerate(COUNTED)),
        np.zeros(len(start_min), np.int64),
    )


def night_minutes(start_min: np.ndarray, end_min: np.ndarray, night: tuple[int, int]) -> np.ndarray:
    """Minutes of each shift inside the night, of the evening before, of its own and of the next."""
    begin, length = night[0] * 60, (night[1] - night[0]) % 24 * 60
    inside = np.zeros(len(start_min), np.int64)
    for day in (-1, 0, 1):
        first = begin + day * DAY_MIN
        inside += np.maximum(np.minimum(end_min, first + length) - np.maximum(start_min, first), 0)
    return inside
