"""Which holidays are shut is told by what came on them."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from forecasting.past import Calendar, Past
from forecasting.special_days import special_days

FIRST = "2023-01-02"


def past(quiet: tuple[str, ...], *, until: str, site: str | None = None, usual: float = 100.0) -> Past:
    """Days from 2023 to `until`, nothing on the `quiet` ones, and half a year ahead, customers in France."""
    n = (date.fromisoformat(until) - date.fromisoformat(FIRST)).days
    days = pd.date_range(FIRST, periods=n + 182, freq="D").as_unit("us")
    is_open = np.ones(len(days), bool)
    special = special_days(days, countries=("FR",), events=(), closed=~is_open, site=site)
    offered = np.where(days[:n].strftime("%Y-%m-%d").isin(quiet), 0.0, usual)
    return Past(Calendar(days, is_open, special), offered)


def shut(found: Past) -> list[str]:
    """Days ahead that are shut."""
    ahead = ~found.is_open[found.n :]
    return list(found.calendar.days[found.n :][ahead].strftime("%Y-%m-%d"))


def test_a_centre_that_shut_at_christmas_alone_shuts_at_christmas_alone() -> None:
    assert shut(past(("2023-12-25",), until="2024-08-01")) == ["2024-12-25"]


def test_a_holiday_on_which_some_came_once_is_open() -> None:
    assert shut(past(("2023-05-08",), until="2025-03-01")) == []  # 2024: as any day


def test_a_quiet_holiday_of_a_tiny_queue_proves_nothing() -> None:
    assert shut(past(("2023-12-25",), until="2024-08-01", usual=3.0)) == []


def test_a_site_may_shut_on_its_own_holidays() -> None:
    quiet: tuple[str, ...] = (
        "2023-01-11",
        "2023-05-01",
        "2023-07-30",
        "2023-08-14",
        "2023-08-20",
        "2023-08-21",
        "2023-11-06",
    )
    quiet += (
        "2023-11-18",
        "2023-04-22",
        "2023-04-23",
        "2023-06-29",
        "2023-06-30",
        "2023-07-19",
        "2023-07-20",
    )
    quiet += ("2023-09-27", "2023-09-28", "2024-01-01", "2023-04-21", "2023-06-28")
    assert "2024-07-30" in shut(past(quiet, until="2024-03-01", site="MA"))  # Throne Day
    assert "2024-07-14" not in shut(past(quiet, until="2024-03-01", site="MA"))
