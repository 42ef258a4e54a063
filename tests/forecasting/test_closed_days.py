"""Closed days are told from days without contacts; holidays are judged by their name."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from forecasting.closed_days import closed_days
from forecasting.opening_hours import Observed

EASTER = {
    date(2024, 4, 1): "Easter Monday",
    date(2025, 4, 21): "Easter Monday",
    date(2026, 4, 6): "Easter Monday",
}
MAY = {date(2024, 5, 1): "Labour Day", date(2025, 5, 1): "Labour Day", date(2026, 5, 1): "Labour Day"}
ALWAYS = np.ones((7, 1), bool)


def days_until(last: str, *, closed: tuple[str, ...] = ()) -> Observed:
    days = pd.date_range("2023-12-28", last, freq="D")
    contacts = np.full((len(days), 1), 50.0)
    contacts[np.isin(days.strftime("%Y-%m-%d"), closed)] = 0
    return Observed(days, contacts)


def test_a_holiday_closed_each_time_is_closed_again_and_others_are_not() -> None:
    observed = days_until("2026-03-31", closed=("2024-05-01", "2025-05-01"))
    found = closed_days(observed, ALWAYS, holidays=EASTER | MAY, last=date(2026, 6, 30))
    assert found == {"2024-05-01", "2025-05-01", "2026-05-01"}


def test_one_never_seen_follows_all_the_others() -> None:
    observed = days_until("2024-04-15", closed=("2024-01-01", "2024-04-01"))
    found = closed_days(observed, ALWAYS, holidays=EASTER | MAY, last=date(2024, 5, 31))
    assert found == {"2024-01-01", "2024-04-01", "2024-05-01"}
    working = {date(2024, 5, 1): "Columbus Day"}
    assert "2024-05-01" not in closed_days(observed, ALWAYS, holidays=working, last=date(2024, 5, 31))


def test_christmas_is_known_without_a_country_but_not_an_outage_of_a_year_ago() -> None:
    observed = days_until("2025-12-01", closed=("2024-12-25", "2024-12-10"))
    found = closed_days(observed, ALWAYS, holidays={}, last=date(2025, 12, 31))
    assert found == {"2024-12-25", "2024-12-10", "2025-12-25"}


def test_the_first_days_of_a_queue_that_has_grown_a_hundredfold_were_open() -> None:
    days = pd.date_range("2025-01-01", "2025-12-31", freq="D")
    contacts = np.rint(5 * 200 ** np.linspace(0, 1, len(days)))[:, None]
    contacts[0] = 1
    assert closed_days(Observed(days, contacts), ALWAYS, holidays={}, last=date(2026, 1, 28)) == frozenset()
    contacts[100] = 0
    found = closed_days(Observed(days, contacts), ALWAYS, holidays={}, last=date(2026, 1, 28))
    assert found == {"2025-04-11"}


def test_missing_days_are_closed_only_where_closed_days_have_no_rows() -> None:
    whole = days_until("2024-03-31")
    whole.contacts[whole.days == pd.Timestamp("2024-03-12")] = np.nan
    assert closed_days(whole, ALWAYS, holidays={}, last=date(2024, 4, 10)) == frozenset()
    weekend = ALWAYS.copy()
    weekend[5:] = False
    whole.contacts[whole.weekday >= 5] = np.nan
    assert closed_days(whole, weekend, holidays={}, last=date(2024, 4, 10)) == {"2024-03-12"}


def test_a_zero_of_a_queue_with_few_contacts_closes_nothing() -> None:
    observed = days_until("2024-06-30")
    observed.contacts[:] = np.random.default_rng(1).poisson(1.5, observed.contacts.shape)
    assert closed_days(observed, ALWAYS, holidays=EASTER, last=date(2024, 7, 30)) == frozenset()


def test_a_gap_over_a_holiday_is_no_closed_day_but_a_holiday_always_without_rows_is() -> None:
    observed = days_until("2026-03-31")
    observed.contacts[observed.days == pd.Timestamp("2024-05-01")] = np.nan
    assert closed_days(observed, ALWAYS, holidays=EASTER | MAY, last=date(2026, 5, 31)) == frozenset()
    observed.contacts[observed.days == pd.Timestamp("2025-05-01")] = np.nan
    found = closed_days(observed, ALWAYS, holidays=EASTER | MAY, last=date(2026, 5, 31))
    assert found == {"2024-05-01", "2025-05-01", "2026-05-01"}


def test_a_day_of_which_one_quiet_hour_is_known_is_unknown() -> None:
    days = pd.date_range("2024-01-02", "2024-03-31", freq="D")
    observed = Observed(days, np.full((len(days), 24), 30.0))
    observed.contacts[40] = np.nan
    observed.contacts[40, 3] = 1
    assert closed_days(observed, np.ones((7, 24), bool), holidays={}, last=date(2024, 4, 10)) == frozenset()


def test_days_without_contacts_that_are_ordinary_are_no_closed_days() -> None:
    observed = days_until("2025-12-01")
    observed.contacts[np.random.default_rng(1).random(observed.contacts.shape) < 0.3] = 0
    assert closed_days(observed, ALWAYS, holidays=EASTER | MAY, last=date(2026, 1, 30)) == frozenset()
