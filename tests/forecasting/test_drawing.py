"""Drawn counts against the distribution they are meant to have."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from forecasting.drawing import gamma_poisson

COUNT = 200_000


def drawn(mean: float, dispersion: float, *, seed: int = 5) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return gamma_poisson(np.full((1, COUNT), mean), np.array([dispersion]), rng)[0]


def negative_binomial(mean: float, dispersion: float) -> stats.rv_discrete:
    return stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))


@pytest.mark.parametrize("dispersion", [1e-4, 0.02, 0.1, 0.3, 2.0])
@pytest.mark.parametrize("mean", [0.03, 1.0, 3.99, 4.0, 9.99, 10.0, 60.0, 3000.0])
def test_counts_have_the_gamma_poisson_distribution(mean: float, dispersion: float) -> None:
    counts, expected = drawn(mean, dispersion), negative_binomial(mean, dispersion)
    values, seen = np.unique(counts, return_counts=True)
    furthest = np.abs(np.cumsum(seen) / COUNT - expected.cdf(values)).max()
    assert furthest < 0.004 + 1.63 / np.sqrt(COUNT)  # the expansion's error, and the 1 % Kolmogorov bound
    assert counts.mean() == pytest.approx(mean, abs=4 * expected.std() / np.sqrt(COUNT))
    assert counts.std() == pytest.approx(expected.std(), rel=0.02)


@pytest.mark.parametrize(("mean", "dispersion"), [(4.0, 0.1), (25.0, 0.05), (800.0, 0.02)])
def test_the_tails_are_as_long_as_they_should_be(mean: float, dispersion: float) -> None:
    counts, expected = drawn(mean, dispersion), negative_binomial(mean, dispersion)
    for share in (0.025, 0.1, 0.9, 0.975, 0.995):
        assert np.quantile(counts, share) == pytest.approx(expected.ppf(share), abs=1, rel=0.01)


def test_nobody_calls_where_nobody_is_expected() -> None:
    rng = np.random.default_rng(1)
    assert (gamma_poisson(np.zeros((3, 1000)), np.array([1e-4, 0.1, 2.0]), rng) == 0).all()


def test_counts_are_whole_and_never_negative() -> None:
    rng = np.random.default_rng(2)
    means = rng.lognormal(1, 2, size=(200, 500))
    counts = gamma_poisson(means, rng.uniform(1e-4, 2, 200), rng)
    assert (counts >= 0).all()
    assert (counts % 1 == 0).all()


def test_each_row_has_its_own_dispersion() -> None:
    rng = np.random.default_rng(3)
    counts = gamma_poisson(np.full((2, COUNT), 50.0), np.array([0.001, 0.4]), rng)
    assert counts.var(axis=1) == pytest.approx([50 + 0.001 * 2500, 50 + 0.4 * 2500], rel=0.03)
