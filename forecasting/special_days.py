"""Days unlike the others: public holidays of the customers' countries, the days beside them, events.

Each special day is a column of 0s and 1s with a prior: how far, in log volume, such a day may lie
from an ordinary one before the history has spoken. Named holidays and events learn from their own
past days; the general columns carry what a named one has not yet shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import holidays
import numpy as np
import pandas as pd

from planner.domain.centre import Event

HOLIDAY_SD, NAMED_SD, SOFT_SD, EVENT_SD = 1.0, 0.5, 0.3, 0.5
BESIDE_SD, BESIDE_NAMED_SD = 0.3, 0.15
SOFT = ("optional", "school", "bank", "government", "half_day")
AROUND = (("before", -7, -1), ("after", 1, 3), ("later", 4, 10), ("much later", 11, 28))
Column = tuple[str, np.ndarray, float]  # name, value of each day, prior standard deviation


@dataclass(frozen=True)
class SpecialDays:
    """Special days of one series, in step with its days.

    `values` (days x columns) lie in 0..1, `prior_sd` (columns) is in log volume; `holiday` is the
    share of the customers' countries on public holiday, `beside` marks days next to a holiday or closure.
    """

    names: tuple[str, ...]
    values: np.ndarray
    prior_sd: np.ndarray
    holiday: np.ndarray
    beside: np.ndarray

    def part(self, first: int, last: int) -> SpecialDays:
        """The days from `first` up to, not including, `last`."""
        here = slice(first, last)
        return SpecialDays(
            self.names, self.values[here], self.prior_sd, self.holiday[here], self.beside[here]
        )


def special_days(
    days: pd.DatetimeIndex, *, countries: Sequence[str], events: Iterable[Event], closed: np.ndarray
) -> SpecialDays:
    """The special days among `days` (consecutive local days).

    `countries` are ISO 3166 codes, with a subdivision where it matters: "CA-ON". `closed` (bool, as
    `days`) are the days without opening; weekdays that are never open are stepped over when looking
    for the day before or after.
    """
    named = pd.concat(
        [_of_country(code, days) for code in dict.fromkeys(countries)] or [_nothing()], ignore_index=True
    )
    steps = _Steps.of(days, closed)
    holiday = _holiday_share(named, days, countries)
    odd = (holiday > 0) | (closed & ~steps.never_open)
    before, after = steps.before(odd) & (holiday == 0), steps.after(odd) & (holiday == 0)
    columns = [
        ("a public holiday", holiday, HOLIDAY_SD),
        ("day before a holiday", before, BESIDE_SD),
        ("day after a holiday", after, BESIDE_SD),
        ("24 December to 2 January", _turn_of_year(days), BESIDE_SD),
        *_named_columns(named, days, steps=steps, holiday=holiday, closed=closed),
        *_event_columns(events, days),
    ]
    kept = [column for column in columns if column[1].any()]
    values = np.array([column[1] for column in kept], float).reshape(len(kept), len(days)).T
    return SpecialDays(
        tuple(column[0] for column in kept),
        np.ascontiguousarray(values),
        np.array([column[2] for column in kept]),
        holiday,
        before | after,
    )


def _of_country(code: str, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Named holidays of one country: day, name, country, soft (not a public holiday); one row per day."""
    years = range(days[0].year - 1, days[-1].year + 2)
    public = _calendar(code, years, categories=("public",))
    soft = {day: name for day, name in _calendar(code, years, categories=SOFT).items() if day not in public}
    rows = [(day, name, code, False) for day, name in public.items()]
    rows += [(day, name, code, True) for day, name in soft.items()]
    frame = pd.DataFrame(rows, columns=["day", "name", "country", "soft"])
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[us]")
    return frame


def _nothing() -> pd.DataFrame:
    return pd.DataFrame({"day": pd.DatetimeIndex([]).as_unit("us"), "name": [], "country": [], "soft": []})


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


