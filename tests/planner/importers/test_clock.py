"""Local clocks become UTC; the doubled and the missing hour are named with both their offsets."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from planner.importers.clock import on_local_clock, to_utc
from planner.importers.formats.genesys_queue_interval import CLOCK

ZONES = [
    "Europe/Madrid",
    "Europe/Lisbon",
    "Europe/Warsaw",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Bogota",
    "America/Sao_Paulo",
]


def said(cell: object, zone: str) -> list[tuple[str, str]]:
    clock = pd.Series([cell], dtype="str" if isinstance(cell, str) else "object")
    _, found = to_utc(clock, pd.Series([zone]), name="interval_start")
    return [(each.code, each.say(each.cells.iloc[0])) for each in found]


@pytest.mark.parametrize("zone", ZONES)
def test_a_clock_time_with_its_offset_and_without_is_the_same_moment(zone: str) -> None:
    moments = pd.Series(pd.date_range("2026-01-01", "2026-12-31", freq="90min", tz="UTC"))
    local = [moment.astimezone(ZoneInfo(zone)) for moment in moments]
    plain = pd.Series([clock.strftime("%Y-%m-%d %H:%M") for clock in local])
    utc, found = to_utc(plain, pd.Series([zone] * len(plain)), name="t")
    doubled = np.array(
        [clock.replace(fold=0).utcoffset() != clock.replace(fold=1).utcoffset() for clock in local]
    )
    assert (utc[~doubled] == moments[~doubled]).all()
    assert utc[doubled].isna().all()
    assert {each.code for each in found} <= {"ambiguous_local_time"}
    assert sum(each.where.sum() for each in found) == doubled.sum()


@pytest.mark.parametrize(
    ("cell", "zone", "code", "offsets"),
    [
        ("2026-10-25 02:30", "Europe/Madrid", "ambiguous_local_time", "+02:00 or +01:00"),
        ("2026-10-25T01:30:00", "Europe/Lisbon", "ambiguous_local_time", "+01:00 or +00:00"),
        ("2026-02-15 02:30", "Africa/Casablanca", "ambiguous_local_time", "+01:00 or +00:00"),
        ("2026-10-29 23:30", "Africa/Cairo", "ambiguous_local_time", "+03:00 or +02:00"),
        ("2026-03-29 02:30", "Europe/Warsaw", "missing_local_time", "+01:00 or +02:00"),
        ("2026-03-22 02:30", "Africa/Casablanca", "missing_local_time", "+00:00 or +01:00"),
        ("2026-04-24 00:30", "Africa/Cairo", "missing_local_time", "+02:00 or +03:00"),
    ],
)
def test_an_odd_hour_is_named_with_both_offsets(cell: str, zone: str, code: str, offsets: str) -> None:
    [(found, note)] = said(cell, zone)
    assert found == code
    assert note.startswith(f"“{cell}” ")
    assert note.endswith(f"in {zone}; write its offset behind it, {offsets}")


@pytest.mark.parametrize("offset", ["+02:00", "+0100", "Z"])
def test_an_offset_behind_it_settles_an_odd_hour(offset: str) -> None:
    assert said(f"2026-10-25T02:30{offset}", "Europe/Madrid") == []


def test_a_date_alone_is_the_first_moment_of_its_day() -> None:
    days = pd.Series(["2026-04-24", "2026-04-25", "2026-10-30"])
    utc, found = to_utc(days, pd.Series(["Africa/Cairo"] * 3), name="t")
    assert not found
    assert utc.tolist() == [
        datetime(2026, 4, 23, 22, tzinfo=UTC),  # midnight is skipped: the day begins at 01:00
        datetime(2026, 4, 24, 21, tzinfo=UTC),
        datetime(2026, 10, 29, 22, tzinfo=UTC),
    ]


def test_zones_and_offsets_may_be_mixed_in_one_column() -> None:
    clock = pd.Series(
        ["2026-07-01 10:00", "2026-07-01 10:00", "2026-07-01T10:00Z", datetime(2026, 7, 1, 10), None]
    )
    zones = pd.Series(["Europe/Madrid", "America/Bogota", "Africa/Cairo", "Africa/Cairo", "Africa/Cairo"])
    utc, found = to_utc(clock, zones, name="t")
    assert not found
    assert utc.dt.hour.tolist()[:4] == [8, 15, 10, 7]
    assert pd.isna(utc[4])


@pytest.mark.parametrize(
    "cell", ["10:00", "yesterday", "2026-13-01 10:00", "26/10/2026 10:00", "2026-07-01 25:00", "45123"]
)
def test_what_is_no_time_is_said(cell: str) -> None:
    [(code, note)] = said(cell, "Europe/Madrid")
    assert code == "not_a_utc"
    assert note.startswith(f"“{cell}” is not a time")


def test_times_in_utc_are_left_alone() -> None:
    moments = pd.Series(pd.date_range("2026-01-01", periods=3, tz="UTC"))
    assert not on_local_clock(moments).any()
    assert to_utc(moments, pd.Series(["Europe/Madrid"] * 3), name="t")[0] is moments


@pytest.mark.parametrize(
    ("cell", "year"),
    [("2206-10-26 10:30", "2206"), ("0001-01-01", "0001"), (datetime(9999, 12, 31, 23), "9999")],
)
@pytest.mark.parametrize("zone", ZONES)
def test_a_local_time_in_an_impossible_year_is_named_with_its_year(
    cell: object, year: str, zone: str
) -> None:
    [(code, note)] = said(cell, zone)
    assert code == "impossible_year"
    assert note.endswith(f"is in the year {year}; dates lie between 1990 and 2100")


def test_a_year_of_two_digits_is_named_in_full() -> None:
    clock = pd.Series(["03/14/26 09:30 AM", "03/14/70 09:30 AM"])
    utc, [found] = to_utc(clock, pd.Series(["UTC"] * 2), name="t", form=CLOCK)
    assert (found.code, found.where.tolist(), utc.isna().tolist()) == (
        "impossible_year",
        [False, True],
        [False, True],
    )
    assert "“03/14/70 09:30 AM” is in the year 1970;" in found.say(clock[1])
