"""Days unlike the others: public holidays of the customers' countries, the days beside them, feasts, events.

Each special day is a column of 0s and 1s with a prior: how far, in log volume, such a day may lie
from an ordinary one before the history has spoken. Named holidays and events learn from their own
past days; the general columns carry what a named one has not yet shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecasting.event_columns import event_columns
from forecasting.feasts import feast_columns
from forecasting.public_holidays import bridge_share, holiday_share, named_holidays
from forecasting.special_column import Column, Kind
from planner.domain.centre import Event

HOLIDAY_SD, NAMED_SD, SOFT_SD, SITE_SD = 1.0, 0.5, 0.3, 0.3
MOST = 0.5  # of the customers' countries
BESIDE_SD, BESIDE_NAMED_SD, BRIDGE_SD = 0.3, 0.15, 0.15


@dataclass(frozen=True)
class SpecialDays:
    """Special days of one series, in step with its days.

    `values` (days x columns) lie in 0..1; `prior_sd` and `expected` (columns,) are the spread and the
    centre, in log volume, of what each column may do; `kinds` is what it comes from. `holiday` is the
    share of the customers' countries on public holiday, `at_site` whether the site is on one, `beside`
    marks days next to a holiday or closure.
    """

    names: tuple[str, ...]
    kinds: tuple[Kind, ...]
    values: np.ndarray
    prior_sd: np.ndarray
    expected: np.ndarray
    holiday: np.ndarray
    at_site: np.ndarray
    beside: np.ndarray

    @property
    def named(self) -> Iterator[np.ndarray]:
        """The days (bool) of each holiday of one name that are public holidays for most customers."""
        for column in np.flatnonzero(np.array(self.kinds) == "holiday"):
            here = (self.values[:, column] > 0) & (self.holiday >= MOST)
            if here.any():
                yield here

    def part(self, first: int, last: int) -> SpecialDays:
        """The days from `first` up to, not including, `last`."""
        here = slice(first, last)
        return replace(
            self,
            values=self.values[here],
            holiday=self.holiday[here],
            at_site=self.at_site[here],
            beside=self.beside[here],
        )


def special_days(
    days: pd.DatetimeIndex,
    *,
    countries: Sequence[str],
    events: Iterable[Event],
    closed: np.ndarray,
    site: str | None = None,
) -> SpecialDays:
    """The special days among `days` (consecutive local days).

    `countries` (the customers') and `site` are ISO 3166 codes, with a subdivision where it matters:
    "CA-ON". `closed` (bool, as `days`) are the days without opening; weekdays that are never open are
    stepped over when looking for the day before or after.
    """
    named = named_holidays(countries, days)
    steps = _Steps.of(days, closed)
    holiday = holiday_share(named, days, countries=countries)
    at_site = _at_site(site, days) if site is not None else holiday > 0
    odd = (holiday > 0) | (closed & ~steps.never_open)
    before, after = steps.before(odd) & (holiday == 0), steps.after(odd) & (holiday == 0)
    bridge = bridge_share(named, days, countries=countries) * (holiday == 0)
    columns = [
        Column("a public holiday", holiday, HOLIDAY_SD, "holiday"),
        Column("a public holiday at the site", at_site & (holiday == 0), SITE_SD, "holiday"),
        Column("day before a holiday", before, BESIDE_SD, "beside"),
        Column("day after a holiday", after, BESIDE_SD, "beside"),
        Column("bridge day", bridge, BRIDGE_SD, "beside"),
        Column("24 December to 2 January", _turn_of_year(days), BESIDE_SD, "season"),
        *_named_columns(named, days, steps=steps, holiday=holiday, closed=closed),
        *feast_columns(countries, days),
        *event_columns(events, days),
    ]
    kept = [column for column in columns if column.here.any()]
    values = np.array([column.here for column in kept], float).reshape(len(kept), len(days)).T
    return SpecialDays(
        tuple(column.name for column in kept),
        tuple(column.kind for column in kept),
        np.ascontiguousarray(values),
        np.array([column.prior_sd for column in kept]),
        np.array([column.expected for column in kept]),
        holiday,
        at_site,
        before | after,
    )


def _at_site(site: str, days: pd.DatetimeIndex) -> np.ndarray:
    return holiday_share(named_holidays([site], days), days, countries=[site]) > 0


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
    for (name, soft, where), on in _shared(named).groupby(["name", "soft", "countries"])["day"]:
        label, here = f"{name} ({where})", _among(days, on)
        yield Column(label, here, SOFT_SD if soft else NAMED_SD, "holiday")
        if not soft and (here & ~closed).any():
            for side, beside in (("before", steps.before(here)), ("after", steps.after(here))):
                yield Column(f"day {side} {label}", beside & (holiday == 0), BESIDE_NAMED_SD, "beside")


def _shared(named: pd.DataFrame) -> pd.DataFrame:
    """One row per day, name and softness, with the countries that share it: "CA/US"."""
    key = ["day", "name", "soft"]
    rows = named.sort_values("country").rename(columns={"country": "countries"})
    several = rows.duplicated(key, keep=False)  # few, and joining is slow
    if not several.any():
        return rows
    joined = rows[several].groupby(key, as_index=False)["countries"].agg("/".join)
    return pd.concat([rows[~several], joined], ignore_index=True)


def _among(days: pd.DatetimeIndex, on: pd.Series) -> np.ndarray:
    """Which of the consecutive `days` are in `on`."""
    at = (on.to_numpy() - days[0].to_numpy()) // np.timedelta64(1, "D")
    here = np.zeros(len(days), bool)
    here[at[(at >= 0) & (at < len(days))]] = True
    return here


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
