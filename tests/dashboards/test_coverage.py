"""Hours short and over, and the runs they come in."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.clock import on_clock
from dashboards.planning_coverage import answer, hours_over, hours_short, longest, net


@pytest.fixture
def day() -> pd.DataFrame:
    """One local day, half-hours from 08:00: two short, one covered, one over, one short."""
    starts = pd.date_range("2026-10-05 07:00", periods=5, freq="30min", tz="UTC")
    gaps = [-2.0, -1.0, 0.0, 3.0, -4.0]
    frame = pd.DataFrame({"interval_start": starts, "needed": 10.0, "gap": gaps})
    return on_clock(frame.assign(scheduled=10 + frame["gap"]), "Europe/Lisbon")


def test_short_and_over_add_up_to_the_difference_of_hours(day: pd.DataFrame) -> None:
    short, over = hours_short(day, 0.5), hours_over(day, 0.5)
    assert over - short == pytest.approx((day["scheduled"] - day["needed"]).sum() / 2)
    assert (short, over) == (3.5, 1.5)


def test_runs_of_shortage_come_with_the_most_hours_first(day: pd.DataFrame) -> None:
    found = longest(net(day), interval_min=30)
    assert found[["from", "to", "short_h"]].to_numpy().tolist() == [
        ["10:00", "10:30", 2.0],
        ["08:00", "09:00", 1.5],
    ]
    assert set(found["over"]) == {"up to 3.0 over, 09:30–10:00"}


def test_every_short_hour_is_in_one_run(day: pd.DataFrame) -> None:
    assert longest(net(day), interval_min=30)["short_h"].sum() == hours_short(day, 0.5)


def test_two_queues_that_offset_each_other_are_still_short_apart(day: pd.DataFrame) -> None:
    """A person too many in Dutch answers nobody in Polish."""
    rows = pd.concat(
        [day.assign(language="nl"), day.assign(language="pl", gap=-day["gap"], scheduled=10 - day["gap"])]
    )
    assert net(rows)["gap"].abs().sum() == 0
    assert hours_short(rows, 0.5) == 5.0
    assert "people sit in the wrong queue" in answer(rows, net(rows), hours=0.5)


def test_the_night_the_clock_goes_back_keeps_both_hours() -> None:
    starts = pd.date_range("2026-10-25 00:00", periods=4, freq="30min", tz="UTC")
    night = on_clock(
        pd.DataFrame({"interval_start": starts, "needed": 1.0, "scheduled": 0.0, "gap": -1.0}),
        "Europe/Lisbon",
    )
    assert list(night["at"]) == ["01:00", "01:30", "01:00", "01:30"]
    assert net(night)["gap"].sum() == -4
