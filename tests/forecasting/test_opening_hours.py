"""Opening hours are told from the data, and few contacts are not taken for closed doors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from forecasting.opening_hours import Observed, closed_then, open_slots, with_zeros, zeros_left_out

HOURS = 24


def drawn(mean: np.ndarray, *, weeks: int, seed: int = 1) -> Observed:
    """Poisson counts of whole weeks from a mean by weekday and hour (7 x 24)."""
    days = pd.date_range("2026-01-05", periods=7 * weeks, freq="D")
    rng = np.random.default_rng(seed)
    return Observed(days, rng.poisson(mean[days.day_of_week]).astype(float))


def office(mean: float) -> np.ndarray:
    """Monday to Friday 8 to 18."""
    rate = np.zeros((7, HOURS))
    rate[:5, 8:18] = mean
    return rate


def day_and_night(mean: float) -> np.ndarray:
    rate = mean * (1 + 0.95 * np.sin((np.arange(HOURS) - 9) / HOURS * 2 * np.pi))
    return np.tile(rate, (7, 1))


def without(observed: Observed, where: np.ndarray) -> Observed:
    return Observed(observed.days, np.where(where, np.nan, observed.contacts))


@pytest.mark.parametrize("weeks", [1, 2, 8, 60])
@pytest.mark.parametrize("written", ["zeros", "no rows"])
def test_office_hours_are_found_however_closed_hours_are_written(weeks: int, written: str) -> None:
    observed = drawn(office(30), weeks=weeks)
    if written == "no rows":
        observed = without(observed, office(30)[observed.weekday] == 0)
    assert (open_slots(observed) == (office(30) > 0)).all()


@pytest.mark.parametrize("mean", [0.05, 0.3, 1.0, 5.0])
@pytest.mark.parametrize("weeks", [2, 8, 52])
def test_quiet_queues_around_the_clock_stay_open(mean: float, weeks: int) -> None:
    assert open_slots(drawn(day_and_night(mean), weeks=weeks)).all()


@pytest.mark.parametrize("closed_days", [0, 1])
def test_nights_that_bring_nothing_are_closed_though_the_evening_is_quiet(closed_days: int) -> None:
    hour = np.arange(HOURS)
    rate = np.where((hour >= 7) & (hour < 20), 3 * np.exp(-(((hour - 13) / 3) ** 2) / 2), 0)
    observed = drawn(np.tile(rate, (7, 1)), weeks=60)
    rows = without(observed, (observed.weekday < closed_days)[:, None])
    assert (open_slots(rows) == (rate > 0) & (np.arange(7)[:, None] >= closed_days)).all()


@pytest.mark.parametrize("mean", [0.2, 1.0, 3.0])
def test_zeros_left_out_are_told_from_small_counts(mean: float) -> None:
    observed = drawn(day_and_night(mean), weeks=12)
    rows = without(observed, observed.contacts == 0)
    assert zeros_left_out(rows)
    assert not zeros_left_out(observed)
    filled = with_zeros(rows)
    assert (filled.contacts == observed.contacts)[filled.lifetime].all()


def test_gaps_in_a_busy_history_are_unknown_not_zero() -> None:
    observed = drawn(office(30), weeks=12)
    rng = np.random.default_rng(2)
    closed = office(30)[observed.weekday] == 0
    holes = without(observed, closed | (rng.random(observed.contacts.shape) < 0.25))
    assert not zeros_left_out(holes)
    assert (open_slots(holes) == (office(30) > 0)).all()


def test_hours_that_changed_four_weeks_ago_are_the_hours_now() -> None:
    longer = office(30)
    longer[5, 8:12] = 20
    longer[:5, 18:20] = 20
    before, after = drawn(office(30), weeks=30), drawn(longer, weeks=4, seed=2)
    days = pd.date_range("2026-01-05", periods=7 * 34, freq="D")
    both = Observed(days, np.concatenate([before.contacts, after.contacts]))
    back = Observed(
        days, np.concatenate([drawn(longer, weeks=30).contacts, drawn(office(30), weeks=4).contacts])
    )
    assert (open_slots(both) == (longer > 0)).all()
    assert (open_slots(back) == (office(30) > 0)).all()


def test_two_closed_weeks_at_the_turn_of_the_year_close_no_weekday() -> None:
    observed = drawn(office(30), weeks=20)
    observed.contacts[-14:] = 0
    assert (open_slots(observed) == (office(30) > 0)).all()


def test_hours_without_rows_before_they_opened_were_closed_then() -> None:
    longer = office(30)
    longer[:5, 18:20] = 20
    observed = drawn(longer, weeks=20)
    early = np.arange(140)[:, None] < 100
    rows = without(observed, (longer[observed.weekday] == 0) | (early & (np.arange(HOURS) >= 18)))
    filled = closed_then(rows, open_slots(rows)).contacts
    weekdays = observed.weekday[:100] < 5
    assert (filled[:100, 18:20][weekdays] == 0).all()
    assert (filled[100:] == observed.contacts[100:])[longer[observed.weekday[100:]] > 0].all()


@pytest.mark.parametrize("share", [0.15, 0.4, 0.7])
def test_days_that_bring_contacts_in_bursts_close_no_weekday(share: float) -> None:
    rng = np.random.default_rng(4)
    days = pd.date_range("2024-01-01", periods=365, freq="D")
    contacts = np.where(rng.random((365, 1)) < share, rng.poisson(80, (365, 1)), 0).astype(float)
    assert open_slots(Observed(days, contacts)).all()
