"""The regression finds planted effects, and its shrinkage does what the priors say."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.glm import Sample, fit, median_fit, robust_fit

FREE = 30.0


def planted(rows: int = 600, seed: int = 3) -> Sample:
    rng = np.random.default_rng(seed)
    flag = rng.integers(0, 2, rows)
    values = np.column_stack([np.ones(rows), flag]).astype(float)
    counts = rng.poisson(np.exp(4 + 0.5 * flag)).astype(float)
    return Sample(values, counts, np.ones(rows), np.zeros(rows))


def test_planted_effects_are_found() -> None:
    level, effect = fit(planted(), np.array([FREE, 5.0]))
    assert level == pytest.approx(4, abs=0.02)
    assert effect == pytest.approx(0.5, abs=0.03)


def test_without_shrinkage_expected_and_seen_totals_agree() -> None:
    sample = planted()
    effects = fit(sample, np.array([FREE, FREE]))
    expected = np.exp(sample.values @ effects)
    for column in sample.values.T:  # the score equations of a Poisson regression
        assert (column * expected).sum() == pytest.approx((column * sample.counts).sum(), rel=1e-4)


def test_a_narrow_prior_leaves_no_effect() -> None:
    _, effect = fit(planted(), np.array([FREE, 1e-4]))
    assert effect == pytest.approx(0, abs=1e-3)


def test_the_same_prior_shrinks_a_noisier_series_more() -> None:
    rng = np.random.default_rng(5)
    calm = planted(rows=40)
    noisy = calm.with_counts(np.round(calm.counts * rng.gamma(2, 0.5, len(calm.counts))))
    shrunk = [fit(s, np.array([FREE, 0.2]))[1] / fit(s, np.array([FREE, FREE]))[1] for s in (calm, noisy)]
    assert abs(shrunk[1]) < abs(shrunk[0]) < 1


def test_scaling_the_counts_moves_only_the_level() -> None:
    sample = planted()
    one, ten = (
        fit(sample, np.array([FREE, 0.3])),
        fit(sample.with_counts(10 * sample.counts), np.array([FREE, 0.3])),
    )
    assert ten[1] == pytest.approx(one[1], abs=1e-6)
    assert ten[0] - one[0] == pytest.approx(np.log(10), abs=1e-6)


def test_a_flood_hardly_moves_the_robust_fit() -> None:
    sample = planted()
    flooded = sample.counts.copy()
    flooded[7] *= 60
    kept, moved = (f(sample.with_counts(flooded), np.array([FREE, FREE])) for f in (robust_fit, fit))
    clean = fit(sample, np.array([FREE, FREE]))
    row = sample.values[7]
    assert abs(row @ (kept - clean)) < 0.02 < abs(row @ (moved - clean))


def test_an_offset_is_taken_as_known() -> None:
    sample = planted()
    offset = np.linspace(-1, 1, len(sample.counts))
    shifted = Sample(sample.values, sample.counts, sample.weights, offset)
    moved = fit(shifted, np.array([FREE, FREE]))
    expected = np.exp(sample.values @ moved + offset)
    assert expected.sum() == pytest.approx(sample.counts.sum(), rel=1e-4)


def test_typical_days_are_found_and_floods_pass_them_by() -> None:
    sample = planted()
    flooded = sample.counts.copy()
    flooded[::15] *= 8
    level, effect = median_fit(sample.with_counts(flooded), np.array([FREE, 5.0]))
    assert level == pytest.approx(4, abs=0.04)
    assert effect == pytest.approx(0.5, abs=0.04)


def test_a_narrow_prior_leaves_no_effect_on_typical_days() -> None:
    assert median_fit(planted(), np.array([FREE, 1e-4]))[1] == pytest.approx(0, abs=1e-3)
