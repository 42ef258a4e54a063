"""Paths repeat the errors of the past: level, day and interval, together over queues."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forecasting.interval_noise import drawn_contacts, interval_noise
from forecasting.paths import Ahead, Draws, day_factors, draws, week_levels
from forecasting.residuals import Residuals, weighted_quantile

ORIGINS, HORIZON, PATHS = 16, 56, 4000


def past(rng: np.random.Generator, *, level: float, day: float) -> Residuals:
    """Residuals drawn with a level per origin (one for all its weeks) and days that scatter around it."""
    levels = rng.normal(0, level, (ORIGINS, 1)) * np.ones(HORIZON // 7)
    days = rng.normal(0, day, (ORIGINS, HORIZON))
    weekday = np.tile(np.arange(HORIZON) % 7, (ORIGINS, 1))
    special = np.zeros((ORIGINS, HORIZON), bool)
    within = days - np.repeat(days.reshape(ORIGINS, -1, 7).mean(axis=2), 7, axis=1)
    weekly = levels + days.reshape(ORIGINS, -1, 7).mean(axis=2)
    return Residuals(weekly, within, special, weekday, np.arange(ORIGINS, 0, -1) * 28, 7)


def shared(seed: int = 1) -> Draws:
    return draws(np.random.default_rng(seed), paths=PATHS, horizon=HORIZON, past_days=ORIGINS * 28)


def ahead(noise: float = 0.0) -> Ahead:
    return Ahead(np.arange(HORIZON) % 7, np.zeros(HORIZON, bool), np.full(HORIZON, noise))


def factors(found: Residuals, *, seed: int = 2, noise: float = 0.0) -> np.ndarray:
    return day_factors(found, ahead(noise), shared(), np.random.default_rng(seed))


def test_every_day_has_a_mean_of_one() -> None:
    np.testing.assert_allclose(factors(past(np.random.default_rng(3), level=0.1, day=0.1)).mean(axis=0), 1)


def test_a_day_scatters_as_its_past_did() -> None:
    found = past(np.random.default_rng(4), level=0.0, day=0.12)
    assert np.log(factors(found)).std() == pytest.approx(0.12, rel=0.2)


def test_a_lasting_level_does_not_average_out_over_weeks() -> None:
    lasting = factors(past(np.random.default_rng(5), level=0.1, day=0.05)).mean(axis=1).std()
    fleeting = factors(past(np.random.default_rng(5), level=0.0, day=0.112)).mean(axis=1).std()
    assert lasting > 0.07
    assert fleeting < 0.4 * lasting


def test_queues_that_erred_together_err_together_again() -> None:
    rng = np.random.default_rng(6)
    one = past(rng, level=0.1, day=0.1)
    noise = rng.normal(0, 0.02, one.daily.shape)
    twin = replace(one, daily=one.daily + noise)
    other = past(np.random.default_rng(7), level=0.1, day=0.1)
    first, same, alone = (np.log(factors(r, seed=s))[:, 3] for s, r in enumerate((one, twin, other)))
    assert np.corrcoef(first, same)[0, 1] > 0.7
    assert abs(np.corrcoef(first, alone)[0, 1]) < 0.45


def test_interval_noise_takes_its_part_of_the_days_scatter() -> None:
    found = past(np.random.default_rng(8), level=0.0, day=0.12)
    part = np.log(factors(found, noise=0.5 * 0.12**2)).std() / np.log(factors(found)).std()
    assert part == pytest.approx(np.sqrt(0.5), abs=0.1)


def test_nothing_known_is_wide() -> None:
    blank = past(np.random.default_rng(9), level=0.1, day=0.1)
    none = Residuals(*(getattr(blank, n)[:0] for n in ("weekly", "daily", "special", "weekday", "age")), 7)
    assert np.log(factors(none)).std() > 0.2


def test_far_weeks_no_origin_reached_are_wider_than_near_ones() -> None:
    found = past(np.random.default_rng(10), level=0.1, day=0.1)
    unseen = found.weekly.copy()
    unseen[:, 4:] = np.nan
    spread = week_levels(replace(found, weekly=unseen), shared()).std(axis=0)
    assert (np.diff(spread[3:]) > 0).all()


def test_planted_dispersion_is_found_and_drawn_again() -> None:
    rng = np.random.default_rng(11)
    expected = rng.uniform(5, 60, 20_000)
    contacts = rng.poisson(expected * rng.gamma(1 / 0.05, 0.05, len(expected))).astype(float)
    noise = interval_noise(expected, contacts)
    np.testing.assert_allclose(noise.dispersion, 0.05, atol=0.02)
    drawn = drawn_contacts(np.full((50, PATHS), 30.0), noise, rng)
    assert drawn.mean() == pytest.approx(30, rel=0.01)
    assert drawn.var() == pytest.approx(30 + 0.05 * 30**2, rel=0.25)


def test_poisson_contacts_show_no_extra_dispersion() -> None:
    rng = np.random.default_rng(12)
    expected = rng.uniform(5, 60, 20_000)
    assert interval_noise(expected, rng.poisson(expected).astype(float)).dispersion.max() < 0.01


def test_weighted_quantile_with_equal_weights_is_the_plain_one() -> None:
    values = np.random.default_rng(13).normal(size=1001)
    assert weighted_quantile(values, np.ones(1001), share=0.9) == pytest.approx(
        np.quantile(values, 0.9), abs=0.02
    )


def test_rare_levels_are_far_and_usual_ones_are_not() -> None:
    found = past(np.random.default_rng(14), level=0.1, day=0.02)
    levels = week_levels(found, shared())[:, 0]
    plain = week_levels(found, replace(shared(), tail=np.ones(PATHS)))[:, 0]
    usual, rare = (np.quantile(np.abs(levels), q) / np.quantile(np.abs(plain), q) for q in (0.8, 0.98))
    assert usual == pytest.approx(1, abs=0.05)
    assert rare > 1.15
