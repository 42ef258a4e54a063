"""Quasi-Poisson regression of counts with a log link, its effects shrunk by priors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

STEPS, CLOSE_ENOUGH = 10, 1e-4
LEAST_DISPERSION, MOST_DISPERSION = 1e-4, 5.0  # on counts scaled to mean 1
OUTLIER = 3.5  # median absolute deviations
REWEIGHTED, FAR_OFF = 6, 1.5  # times; spreads beyond which a day weighs less
LEAST_SPREAD = 0.05  # log: a short history that fits well is not that sure


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


def fit(sample: Sample, prior_sd: np.ndarray, start: np.ndarray | None = None) -> np.ndarray:
    """Effects (columns,) on the log mean; the first column must be the constant.

    `start` (columns,) are effects thought to be near, from which fewer steps are needed.

    Newton steps on the penalised quasi-likelihood. The dispersion phi is estimated again at each step
    and the penalty is phi / prior_sd^2, so that a noisier series is shrunk more (McCullagh & Nelder 1989,
    ch. 9; the ridge is the posterior mode under independent normal priors).
    """
    used = np.flatnonzero((sample.values != 0).any(axis=0))
    effects = np.zeros(len(prior_sd))
    scale = max(float(np.average(sample.counts, weights=sample.weights)), 1e-9)
    rows = _cells(np.ascontiguousarray(sample.values[:, used]))
    if start is None:
        guess = sample.offset + np.log(np.maximum(sample.counts / scale, 0.1) * 0.5 + 0.5)
    else:
        guess = sample.offset + log_means(sample.values, start) - np.log(scale)
    observed = sample.counts / scale, sample.weights, sample.offset
    effects[used] = _newton(rows, observed, 1 / prior_sd[used] ** 2, guess)
    effects[0] += np.log(scale)
    return effects


def robust_fit(sample: Sample, prior_sd: np.ndarray) -> np.ndarray:
    """As `fit`, once more with counts beyond 3.5 median absolute deviations drawn in."""
    effects = fit(sample, prior_sd)
    mean = np.exp(log_means(sample.values, effects) + sample.offset)
    off = np.log((sample.counts + 0.5) / (mean + 0.5))
    reach = OUTLIER * 1.4826 * float(np.median(np.abs(off - np.median(off))))
    low, high = mean * np.exp(-reach) - 0.5, (mean + 0.5) * np.exp(reach)
    drawn_in = np.maximum(np.clip(sample.counts, low, high), 0)
    if np.array_equal(drawn_in, sample.counts):
        return effects
    return fit(sample.with_counts(drawn_in), prior_sd, start=effects)


def median_fit(sample: Sample, prior_sd: np.ndarray) -> np.ndarray:
    """Effects (columns,) on the log of a typical day, the first column being the constant.

    Least squares on logs, days far off weighing less (Huber 1964), under the same priors as `fit`: what
    few odd days do to a mean, they do not do to a typical day.
    """
    used = np.flatnonzero((sample.values != 0).any(axis=0))
    effects = np.zeros(len(prior_sd))
    logs = np.log(sample.counts + 0.5) - sample.offset
    rows = _cells(np.ascontiguousarray(sample.values[:, used]))
    effects[used] = _huber(rows, logs, sample.weights, 1 / prior_sd[used] ** 2)
    return effects


def log_means(values: np.ndarray, effects: np.ndarray) -> np.ndarray:
    """Log mean of each row from the effects (rows,), offsets left out."""
    return np.asarray((values * effects).sum(axis=1))


Cells = tuple[np.ndarray, np.ndarray, np.ndarray]  # where each row begins, columns, values: no zeros
Observed = tuple[np.ndarray, np.ndarray, np.ndarray]  # counts, weights, offset of each row


@njit(cache=True)
def _cells(values: np.ndarray) -> Cells:
    """The cells that are not zero, row by row: most columns are rare flags."""
    rows, columns = values.shape
    begins = np.zeros(rows + 1, np.int64)
    column, value = np.zeros(values.size, np.int64), np.zeros(values.size)
    count = 0
    for i in range(rows):
        for a in range(columns):
            if values[i, a] != 0:
                column[count], value[count] = a, values[i, a]
                count += 1
        begins[i + 1] = count
    return begins, column[:count].copy(), value[:count].copy()


@njit(cache=True)
def _newton(rows: Cells, observed: Observed, precision: np.ndarray, log_mean: np.ndarray) -> np.ndarray:
    """Effects (columns,) from a first guess of the log means.

    Compiled and without BLAS: on matrices of this size its threads cost more than they bring, and they
    would let rounding depend on the machine.
    """
    counts, weights, offset = observed
    effects, dispersion = np.zeros(len(precision)), 0.1
    for step in range(STEPS):
        mean = np.exp(np.minimum(np.maximum(log_mean, -12), 6))
        target = log_mean - offset + (counts - mean) / mean
        normal, moment = _normal_equations(rows, weights * mean, target, len(precision))
        for a in range(len(precision)):
            normal[a, a] += dispersion * precision[a] + 1e-9
        before, effects = effects, _solved(normal, moment)
        log_mean = offset + _sums(rows, effects)
        mean = np.exp(np.minimum(np.maximum(log_mean, -12), 6))
        dispersion = (weights * (counts - mean) ** 2 / mean).sum() / weights.sum()
        dispersion = min(max(dispersion, LEAST_DISPERSION), MOST_DISPERSION)
        if step > 1 and np.abs(effects - before).max() < CLOSE_ENOUGH:
            break
    return effects


@njit(cache=True)
def _huber(rows: Cells, logs: np.ndarray, weights: np.ndarray, precision: np.ndarray) -> np.ndarray:
    """Effects (columns,) by reweighted least squares; the spread is that of the median residual."""
    effects, spread, trusted = np.zeros(len(precision)), 0.2, weights.copy()
    for _ in range(REWEIGHTED):
        normal, moment = _normal_equations(rows, trusted, logs, len(precision))
        for a in range(len(precision)):
            normal[a, a] += spread * spread * precision[a] + 1e-9
        effects = _solved(normal, moment)
        left = np.abs(logs - _sums(rows, effects))
        spread = max(1.4826 * np.median(left), LEAST_SPREAD)
        trusted = weights * np.minimum(1.0, FAR_OFF * spread / np.maximum(left, 1e-9))
    return effects


@njit(cache=True)
def _sums(rows: Cells, effects: np.ndarray) -> np.ndarray:
    """Sum of value x effect of each row (rows,)."""
    begins, column, value = rows
    result = np.zeros(len(begins) - 1)
    for i in range(len(result)):
        for k in range(begins[i], begins[i + 1]):
            result[i] += value[k] * effects[column[k]]
    return result


@njit(cache=True)
def _normal_equations(
    rows: Cells, weights: np.ndarray, target: np.ndarray, columns: int
) -> tuple[np.ndarray, np.ndarray]:
    """Lower half of X'WX and X'Wz of a weighted least-squares step."""
    begins, column, value = rows
    normal, moment = np.zeros((columns, columns)), np.zeros(columns)
    for i in range(len(weights)):
        for k in range(begins[i], begins[i + 1]):
            weighted = weights[i] * value[k]
            moment[column[k]] += weighted * target[i]
            for m in range(begins[i], k + 1):
                normal[column[k], column[m]] += weighted * value[m]
    return normal, moment


@njit(cache=True)
def _solved(normal: np.ndarray, moment: np.ndarray) -> np.ndarray:
    """Solution of a positive definite system by Cholesky; `normal` holds its lower half and is used up."""
    size = len(moment)
    result = moment.copy()
    for a in range(size):
        for b in range(a + 1):
            left = normal[a, b]
            for k in range(b):
                left -= normal[a, k] * normal[b, k]
            normal[a, b] = np.sqrt(max(left, 1e-12)) if a == b else left / normal[b, b]
    for a in range(size):
        for k in range(a):
            result[a] -= normal[a, k] * result[k]
        result[a] /= normal[a, a]
    for a in range(size - 1, -1, -1):
        for k in range(a + 1, size):
            result[a] -= normal[k, a] * result[k]
        result[a] /= normal[a, a]
    return result
