"""The shape of the day follows the month and the season where they matter, and nothing where they do not."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecasting.day_shape import Seen, marks, shifted
from forecasting.past import Calendar
from forecasting.special_days import special_days

DAYS, AHEAD, SLOTS = 420, 31, 16
FLAT = np.full(SLOTS, 1 / SLOTS)
EARLY = np.linspace(1, -1, SLOTS)  # more in the morning


def calendar() -> Calendar:
    days = pd.date_range("2024-01-01", periods=DAYS + AHEAD, freq="D").as_unit("us")
    nothing = special_days(days, countries=(), events=(), closed=np.zeros(len(days), bool))
    return Calendar(days, np.ones(len(days), bool), nothing)


def after(true: np.ndarray, *, seed: int, size: float = 2000.0) -> np.ndarray:
    """Shares forecast for the days ahead when past days were drawn from `true` (days x slots)."""
    drawn = np.random.default_rng(seed).poisson(size * true[:DAYS]).astype(float)
    seen = Seen(np.arange(DAYS), drawn, np.tile(FLAT, (DAYS, 1)))
    columns = marks(calendar()).known_since(DAYS)
    return shifted(np.tile(FLAT, (AHEAD, 1)), seen, columns, is_open=np.ones(DAYS + AHEAD, bool))


def missed(shares: np.ndarray, true: np.ndarray) -> float:
    return float(np.abs(shares - true[DAYS:]).sum() / AHEAD)


def test_mornings_at_the_start_of_the_month_are_seen_coming() -> None:
    starts = (calendar().day_of_month <= 6)[:, None]
    true = FLAT * (1 + 0.3 * EARLY * starts)
    assert missed(after(true, seed=1), true) < 0.4 * missed(np.tile(FLAT, (AHEAD, 1)), true)


def test_evenings_of_summer_are_seen_coming() -> None:
    summer = -np.cos(2 * np.pi * calendar().day_of_year / 365.25)[:, None]
    true = FLAT * (1 - 0.2 * EARLY * summer)
    assert missed(after(true, seed=2), true) < 0.3 * missed(np.tile(FLAT, (AHEAD, 1)), true)


def test_a_new_shape_of_the_last_weeks_is_carried_on() -> None:
    lately = (np.arange(DAYS + AHEAD) >= DAYS - 40)[:, None]
    true = FLAT * (1 + 0.3 * EARLY * lately)
    assert missed(after(true, seed=3), true) < 0.8 * missed(np.tile(FLAT, (AHEAD, 1)), true)


def test_chance_alone_hardly_moves_a_shape() -> None:
    true = np.tile(FLAT, (DAYS + AHEAD, 1))
    assert missed(after(true, seed=4), true) < 0.01


def test_every_day_stays_one_day_and_no_slot_goes_below_zero() -> None:
    true = FLAT * (1 + 0.9 * EARLY * (calendar().day_of_month <= 6)[:, None])
    shares = after(true, seed=5, size=100.0)
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    assert shares.min() > 0


def test_few_days_change_nothing() -> None:
    seen = Seen(np.arange(20), np.ones((20, SLOTS)), np.tile(FLAT, (20, 1)))
    columns = marks(calendar()).known_since(20)[:51]
    ahead = np.tile(FLAT, (31, 1))
    np.testing.assert_array_equal(shifted(ahead, seen, columns, is_open=np.ones(51, bool)), ahead)
