"""Quasi-Poisson regression of counts with a log link, its effects shrunk by priors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STEPS, CLOSE_ENOUGH = 10, 1e-4
LEAST_DISPERSION, MOST_DISPERSION = 1e-4, 5.0  # on counts scaled to mean 1
OUTLIER = 3.5  # median absolute deviations


@dataclass(frozen=True)
class Sample:
    """Rows to fit: `values` (rows x columns), counts, weights (0..1) and a known part of the log mean."""

    values: np.ndarray
    counts: np.ndarray
    weights: np.ndarray
    offset: np.ndarray

    def with_counts(self, counts: np.ndarray) -> Sample:
        """The same rows with other counts."""
        return Sample(self.values, counts, self.weights, self.offset)


def fit(sample: Sample, prior_sd: np.ndarray) -> np.ndarray:
    """Effects (columns,) on the log mean; the first column must be the constant.

    Newton steps on the penalised quasi-likelihood. The dispersion phi is estimated again at each step
    and the penalty is phi / prior_sd^2, so that a noisier series is shrunk more (McCullagh & Nelder 1989,
    ch. 9; the ridge is the posterior mode under independent normal priors).
    """
    used = np.flatnonzero((sample.values != 0).any(axis=0))
    effects = np.zeros(len(prior_sd))
    scale = max(float(np.average(sample.counts, weights=sample.weights)), 1e-9)
    seen = Sample(sample.values[:, used], sample.counts / scale, sample.weights, sample.offset)
    effects[used] = _newton(seen, 1 / prior_sd[used] ** 2)
    effects[0] += np.log(scale)
    return effects


def robust_fit(sample: Sample, prior_sd: np.ndarray) -> np.ndarray:
    """As `fit`, once more with counts beyond 3.5 median absolute deviations drawn in."""
    effects = fit(sample, prior_sd)
    mean = np.exp(sample.values @ effects + sample.offset)
    off = np.log((sample.counts + 0.5) / (mean + 0.5))
    reach = OUTLIER * 1.4826 * float(np.median(np.abs(off - np.median(off))))
    low, high = mean * np.exp(-reach) - 0.5, (mean + 0.5) * np.exp(reach)
    drawn_in = np.maximum(np.clip(sample.counts, low, high), 0)
    if np.array_equal(drawn_in, sample.counts):
        return effects
    return fit(sample.with_counts(drawn_in), prior_sd)


def _newton(sample: Sample, precision: np.ndarray) -> np.ndarray:
    effects = np.zeros(len(precision))
    dispersion = 0.1
    log_mean = sample.offset + np.log(np.maximum(sample.counts, 0.1) * 0.5 + 0.5)
    for step in range(STEPS):
        mean = np.exp(np.clip(log_mean, -12, 6))
        target = log_mean - sample.offset + (sample.counts - mean) / mean
        before, effects = effects, _step(sample, mean, target=target, ridge=dispersion * precision + 1e-9)
        log_mean = sample.offset + sample.values @ effects
        dispersion = _dispersion(sample, np.exp(np.clip(log_mean, -12, 6)))
        if step > 1 and np.abs(effects - before).max() < CLOSE_ENOUGH:
            break
    return effects


def _step(sample: Sample, mean: np.ndarray, *, target: np.ndarray, ridge: np.ndarray) -> np.ndarray:
    weighted = sample.values * (sample.weights * mean)[:, None]
    normal = weighted.T @ sample.values
    normal[np.diag_indices(len(ridge))] += ridge
    result: np.ndarray = np.linalg.solve(normal, weighted.T @ target)
    return result


def _dispersion(sample: Sample, mean: np.ndarray) -> float:
    pearson = float((sample.weights * (sample.counts - mean) ** 2 / mean).sum() / sample.weights.sum())
    return float(np.clip(pearson, LEAST_DISPERSION, MOST_DISPERSION))
