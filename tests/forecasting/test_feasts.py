"""Movable feasts lie where published calendars say, and count where a country has a day off for them."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from forecasting.feasts import black_friday, ends_of_ramadan, feast_columns, lunar_new_year, ramadans

# first days as announced in Saudi Arabia (to 2025) and by the Umm al-Qura calendar (from 2026)
RAMADAN = {
    2019: "05-06", 2020: "04-24", 2021: "04-13", 2022: "04-02", 2023: "03-23", 2024: "03-11",
    2025: "03-01", 2026: "02-18", 2027: "02-08", 2028: "01-28", 2029: "01-16",
}  # fmt: skip
EID_AL_FITR = {
    2019: "06-04",
    2020: "05-24",
    2021: "05-13",
    2022: "05-02",
    2023: "04-21",
    2024: "04-10",
    2025: "03-30",
}
# Hong Kong Observatory, Gregorian-lunar conversion tables
LUNAR_NEW_YEAR = {
    2019: "02-05", 2020: "01-25", 2021: "02-12", 2022: "02-01", 2023: "01-22", 2024: "02-10",
    2025: "01-29", 2026: "02-17", 2027: "02-06", 2028: "01-26", 2029: "02-13", 2030: "02-03",
}  # fmt: skip
BLACK_FRIDAY = {
    2019: "11-29", 2020: "11-27", 2021: "11-26", 2022: "11-25", 2023: "11-24", 2024: "11-29",
    2025: "11-28", 2026: "11-27", 2027: "11-26", 2028: "11-24", 2029: "11-23", 2030: "11-29",
}  # fmt: skip


def columns(country: str, first: str, days: int) -> dict[str, list[str]]:
    """Days of each column of a country, by name."""
    axis = pd.date_range(first, periods=days, freq="D").as_unit("us")
    found = feast_columns([country], axis)
    return {column.name: list(axis[column.here].strftime("%m-%d")) for column in found if column.here.any()}


@pytest.mark.parametrize(("year", "day"), RAMADAN.items())
def test_ramadan_begins_as_announced(year: int, day: str) -> None:
    assert ramadans(year) == [date.fromisoformat(f"{year}-{day}")]


def test_2030_has_two_ramadans() -> None:
    assert ramadans(2030) == [date(2030, 1, 5), date(2030, 12, 26)]


@pytest.mark.parametrize(("year", "day"), EID_AL_FITR.items())
def test_ramadan_ends_as_announced(year: int, day: str) -> None:
    assert ends_of_ramadan(year) == [date.fromisoformat(f"{year}-{day}")]


@pytest.mark.parametrize(("year", "day"), LUNAR_NEW_YEAR.items())
def test_the_chinese_year_begins_as_published(year: int, day: str) -> None:
    assert lunar_new_year(year) == date.fromisoformat(f"{year}-{day}")


@pytest.mark.parametrize(("year", "day"), BLACK_FRIDAY.items())
def test_black_friday_follows_thanksgiving(year: int, day: str) -> None:
    assert black_friday(year) == date.fromisoformat(f"{year}-{day}")


def test_ramadan_lasts_until_the_day_before_eid() -> None:
    found = columns("MA", "2025-01-01", 365)
    assert (found["Ramadan"][0], found["Ramadan"][-1], len(found["Ramadan"])) == ("03-01", "03-29", 29)
    assert found["Ramadan: first ten days"][-1] == "03-10"
    assert found["Ramadan: last ten days"][0] == "03-21"


def test_a_country_without_a_day_off_for_it_does_not_keep_ramadan() -> None:
    assert not [name for name in columns("FR", "2025-01-01", 365) if "Ramadan" in name]


def test_easter_is_the_countrys_own() -> None:
    assert columns("DE", "2026-03-01", 60)["week before Easter"][-1] == "04-04"  # Easter Sunday 5 April 2026
    assert columns("GR", "2026-03-01", 60)["week before Easter"][-1] == "04-11"  # Orthodox: 12 April 2026
    both = [columns(country, "2025-03-01", 90)["week before Easter"][-1] for country in ("DE", "GR")]
    assert both == ["04-19", "04-19"]  # one date in 2025: 20 April


def test_lunar_new_year_is_kept_in_vietnam_and_not_in_japan() -> None:
    assert columns("VN", "2024-01-01", 90)["week of Lunar New Year"][0] == "02-10"
    assert "week of Lunar New Year" not in columns("JP", "2024-01-01", 90)


def test_cyber_monday_may_fall_in_december() -> None:
    found = columns("BR", "2025-11-01", 60)
    assert (found["Black Friday"], found["Cyber Monday"]) == (["11-28"], ["12-01"])
