"""How sure a regression is of its effects."""

from __future__ import annotations

import numpy as np
from numba import njit

from forecasting.glm import LEAST_DISPERSION, MOST_DISPERSION, Sample, log_means


def covariance(sample: Sample, prior_sd: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """Posterior covariance (columns x columns) of effects fitted by `forecasting.glm.fit`.

    The inverse of X'WX / phi + 1 / prior_sd^2 at the fit, W the means and phi the dispersion of the rows
    (McCullagh & Nelder 1989, ch. 9): a column never seen keeps its prior.
    """
    mean = np.exp(log_means(sample.values, effects) + sample.offset)
    scale = max(float(np.average(sample.counts, weights=sample.weights)), 1e-9)
    errors = (sample.counts - mean) ** 2 / np.maximum(mean, 1e-9)
    dispersion = float(np.average(errors, weights=sample.weights)) / scale
    dispersion = scale * min(max(dispersion, LEAST_DISPERSION), MOST_DISPERSION)
    return _inverse(_information(sample.values, sample.weights * mean / dispersion, 1 / prior_sd**2))


@njit(cache=True)
def _information(values: np.ndarray, weights: np.ndarray, precision: np.ndarray) -> np.ndarray:
    """X'WX + diag(precision); without BLAS, whose threads would let rounding depend on the machine."""
    result = np.diag(precision)
    for i in range(len(values)):
        here = np.flatnonzero(values[i])  # most columns are rare flags
        for a in here:
            weighted = weights[i] * values[i, a]
            for b in here:
                result[a, b] += weighted * values[i, b]
    return result


@njit(cache=True)
def _inverse(definite: np.ndarray) -> np.ndarray:
    """Inverse of a positive definite matrix, which is used up, pivot by pivot (Gauss and Jordan)."""
    size = len(definite)
    for k in range(size):
        pivot = definite[k, k]
        definite[k, k] = 1.0
        definite[k] /= pivot
        for i in range(size):
            if i != k:
                factor = definite[i, k]
                definite[i, k] = 0.0
                definite[i] -= factor * definite[k]
    return definite
