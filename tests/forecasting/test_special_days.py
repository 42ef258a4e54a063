"""Special days lie where the calendar says, neighbours skip days that are never open."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from forecasting.special_days import SpecialDays, special_days
from planner.domain.centre import Event


def special(
    first: str,
    days: int,
    *,
    countries: tuple[str, ...] = (),
    events: tuple[Event, ...] = (),
    weekend: bool = False,
    site: str | None = None,
) -> tuple[SpecialDays, pd.DatetimeIndex]:
    axis = pd.date_range(first, periods=days, freq="D").as_unit("us")
    closed = np.asarray(axis.day_of_week >= 5) if weekend else np.zeros(days, bool)
    return special_days(axis, countries=countries, events=events, closed=closed, site=site), axis


def on(found: SpecialDays, axis: pd.DatetimeIndex, name: str) -> list[str]:
    return list(axis[found.values[:, found.names.index(name)] > 0].strftime("%m-%d"))


def test_easter_monday_2026_is_the_sixth_of_april() -> None:
    found, axis = special("2026-03-20", 40, countries=("DE",))
    assert on(found, axis, "Easter Monday (DE)") == ["04-06"]
    assert on(found, axis, "day after Easter Monday (DE)") == ["04-07"]


def test_a_holiday_of_one_country_counts_its_share_of_the_customers() -> None:
    found, axis = special("2026-07-01", 31, countries=("FR", "BE"))
    share = dict(zip(axis.strftime("%m-%d"), found.holiday))
    assert share["07-14"] == 0.5  # Bastille Day in France only
    assert share["07-21"] == 0.5  # Belgian National Day
    assert sum(found.holiday) == 1.0


def test_the_day_before_a_monday_holiday_is_friday_where_weekends_are_closed() -> None:
    found, axis = special("2026-08-01", 40, countries=("US",), weekend=True)
    assert on(found, axis, "day before a holiday")[-1] == "09-04"  # Labor Day is Monday 7 September 2026
    open_weekends, axis = special("2026-08-01", 40, countries=("US",))
    assert on(open_weekends, axis, "day before a holiday") == ["09-06"]


def test_a_subdivision_has_holidays_of_its_own() -> None:
    ontario, axis = special("2023-02-01", 28, countries=("CA-ON",))
    canada, _ = special("2023-02-01", 28, countries=("CA",))
    assert list(axis[ontario.holiday > 0].strftime("%m-%d")) == ["02-20"]  # Family Day
    assert canada.holiday.sum() == 0


def test_an_unknown_country_has_no_holidays() -> None:
    found, _ = special("2026-01-01", 365, countries=("XX",))
    assert found.holiday.sum() == 0


def test_an_event_has_windows_before_and_after_and_its_name_loses_the_year() -> None:
    sale = Event("Spring sale 2026", "sale", date(2026, 3, 26), date(2026, 3, 30))
    found, axis = special("2026-03-01", 60, events=(sale,))
    assert on(found, axis, "sale: during") == ["03-26", "03-27", "03-28", "03-29", "03-30"]
    assert on(found, axis, "Spring sale: during") == on(found, axis, "sale: during")
    assert on(found, axis, "sale: before")[0] == "03-19"
    assert on(found, axis, "sale: before")[-1] == "03-25"
    assert on(found, axis, "sale: after") == ["03-31", "04-01", "04-02"]


def test_movable_feasts_move() -> None:
    found, axis = special("2025-01-01", 730, countries=("SA",))
    days = on(found, axis, "Eid al-Fitr Holiday (SA)")
    assert any(day.startswith("03-3") for day in days)  # 30 March 2025
    assert any(day.startswith("03-2") for day in days)  # 20 March 2026


def test_a_friday_after_a_thursday_holiday_is_a_bridge() -> None:
    found, axis = special("2026-05-01", 31, countries=("DE",))
    assert on(found, axis, "bridge day") == ["05-15"]  # Ascension Day is Thursday 14 May 2026


def test_the_weekend_is_the_countrys_own() -> None:
    found, _ = special("2025-09-01", 40, countries=("SA",))
    # National Day is Tuesday 23 September 2025, Friday and Saturday the weekend: nothing is bridged
    assert "bridge day" not in found.names


def test_holidays_of_the_site_are_told_from_those_of_its_customers() -> None:
    found, axis = special("2025-07-01", 40, countries=("FR",), site="MA")
    assert list(axis[found.holiday > 0].strftime("%m-%d")) == ["07-14"]  # Bastille Day
    assert list(axis[found.at_site].strftime("%m-%d")) == ["07-30"]  # Throne Day
    assert on(found, axis, "a public holiday at the site") == ["07-30"]
