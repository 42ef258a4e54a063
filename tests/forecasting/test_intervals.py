"""The interval of a history is told by its times, whatever is missing."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.intervals import DAY_MIN, Steps, planning_interval, steps_of

WEEKS = 6 * 7 * DAY_MIN


@pytest.mark.parametrize("size", [5, 10, 15, 20, 30, 60, 120, 360, DAY_MIN])
def test_any_even_interval_is_found_though_half_the_rows_are_missing(size: int) -> None:
    rng = np.random.default_rng(size)
    minutes = np.arange(0, WEEKS, size)
    kept = minutes[np.sort(rng.choice(len(minutes), len(minutes) // 2, replace=False))]
    assert steps_of(kept) == Steps(size, 0)


def test_days_that_begin_at_eight_are_days_with_a_phase() -> None:
    assert steps_of(np.arange(0, WEEKS, DAY_MIN) + 480) == Steps(DAY_MIN, 480)


@pytest.mark.parametrize("apart", [7, 30])
def test_weeks_and_months_are_no_intervals(apart: int) -> None:
    assert steps_of(np.arange(0, 60 * apart * DAY_MIN, apart * DAY_MIN)) is None


def test_five_minutes_are_planned_by_quarters_where_enough_happens_and_half_hours_else() -> None:
    assert planning_interval(Steps(5), np.full(100, 20.0)) == 15
    assert planning_interval(Steps(5), np.full(100, 1.0)) == 30
    assert planning_interval(Steps(60), np.full(100, 1.0)) == 60
