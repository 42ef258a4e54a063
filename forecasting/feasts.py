"""Days that no list of public holidays has: Black Friday, Ramadan, the weeks of Easter and Lunar New Year.

Black Friday and Cyber Monday are kept everywhere: a country that buys nothing on them learns an effect of
nothing. (The week around them was tried as well and cost accuracy on all three series tried; a retailer
writes its campaign into the events.) Other feasts count where the country has a day off for them.
Ramadan follows tables of the moon: its first day may come a day earlier or later than they say, and in
some countries does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter  # type: ignore[import-untyped]
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.islamic import _IslamicLunar

from forecasting.public_holidays import keeps
from forecasting.special_column import Column

SEASON_SD, PART_SD, SHOPPING_SD = 0.3, 0.15, 0.3
JUDGED_BY = range(2014, 2025)  # years in which a country must have kept a feast to be said to keep it


@dataclass(frozen=True)
class Window:
    """Days of a feast, counted from its date, as one column."""

    name: str
    first: int
    last: int
    prior_sd: float


SHOPPING = (
    Window("Black Friday", 0, 0, SHOPPING_SD),
    Window("Cyber Monday", 3, 3, SHOPPING_SD),
)
EASTER = (
    Window("week before Easter", -7, -1, PART_SD),
    Window("week after Easter", 1, 7, PART_SD),
)
LUNAR_NEW_YEAR = (
    Window("week before Lunar New Year", -7, -1, SEASON_SD),
    Window("week of Lunar New Year", 0, 6, SEASON_SD),
)
SINGLES_DAY = (Window("Singles' Day", 0, 0, SHOPPING_SD),)
RAMADAN = (
    Window("Ramadan", 0, 29, SEASON_SD),
    Window("Ramadan: first ten days", 0, 9, PART_SD),
    Window("Ramadan: last ten days", 20, 29, PART_SD),
)


def feast_columns(countries: Sequence[str], days: pd.DatetimeIndex) -> Iterator[Column]:
    """A column per window of each feast kept in one of the countries; 1 on its days."""
    years = range(days[0].year - 1, days[-1].year + 2)
    yield from _windows(SHOPPING, [black_friday(year) for year in years], days)
    for rule in (EASTER_WESTERN, EASTER_ORTHODOX):
        if _kept(countries, [easter(year, rule) for year in JUDGED_BY], within=2):
            yield from _windows(EASTER, [easter(year, rule) for year in years], days)
    if _kept(countries, [lunar_new_year(year) for year in JUDGED_BY], within=1):
        yield from _windows(LUNAR_NEW_YEAR, [lunar_new_year(year) for year in years], days)
        yield from _windows(SINGLES_DAY, [date(year, 11, 11) for year in years], days)
    if _kept(countries, [day for year in JUDGED_BY for day in ends_of_ramadan(year)], within=2):
        yield from _ramadan([day for year in years for day in ramadans(year)], days)


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November.

    >>> black_friday(2026)
    datetime.date(2026, 11, 27)
    """
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


def lunar_new_year(year: int) -> date:
    """The first day of the Chinese year that begins in `year`; tables end with 2100."""
    day, _ = _ChineseLunisolar().lunar_new_year_date(year)
    if day is None:
        raise ValueError(f"the tables know no Chinese year that begins in {year}")
    return day


def ramadans(year: int) -> list[date]:
    """First days of Ramadan in a year: one, or two about every 33 years."""
    return [day for day, _ in _IslamicLunar().ramadan_beginning_dates(year) if day.year == year]


def ends_of_ramadan(year: int) -> list[date]:
    """Days of Eid al-Fitr in a year: the first after Ramadan."""
    return [day for day, _ in _IslamicLunar().eid_al_fitr_dates(year) if day.year == year]


def _kept(countries: Sequence[str], feast: Sequence[date], *, within: int) -> bool:
    return any(keeps(code, tuple(feast), within=within) for code in countries)


def _ramadan(starts: Sequence[date], days: pd.DatetimeIndex) -> Iterator[Column]:
    """Ramadan lasts 29 or 30 days: it ends before Eid al-Fitr."""
    years = range(min(starts).year, max(starts).year + 2)
    over = np.asarray(days.isin(pd.DatetimeIndex([day for year in years for day in ends_of_ramadan(year)])))
    for column in _windows(RAMADAN, starts, days):
        yield replace(column, here=column.here & ~over)


def _windows(windows: Sequence[Window], feast: Sequence[date], days: pd.DatetimeIndex) -> Iterator[Column]:
    for window in windows:
        here = np.zeros(len(days), bool)
        for day in feast:
            at = (pd.Timestamp(day) - days[0]).days
            here[max(at + window.first, 0) : max(at + window.last + 1, 0)] = True
        yield Column(window.name, here, window.prior_sd, "season")