def _plain(name: str) -> str:
    """A holiday's first name without (observed), (estimated) and the like."""
    return re.sub(r"\s*\(.*?\)", "", name.split(";")[0]).strip()


def _holiday_share(named: pd.DataFrame, days: pd.DatetimeIndex, countries: Sequence[str]) -> np.ndarray:
    public = named.loc[~named["soft"].astype(bool)].groupby("day")["country"].nunique()
    share: np.ndarray = public.reindex(days).fillna(0).to_numpy(float) / max(len(set(countries)), 1)
    return share


def _turn_of_year(days: pd.DatetimeIndex) -> np.ndarray:
    month, day = days.month.to_numpy(), days.day.to_numpy()
    turn: np.ndarray = ((month == 12) & (day >= 24)) | ((month == 1) & (day <= 2))
    return turn


def _named_columns(
    named: pd.DataFrame, days: pd.DatetimeIndex, *, steps: _Steps, holiday: np.ndarray, closed: np.ndarray
) -> Iterator[Column]:
    """A column per name and set of countries that share it on a day, and for its neighbours.

    Neighbours of a holiday on which the queue is closed have no column of their own: what they show is
    the closure, and the general columns learn that better from all closures together.
    """
    shared = (
        named.sort_values("country")
        .groupby(["day", "name", "soft"], as_index=False)
        .agg(countries=("country", "/".join))
    )
    for (name, soft, where), rows in shared.groupby(["name", "soft", "countries"]):
        label, here = f"{name} ({where})", np.asarray(days.isin(rows["day"]))
        yield label, here, SOFT_SD if soft else NAMED_SD
        if not soft and (here & ~closed).any():
            yield f"day before {label}", steps.before(here) & (holiday == 0), BESIDE_NAMED_SD
            yield f"day after {label}", steps.after(here) & (holiday == 0), BESIDE_NAMED_SD


def _event_columns(events: Iterable[Event], days: pd.DatetimeIndex) -> Iterator[Column]:
    """Columns per kind of event: during, and windows before and after; and per name without its year."""
    found: dict[str, np.ndarray] = {}
    for event in events:
        since = (days - pd.Timestamp(event.first_day)).days.to_numpy()
        past = (days - pd.Timestamp(event.last_day)).days.to_numpy()
        during = (since >= 0) & (past <= 0)
        for label in (f"{event.kind}: during", f"{_yearless(event.name)}: during"):
            found[label] = found.get(label, False) | during
        for window, begin, end in AROUND:
            age = since if end < 0 else past
            label = f"{event.kind}: {window}"
            found[label] = found.get(label, False) | ((age >= begin) & (age <= end))
    for label, here in found.items():
        yield label, here, EVENT_SD


def _yearless(name: str) -> str:
    return re.sub(r"\s*\b(19|20)\d\d\b", "", name).strip()


@dataclass(frozen=True)
class _Steps:
    """The working day before and after each day; weekdays that are never open are stepped over."""

    never_open: np.ndarray
    next_day: np.ndarray
    last_day: np.ndarray

    @staticmethod
    def of(days: pd.DatetimeIndex, closed: np.ndarray) -> _Steps:
        weekday = days.day_of_week.to_numpy()
        ever = np.array([bool((~closed[weekday == d]).any()) for d in range(7)])
        work = np.flatnonzero(ever[weekday])
        here = np.arange(len(days))
        following = np.append(work, -1)[np.searchsorted(work, here, side="right")]
        preceding = np.append(-1, work)[np.searchsorted(work, here, side="left")]
        return _Steps(~ever[weekday], following, preceding)

    def before(self, odd: np.ndarray) -> np.ndarray:
        """Working days whose next working day is odd."""
        return (self.next_day >= 0) & odd[self.next_day] & ~self.never_open

    def after(self, odd: np.ndarray) -> np.ndarray:
        """Working days whose last working day was odd."""
        return (self.last_day >= 0) & odd[self.last_day] & ~self.never_open
