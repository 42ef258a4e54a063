"""Public holidays of countries and their subdivisions, by name, from the `holidays` package.

Dates that hang on a sighting of the moon are estimates until they have come, there as everywhere:
they may lie a day off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import holidays
import numpy as np
import pandas as pd

SOFT = ("optional", "school", "bank", "government", "half_day")  # not public: people may be at work
SATURDAY_SUNDAY = frozenset({5, 6})


def named_holidays(countries: Sequence[str], days: pd.DatetimeIndex) -> pd.DataFrame:
    """Holidays of each country ("CA-ON" with its subdivision) from a year before to a year after `days`.

    One row per day, name and country: day, name, country, soft (not a public holiday). A country that
    `holidays` does not know has none.
    """
    years = (days[0].year - 1, days[-1].year + 1)
    rows = [row for code in dict.fromkeys(countries) for row in _of_country(code, years)]
    frame = pd.DataFrame(rows, columns=["day", "name", "country", "soft"])
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[us]")
    return frame


def holiday_share(named: pd.DataFrame, days: pd.DatetimeIndex, *, countries: Sequence[str]) -> np.ndarray:
    """The share of the countries that is on public holiday (days,)."""
    public = named.loc[~named["soft"].astype(bool)].groupby("day")["country"].nunique()
    share: np.ndarray = public.reindex(days).fillna(0).to_numpy(float) / max(len(set(countries)), 1)
    return share


def bridge_share(named: pd.DataFrame, days: pd.DatetimeIndex, *, countries: Sequence[str]) -> np.ndarray:
    """The share of the countries for which a day is a single working day between days off (days,).

    One of the days off is a public holiday, the other a holiday or the country's weekend.
    """
    longer = pd.date_range(days[0] - pd.Timedelta(days=1), days[-1] + pd.Timedelta(days=1)).as_unit("us")
    share = np.zeros(len(days))
    for code in dict.fromkeys(countries):
        mine = named["day"][(named["country"] == code) & ~named["soft"].astype(bool)]
        holiday = np.asarray(longer.isin(mine))
        off = holiday | np.isin(longer.day_of_week, list(weekend_of(code)))
        bridges = ~off[1:-1] & off[:-2] & off[2:] & (holiday[:-2] | holiday[2:])
        share += bridges / len(set(countries))
    return share


@lru_cache(maxsize=256)
def weekend_of(code: str) -> frozenset[int]:
    """Weekdays without work in a country (0 = Monday); Saturday and Sunday where it is not known."""
    try:
        return frozenset(holidays.country_holidays(code.partition("-")[0]).weekend)
    except NotImplementedError:
        return SATURDAY_SUNDAY


@lru_cache(maxsize=256)
def keeps(code: str, feast: tuple[date, ...], *, within: int) -> bool:
    """Whether a country has a day off on, or up to `within` days around, every one of these dates."""
    years = (min(feast).year, max(feast).year)
    off = {pd.Timestamp(day) for day, *_ in _of_country(code, years)}
    near = range(-within, within + 1)
    return all(any(pd.Timestamp(day) + pd.Timedelta(days=k) in off for k in near) for day in feast)


@lru_cache(maxsize=1024)
def _of_country(code: str, years: tuple[int, int]) -> tuple[tuple[date, str, str, bool], ...]:
    span = range(years[0], years[1] + 1)
    public = _calendar(code, span, categories=("public",))
    soft = {day: name for day, name in _calendar(code, span, categories=SOFT).items() if day not in public}
    return (
        *((day, name, code, False) for day, name in public.items()),
        *((day, name, code, True) for day, name in soft.items()),
    )


def _calendar(code: str, years: range, *, categories: tuple[str, ...]) -> dict[date, str]:
    """Day -> plain English name; empty where the country or the categories are unknown to `holidays`."""
    country, _, subdivision = code.partition("-")
    try:
        known = holidays.country_holidays(country)
        language = "en_US" if "en_US" in known.supported_languages else known.default_language
        wanted = tuple(c for c in categories if c in known.supported_categories)
        if not wanted:
            return {}
        found = holidays.country_holidays(
            country, subdiv=subdivision or None, years=years, language=language, categories=wanted
        )
    except NotImplementedError:
        return {}
    return {day: _plain(name) for day, name in found.items()}


def without_country(name: str) -> str:
    """A day's name without the countries it holds in.

    >>> without_country("day after Christmas Day (DE/PL)")
    'day after Christmas Day'
    """
    return re.sub(r" \([A-Z0-9/-]+\)$", "", name)


def _plain(name: str) -> str:
    """A holiday's first name without (observed), (estimated) and the like."""
    return re.sub(r"\s*\(.*?\)", "", name.split(";")[0]).strip()
