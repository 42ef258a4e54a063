"""Coverage: agent-time in is agent-time out, parts of an interval count as parts."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import COVERAGE, SCHEDULE
from staffing.coverage import agents_there, coverage
from staffing.requirement import requirement
from tests.staffing import small


def segment(
    agent: str, start: str, end: str, *, activity: str = "contact", channel: str | None = "voice"
) -> dict:
    return {
        "agent_id": agent, "site": "LIS", "day": start[:10], "shift": "full 8 h", "start": f"{start}+01:00",
        "end": f"{end}+01:00", "activity": activity, "language": "pt" if channel else None, "channel": channel,
    }  # fmt: skip


def schedule(*segments: dict) -> pd.DataFrame:
    return SCHEDULE.check(pd.DataFrame(segments))


DAY = schedule(
    segment("a1", "2026-10-19T08:00", "2026-10-19T10:00"),
    segment("a1", "2026-10-19T10:00", "2026-10-19T10:15", activity="break", channel=None),
    segment("a1", "2026-10-19T10:15", "2026-10-19T12:20"),
    segment("a2", "2026-10-19T09:00", "2026-10-19T10:00"),
    segment("a3", "2026-10-19T09:10", "2026-10-19T09:20", channel="email"),
)


def at(table: pd.DataFrame, clock: str, channel: str = "voice") -> pd.Series:
    here = (table["interval_start"] == pd.Timestamp(f"2026-10-19T{clock}+01:00")) & (
        table["channel"] == channel
    )
    return table[here & (table["site"] == "LIS")].iloc[0]


def test_who_is_there() -> None:
    there = agents_there(DAY, interval_min=30)
    assert [at(there, clock)["scheduled"] for clock in ("08:00", "09:00", "10:00", "12:00")] == pytest.approx(
        [1, 2, 0.5, 2 / 3]
    )
    assert at(there, "09:00", "email")["scheduled"] == pytest.approx(1 / 3)


def test_time_in_is_time_out() -> None:
    duty = DAY[DAY["activity"] == "contact"]
    hours = (duty["end"] - duty["start"]).dt.total_seconds().sum() / 3600
    for minutes in (15, 30, 60):
        there = agents_there(DAY, interval_min=minutes)
        assert there["scheduled"].sum() * minutes / 60 == pytest.approx(hours)


def test_gap_and_rows() -> None:
    needed = requirement(small.forecast(3), small.centre())
    table = coverage(needed, DAY, small.centre())
    COVERAGE.check(table)
    assert np.allclose(table["gap"], table["scheduled"] - table["needed"])
    local = table["interval_start"].dt.tz_convert("Europe/Lisbon").dt.date
    assert set(local[table["site"] == "LIS"]) == {small.FIRST}
    monday = needed["interval_start"] < pd.Timestamp("2026-10-20", tz="America/Bogota")
    lisbon = needed["interval_start"] < pd.Timestamp("2026-10-20", tz="Europe/Lisbon")
    kept = needed[np.where(needed["site"] == "LIS", lisbon, monday)]
    assert len(table) == len(kept)
    assert table["needed"].sum() == pytest.approx(kept["agents_scheduled"].sum())


def test_agents_where_nobody_is_needed_show() -> None:
    early = schedule(segment("a1", "2026-10-19T06:00", "2026-10-19T06:30"))
    table = coverage(requirement(small.forecast(1), small.centre()), early, small.centre())
    row = at(table, "06:00")
    assert (row["needed"], row["scheduled"], row["gap"]) == (0, 1, 1)


def test_no_schedule_no_coverage() -> None:
    table = coverage(requirement(small.forecast(1), small.centre()), SCHEDULE.empty(), small.centre())
    assert table.empty


def test_days_and_sites_without_agents_stay_in() -> None:
    """Lisbon works on the first and third of four days, Bogota has nobody: every need has its row."""
    third = schedule(segment("a1", "2026-10-21T08:00", "2026-10-21T10:00"))
    worked = pd.concat([DAY, third], ignore_index=True)
    needed = requirement(small.forecast(4), small.centre())
    table = coverage(needed, worked, small.centre(), first_day=small.FIRST, days=4)
    keys = ["site", "language", "channel", "interval_start"]
    both = needed.merge(table, on=keys, how="left")
    assert len(both) == len(table) == len(needed)
    assert both["needed"].to_numpy() == pytest.approx(both["agents_scheduled"].to_numpy())
    bogota = table[table["site"] == "BOG"]
    assert bogota["needed"].sum() > 0
    assert (bogota["scheduled"] == 0).all()
    local = table["interval_start"].dt.tz_convert("Europe/Lisbon").dt.date
    there = table["scheduled"].groupby(local.where(table["site"] == "LIS")).sum()
    assert (there > 0).tolist() == [True, False, True, False]


def test_rows_outside_the_days_are_cut_at_each_site_s_midnights() -> None:
    """A night shift goes on after the last day; its hours there belong to the next plan."""
    night = schedule(segment("a1", "2026-10-20T22:00", "2026-10-21T02:00"))
    needed = requirement(small.forecast(4), small.centre())
    second = small.FIRST + timedelta(days=1)
    table = coverage(needed, night, small.centre(), first_day=second, days=1)
    for code, zone in (("LIS", "Europe/Lisbon"), ("BOG", "America/Bogota")):
        here = table.loc[table["site"] == code, "interval_start"]
        assert set(here.dt.tz_convert(zone).dt.date) == {second}
    assert table["scheduled"].sum() == 4  # two hours of half-hours


def test_an_empty_schedule_covers_nothing_of_the_days() -> None:
    needed = requirement(small.forecast(2), small.centre())
    table = coverage(needed, SCHEDULE.empty(), small.centre(), first_day=small.FIRST, days=2)
    assert len(table) == len(needed)
    assert table["gap"].sum() == pytest.approx(-needed["agents_scheduled"].sum())
