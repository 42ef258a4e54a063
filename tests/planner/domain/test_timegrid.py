"""Every sample site's clock is walked through its changes; the standard library's zoneinfo is the witness."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from planner.domain.timegrid import (
    OpeningHours,
    Season,
    around_the_clock,
    clock_changes,
    intervals,
    local_day,
    localise,
    midnight,
)

# Days of 23 and 25 hours in 2026, as published for each country (Morocco leaves its summer time for Ramadan).
CHANGES: dict[str, dict[date, int]] = {
    "Europe/Madrid": {date(2026, 3, 29): 23, date(2026, 10, 25): 25},
    "Europe/Lisbon": {date(2026, 3, 29): 23, date(2026, 10, 25): 25},
    "Europe/Warsaw": {date(2026, 3, 29): 23, date(2026, 10, 25): 25},
    "Africa/Casablanca": {date(2026, 2, 15): 25, date(2026, 3, 22): 23},
    "Africa/Cairo": {date(2026, 4, 24): 23, date(2026, 10, 29): 25},
    "America/Bogota": {},
    "America/Sao_Paulo": {},
}
YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
HALF_HOURS = pd.date_range("2026-01-01", "2027-01-01", freq="30min", tz="UTC").as_unit("us")


def on_clock(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@pytest.mark.parametrize("zone", CHANGES)
def test_every_day_of_the_year_has_its_hours_and_no_interval_is_lost(zone: str) -> None:
    days = {day: intervals(day, 1, zone=zone, interval_min=30) for day in YEAR}
    hours = {day: len(starts) / 2 for day, starts in days.items()}
    assert {day: n for day, n in hours.items() if n != 24} == CHANGES[zone]
    walked = pd.DatetimeIndex(np.concatenate([starts.to_numpy() for starts in days.values()]), tz="UTC")
    assert walked.equals(intervals(YEAR[0], 365, zone=zone, interval_min=30))
    assert (np.diff(walked.to_numpy()) == np.timedelta64(30, "m")).all()
    assert [on_clock(start, zone).date() for start in walked[::7]] == [
        day for day, starts in days.items() for _ in starts
    ][::7]


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_day_of_25_hours_has_25_hours_of_intervals_of_any_length(minutes: int) -> None:
    starts = intervals(date(2026, 10, 25), 1, zone="Europe/Madrid", interval_min=minutes)
    assert len(starts) == 25 * 60 / minutes


def test_a_midnight_that_is_skipped_is_the_first_moment_after_it() -> None:
    assert midnight(date(2026, 4, 24), "Africa/Cairo") == pd.Timestamp("2026-04-23T22:00Z")  # 01:00 in Cairo
    assert midnight(date(2026, 4, 25), "Africa/Cairo") == pd.Timestamp("2026-04-24T21:00Z")


@pytest.mark.parametrize("zone", CHANGES)
def test_local_times_go_to_utc_and_back_except_those_that_happen_twice(zone: str) -> None:
    local = [on_clock(moment, zone) for moment in HALF_HOURS]
    utc, ambiguous, missing = localise(pd.Series(local), zone)
    twice = Counter(local)
    assert not missing.any()
    assert (ambiguous == utc.isna()).all()
    assert ambiguous.tolist() == [twice[clock] == 2 for clock in local]
    assert (utc.dropna() == pd.Series(HALF_HOURS)[~ambiguous]).all()
    assert ambiguous.sum() == 4 * sum(hours == 25 for hours in CHANGES[zone].values())


@pytest.mark.parametrize("zone", CHANGES)
def test_local_times_that_never_happen_are_missing(zone: str) -> None:
    clocks = [datetime(2026, 1, 1) + timedelta(minutes=30) * n for n in range(365 * 48)]
    there_and_back = [
        on_clock(clock.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC), zone) for clock in clocks
    ]
    _, ambiguous, missing = localise(pd.Series(clocks), zone)
    assert missing.tolist() == [back != clock for clock, back in zip(clocks, there_and_back, strict=True)]
    assert not (missing & ambiguous).any()
    assert missing.sum() == 2 * sum(hours == 23 for hours in CHANGES[zone].values())


@pytest.mark.parametrize("zone", CHANGES)
def test_clock_changes_are_the_published_days(zone: str) -> None:
    found = clock_changes(zone, HALF_HOURS[0], HALF_HOURS[-1])
    assert {change.at.tz_convert(zone).date(): 24 - change.hours for change in found} == CHANGES[zone]


def test_the_local_day_is_the_day_on_the_sites_clock() -> None:
    moments = pd.Series(HALF_HOURS[::11])
    for zone in CHANGES:
        days = local_day(moments, zone)
        assert [day.date() for day in days] == [on_clock(moment, zone).date() for moment in moments]


WEEK = dict.fromkeys(range(5), ((540, 840), (960, 1260))) | {5: ((1320, 1560),)}  # Saturday night
SALES = Season("11-22", "01-24", {6: ((600, 1080),)})
HOURS = OpeningHours("Europe/Madrid", WEEK, (SALES,), frozenset({"12-25", "2026-11-02"}))


def opened(moment: datetime) -> bool:
    """The opening hours above, said a second time."""
    clock = on_clock(moment, "Europe/Madrid")
    for back in (0, 1):
        day = clock.date() - timedelta(days=back)
        minute = clock.hour * 60 + clock.minute + 1440 * back
        if (day.month, day.day) == (12, 25) or day == date(2026, 11, 2):
            continue
        spans = list(WEEK.get(day.weekday(), ()))
        in_sales = (day.month, day.day) >= (11, 22) or (day.month, day.day) <= (1, 24)
        spans += [(600, 1080)] if in_sales and day.weekday() == 6 else []
        if any(begin <= minute < end for begin, end in spans):
            return True
    return False


def test_opening_hours_hold_over_nights_seasons_closed_days_and_clock_changes() -> None:
    assert HOURS.is_open(HALF_HOURS).tolist() == [opened(moment) for moment in HALF_HOURS]


@pytest.mark.parametrize("zone", CHANGES)
def test_around_the_clock_is_always_open(zone: str) -> None:
    hours = around_the_clock(zone)
    assert hours.always
    assert hours.is_open(HALF_HOURS).all()
    assert not HOURS.always
