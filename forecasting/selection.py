"""Which models carry a series, how much each, and how far ahead: decided by their past errors."""

from __future__ import annotations

import numpy as np

BUCKETS = ("week 1", "weeks 2-4", "later")
BUCKET_STARTS = (0, 7, 28)  # days ahead
SHARPNESS = 8  # weights fall with the 8th power of the error: a clear winner carries, close ones share
EVEN = 0.1  # of the weight is shared equally
FEWEST_ORIGINS = 4


def bucket_of(horizon: int) -> np.ndarray:
    """Number of the bucket of each day ahead (horizon,): 0 = week 1, 1 = weeks 2-4, 2 = later."""
    return np.digitize(np.arange(horizon), BUCKET_STARTS[1:])


def model_weights(forecasts: np.ndarray, actual: np.ndarray) -> np.ndarray:
    """Weight of each model in each bucket (buckets x models), rows adding up to 1.

    `forecasts` (models x origins x days ahead) and what came (origins x days ahead, NaN unknown).
    A bucket with fewer than four origins takes the weights of the one before, the first equal ones.
    """
    count = len(forecasts)
    filled = without_gaps(forecasts)
    bucket = bucket_of(actual.shape[1])
    result = np.full((len(BUCKETS), count), 1 / count)
    for b in range(len(BUCKETS)):
        here = ~np.isnan(actual) & (bucket == b) & ~np.isnan(filled).any(axis=0)
        if here.any(axis=1).sum() >= FEWEST_ORIGINS:
            errors = np.abs(filled[:, here] - actual[here]).sum(axis=1)
            result[b] = _sharpened(errors)
        elif b > 0:
            result[b] = result[b - 1]
    return result


def combined(forecasts: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted geometric mean of the models (days ahead,); a model without a word (NaN) is left out.

    `forecasts` (models x days ahead), `weights` (buckets x models).
    """
    says = ~np.isnan(forecasts)
    share = weights[bucket_of(forecasts.shape[1])].T * says
    share = share / np.maximum(share.sum(axis=0), 1e-12)
    log_mean = (np.log(np.where(says, forecasts, 0) + 0.5) * share).sum(axis=0)
    mean = np.where(says.any(axis=0), np.maximum(np.exp(log_mean) - 0.5, 0), np.nan)
    nothing = says.any(axis=0) & (np.where(says, forecasts, 0).max(axis=0) == 0)
    result: np.ndarray = np.where(nothing, 0, mean)
    return result


def without_gaps(forecasts: np.ndarray) -> np.ndarray:
    """Forecasts with a silent model's days taken from the median of the others.

    So a model that could not speak yet is neither rewarded nor punished for it.
    """
    silent = np.isnan(forecasts)
    if not silent.any():
        return forecasts
    ranked = np.sort(forecasts, axis=0)  # NaN last
    count = (~silent).sum(axis=0)
    low = np.take_along_axis(ranked, np.maximum((count - 1) // 2, 0)[None], axis=0)[0]
    high = np.take_along_axis(ranked, np.minimum(count // 2, len(forecasts) - 1)[None], axis=0)[0]
    return np.where(silent, (low + high) / 2, forecasts)


def _sharpened(errors: np.ndarray) -> np.ndarray:
    best = max(float(errors.min()), 1e-9)
    weights = (best / np.maximum(errors, best)) ** SHARPNESS
    result: np.ndarray = (1 - EVEN) * weights / weights.sum() + EVEN / len(errors)
    return result
