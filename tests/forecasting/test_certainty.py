"""The spread said of an effect is the spread it has when the same days are drawn again."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.certainty import covariance
from forecasting.glm import Sample, fit

ROWS = 400
VALUES = np.column_stack([np.ones(ROWS), np.arange(ROWS) % 8 == 0, np.arange(ROWS) % 50 == 1]).astype(float)


def sample(rng: np.random.Generator) -> Sample:
    mean = np.exp(VALUES @ np.array([4.0, 0.5, -0.3]))
    return Sample(VALUES, rng.poisson(mean).astype(float), np.ones(ROWS), np.zeros(ROWS))


def test_effects_scatter_as_much_as_is_said() -> None:
    wide, rng = np.full(3, 10.0), np.random.default_rng(1)
    drawn = np.array([fit(sample(rng), wide) for _ in range(300)])
    one = sample(np.random.default_rng(2))
    said = np.sqrt(np.diag(covariance(one, wide, fit(one, wide))))
    assert said == pytest.approx(drawn.std(axis=0), rel=0.15)


def test_a_column_never_seen_keeps_its_prior() -> None:
    one = sample(np.random.default_rng(2))
    unseen = Sample(np.column_stack([VALUES, np.zeros(ROWS)]), one.counts, one.weights, one.offset)
    prior_sd = np.array([10.0, 0.5, 0.5, 0.3])
    spread = covariance(unseen, prior_sd, fit(unseen, prior_sd))
    assert np.sqrt(spread[3, 3]) == pytest.approx(0.3)
    assert spread[3, :3] == pytest.approx(np.zeros(3))


def test_it_is_the_inverse_of_what_rows_and_priors_know() -> None:
    one, prior_sd = sample(np.random.default_rng(2)), np.array([30.0, 0.5, 0.3])
    effects = fit(one, prior_sd)
    mean = np.exp(VALUES @ effects)
    dispersion = ((one.counts - mean) ** 2 / mean).mean()
    known = VALUES.T @ (VALUES * (mean / dispersion)[:, None]) + np.diag(prior_sd**-2.0)
    assert covariance(one, prior_sd, effects) @ known == pytest.approx(np.eye(3), abs=1e-9)
