"""The floor knows all days, and of the one it is asked about as much as leaves its luck its size."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from forecasting.hindsight import Around, days_in_hindsight
from forecasting.lived import lived
from forecasting.rolling import floor_of
from forecasting.series import own_series
from tests.forecasting import planted

DAYS = 420
LEVEL = np.exp(0.3 * np.sin(np.arange(DAYS) / 40))  # wanders with the months


@pytest.fixture(scope="module")
def means() -> np.ndarray:
    return planted.day_means(pd.date_range("2025-01-01", periods=DAYS)) * LEVEL


def expected(values: np.ndarray, countries: tuple[str, ...] = ()) -> np.ndarray:
    series = planted.series(values, "2025-01-01", countries=countries)
    return days_in_hindsight(series.past(DAYS, horizon=0))


@pytest.mark.parametrize(("countries", "least", "most"), [((), 0.9, 1.0), (("PT",), 0.82, 0.95)])
def test_only_the_luck_of_single_days_is_missed(
    means: np.ndarray, countries: tuple[str, ...], least: float, most: float
) -> None:
    """Nobody can miss less than who knew the planted truth; learning holidays from themselves hides some luck."""
    missed, luck = 0.0, 0.0
    for seed in range(4):
        came = np.random.default_rng(seed).poisson(means).astype(float)
        missed += np.abs(expected(came, countries) - came)[30:-30].sum()
        luck += np.abs(means - came)[30:-30].sum()
    assert least < missed / luck < most


def test_a_day_has_little_say_in_its_own_floor(means: np.ndarray) -> None:
    day = 199
    more = means.copy()
    more[day] *= 1.3
    before, after = expected(means), expected(more)
    assert 0 < after[day] - before[day] < 0.3 * (more[day] - means[day])
    assert after[day + 1] > before[day + 1]  # its neighbours hear of it too


def test_who_has_no_say_is_left_to_the_others_and_who_has_all_to_himself() -> None:
    around = Around(np.full(3, 10.0), np.array([0.0, 0.75, 1.0]))
    np.testing.assert_allclose(around.with_own(np.full(3, 20.0)), [10, 15, 20])


def test_time_may_run_backwards(means: np.ndarray) -> None:
    came = np.random.default_rng(2).poisson(LEVEL * 300).astype(float)
    series = planted.series(came, "2025-01-01")
    forward = days_in_hindsight(series.past(DAYS, horizon=0))
    turned = planted.series(came[::-1].copy(), "2025-01-01")
    backward = days_in_hindsight(turned.past(DAYS, horizon=0))[::-1]
    error, other = (np.abs(found - came).sum() for found in (forward, backward))
    assert error == pytest.approx(other, rel=0.05)


def test_an_unknown_day_has_its_expectation(means: np.ndarray) -> None:
    gap = means.copy()
    gap[200:203] = np.nan
    np.testing.assert_allclose(expected(gap)[200:203], means[200:203], rtol=0.05)


def test_intervals_add_up_to_the_day_and_closed_ones_are_empty() -> None:
    voice = planted.queue("LIS", "pt", "voice", when=planted.hours("Europe/Lisbon"))
    centre = planted.centre([voice])
    rows = planted.volume(voice, date(2025, 9, 1), np.full(120, 480.0), seed=4)
    history = next(iter(lived(rows, centre, days=1).values())).history
    past = own_series(history, centre).past(history.grid.axis.cutoff, horizon=1)
    days = slice(history.grid.axis.cutoff - past.n, history.grid.axis.cutoff)
    found = floor_of(history, centre)[days]
    np.testing.assert_allclose(found.sum(axis=1), days_in_hindsight(past))
    assert (found[:, 8:20] > 0).all()
    assert (found[:, :8] == 0).all()
