"""The horizon counts seconds in UTC and periods in local days."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.timegrid import OpeningHours
from staffing.simulation.horizon import Horizon, open_seconds

ZONE = "Europe/Lisbon"


def horizon(first: str, days: int) -> Horizon:
    return Horizon(ZONE, pd.date_range(first, periods=days), 30)


def test_weeks_begin_on_monday_even_when_the_horizon_does_not() -> None:
    """Thursday to next Tuesday: two weeks, the first named by the Monday before the horizon."""
    levels = {name: (first, starts) for name, first, starts in horizon("2026-10-08", 6).levels()}
    first, starts = levels["week"]
    assert list(first) == [0, 4 * 48]
    assert [str(start.tz_convert(ZONE).date()) for start in starts] == ["2026-10-05", "2026-10-12"]


def test_days_of_a_clock_change_have_23_and_25_hours() -> None:
    assert list(np.bincount(horizon("2026-10-24", 3).day_number)) == [48, 50, 48]
    assert list(np.bincount(horizon("2026-03-28", 3).day_number)) == [48, 46, 48]


def test_the_clock_of_deadlines_runs_in_opening_hours_only() -> None:
    """Friday 16:00 plus two business hours of a 9-17 week is Monday 10:00."""
    hours = OpeningHours(ZONE, dict.fromkeys(range(5), ((540, 1020),)))
    friday = horizon("2026-10-09", 4)
    friday_16, monday_10 = open_seconds(friday.open_clock(hours), at_s=np.array([16.0, 3 * 24 + 10.0]) * 3600)
    assert monday_10 - friday_16 == pytest.approx(2 * 3600)
