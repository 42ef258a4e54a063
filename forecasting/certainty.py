"""How sure a regression is of its effects."""

from __future__ import annotations

import numpy as np

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
    known = np.einsum(
        "na,n,nb->ab", sample.values, sample.weights * mean / dispersion, sample.values, optimize=True
    )
    return np.asarray(np.linalg.inv(known + np.diag(1 / prior_sd**2)))
