"""The level that is left when the calendar is taken out: where it stands and how fast it fades."""

from __future__ import annotations

import numpy as np
from numba import njit

KEPT = np.array([0.9, 0.97, 0.99, 0.997, 1.0])  # of the level, one open day later
MOVES = np.array([0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3])  # variance of a day's move / of its noise
LONGEST = 400  # open days looked back on
FEWEST = 5
TEMPER = 0.5  # likelihoods are flattened: residuals are not as independent as the filters believe


def level_ahead(residuals: np.ndarray, *, steps: np.ndarray) -> np.ndarray:
    """Expected log level (as `steps`, open days ahead: 1, 2, ...) from log residuals of open days.

    35 filters of an AR(1) level seen through noise (Kalman 1960) run side by side and are averaged
    by their likelihood; the level decays towards zero. NaN residuals are unknown days.
    """
    recent = residuals[-LONGEST:]
    known = recent[~np.isnan(recent)]
    if len(known) < FEWEST:
        return np.zeros(len(steps))
    spread = 1.4826 * float(np.median(np.abs(known - np.median(known))))
    kept, moves = (grid.ravel() for grid in np.meshgrid(KEPT, MOVES))
    level, log_likelihood = _filters(recent, kept, moves, 4 * max(spread, 0.02))
    weights = np.exp(TEMPER * (log_likelihood - log_likelihood.max()))
    ahead: np.ndarray = (kept ** steps[:, None] * (level * weights / weights.sum())).sum(axis=1)
    return ahead


@njit(cache=True)
def _filters(
    residuals: np.ndarray, kept: np.ndarray, moves: np.ndarray, cap: float
) -> tuple[np.ndarray, np.ndarray]:
    """Level and log likelihood (noise variance concentrated out) of each filter."""
    level, likelihood = np.zeros(len(kept)), np.zeros(len(kept))
    for k in range(len(kept)):
        mean, variance, squares, logs, seen = 0.0, 1.0, 0.0, 0.0, 0
        for value in residuals:
            mean, variance = kept[k] * mean, kept[k] ** 2 * variance + moves[k]
            if not np.isnan(value):
                error = min(max(value - mean, -cap), cap)
                total = variance + 1
                squares += error * error / total
                logs += np.log(total)
                seen += 1
                gain = variance / total
                mean, variance = mean + gain * error, variance * (1 - gain)
        level[k] = mean
        likelihood[k] = -0.5 * seen * np.log(max(squares / seen, 1e-12)) - 0.5 * logs
    return level, likelihood
