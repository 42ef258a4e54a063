"""The level follows what stays and forgets what does not."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.level import level_ahead

STEPS = np.arange(1, 61)


def test_without_residuals_there_is_no_level() -> None:
    assert not level_ahead(np.array([0.5, np.nan, 0.4]), steps=STEPS).any()
    assert not level_ahead(np.zeros(0), steps=STEPS).any()


def test_a_lasting_shift_is_carried_ahead() -> None:
    rng = np.random.default_rng(1)
    shifted = np.append(rng.normal(0, 0.05, 100), rng.normal(0.3, 0.05, 60))
    assert level_ahead(shifted, steps=STEPS)[0] == pytest.approx(0.3, abs=0.05)


def test_pure_noise_has_hardly_a_level() -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, 300)
    assert np.abs(level_ahead(noise, steps=STEPS)).max() < 0.04


def test_the_level_fades_and_never_grows() -> None:
    rng = np.random.default_rng(3)
    ahead = np.abs(level_ahead(np.append(rng.normal(0, 0.05, 200), rng.normal(0.2, 0.05, 10)), steps=STEPS))
    assert (np.diff(ahead) <= 1e-12).all()


def test_unknown_days_are_not_zero() -> None:
    rng = np.random.default_rng(4)
    known = rng.normal(0.3, 0.05, 100)
    holes = np.insert(known, np.arange(0, 100, 2), np.nan)
    assert level_ahead(holes, steps=STEPS)[0] == pytest.approx(0.3, abs=0.05)


def test_one_flood_does_not_set_the_level() -> None:
    calm = np.random.default_rng(5).normal(0, 0.05, 200)
    flooded = np.append(calm, 3.0)
    assert abs(level_ahead(flooded, steps=STEPS)[0]) < 0.15
