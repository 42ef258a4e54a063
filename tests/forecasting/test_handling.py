"""AHT ahead: its level, weekday and hour are found, and concurrent channels keep their secret."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.handling import aht_ahead
from forecasting.history import Axis, histories
from forecasting.series import own_series
from planner.domain.centre import Queue
from tests.forecasting import planted

FIRST, CUTOFF = date(2025, 6, 2), date(2026, 6, 29)
VOICE = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))


def ahead(q: Queue, aht_s: object, *, seed: int = 1, first: date = FIRST) -> np.ndarray:
    """AHT of the 28 days after the cutoff (days x hours), history drawn with `aht_s(local clock)`."""
    rows = planted.volume(q, first, np.full((CUTOFF - first).days, 600.0), seed=seed)
    local = rows["interval_start"].dt.tz_convert("Europe/Lisbon").dt.tz_localize(None)
    if aht_s is not None:
        rng = np.random.default_rng(seed)
        answered = rows["offered"].to_numpy()
        spread = rng.gamma(np.maximum(answered, 1) / 0.72, 0.72 / np.maximum(answered, 1))  # cv .85 a contact
        rows = rows.assign(answered=answered, talk_s=answered * aht_s(local) * spread, hold_s=0.0)
    centre = planted.centre([q])
    history = histories(rows, centre, Axis.spanning(rows, CUTOFF, days=28))[q.key]
    return aht_ahead(history, own_series(history, centre).calendar)


def steady(local: pd.Series) -> np.ndarray:
    return np.full(len(local), 320.0)


def test_a_steady_handle_time_is_found() -> None:
    np.testing.assert_allclose(ahead(VOICE, steady)[:, 8:20], 320, rtol=0.04)


def test_weekdays_and_hours_have_their_own() -> None:
    def planted_aht(local: pd.Series) -> np.ndarray:
        weekend = np.where(local.dt.day_of_week >= 5, 0.85, 1.0)
        return 300 * weekend * np.where(local.dt.hour >= 17, 1.15, 1.0)

    found = ahead(VOICE, planted_aht)  # the horizon begins on a Monday
    assert found[0, 18] / found[0, 12] == pytest.approx(1.15, abs=0.04)
    assert found[5, 12] / found[0, 12] == pytest.approx(0.85, abs=0.04)


def test_a_learning_curve_is_followed_to_where_it_stands_now() -> None:
    def falling(local: pd.Series) -> np.ndarray:
        weeks = (local - local.min()).dt.days / 7
        return np.asarray(300 * (1 + 0.35 * np.exp(-weeks / 4)))

    found = ahead(VOICE, falling, first=date(2026, 3, 2))
    assert found[:, 8:20].mean() == pytest.approx(300, rel=0.03)


def test_without_handle_times_it_is_the_queues_own() -> None:
    assert (ahead(VOICE, None) == VOICE.handling.aht_s).all()


def test_concurrent_channels_say_nothing_of_the_work_in_one_conversation() -> None:
    chat = planted.queue("LIS", "pt", "chat", when=planted.hours("Europe/Lisbon"))
    assert np.isnan(ahead(chat, steady)).all()
