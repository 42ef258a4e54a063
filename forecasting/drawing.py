"""Gamma-Poisson counts drawn by the million."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

NEARLY_NORMAL = 4.0, 0.1  # contacts from which, and dispersion up to which, the expansion holds
FEW = 10.0  # contacts: below, counts are looked up one by one
MOST = 1e7  # contacts of an interval
RECIPROCAL = np.append(0, 1 / np.arange(1, 1024))  # a product is ten times quicker than a division


@njit(cache=True)
def gamma_poisson(means: np.ndarray, dispersion: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Counts (rows x columns) of variance mean + dispersion x mean^2; `dispersion` is by row.

    Two million of them make a queue's paths, so each takes one random number where it can: by expansion
    around the normal where that is within 0.4 % of the distribution, small ones by looking up the
    distribution itself; the rest are Poisson counts of a gamma rate.
    """
    counts = np.empty(means.shape)
    for i in range(means.shape[0]):
        for j in range(means.shape[1]):
            mean = min(means[i, j], MOST)
            if mean >= NEARLY_NORMAL[0] and dispersion[i] <= NEARLY_NORMAL[1]:
                counts[i, j] = _expanded(mean, dispersion[i], rng.standard_normal())
            elif mean < FEW:
                counts[i, j] = _looked_up(mean, dispersion[i], rng.random())
            else:
                rate = mean * dispersion[i] * rng.standard_gamma(1 / dispersion[i])
                counts[i, j] = rng.poisson(rate)
    return counts


@njit(cache=True)
def _looked_up(mean: float, dispersion: float, share: float) -> float:
    """The count at which the distribution reaches `share` (0..1)."""
    if mean <= 0:
        return 0.0
    scaled = dispersion * mean
    ratio = scaled / (1 + scaled)
    rest = mean / (1 + scaled) - ratio
    chance = math.exp(-math.log1p(scaled) / dispersion)
    reached, count = chance, 0
    while reached < share and chance > 1e-16 and count + 1 < len(RECIPROCAL):
        count += 1
        chance *= ratio + rest * RECIPROCAL[count]
        reached += chance
    return float(count)


@njit(cache=True)
def _expanded(mean: float, dispersion: float, normal: float) -> float:
    """The count as many standard deviations out as `normal`, by Cornish & Fisher (1937), third order."""
    spread = math.sqrt(mean + dispersion * mean * mean)
    skew = (1 + 2 * dispersion * mean) / spread
    kurtosis = 6 * dispersion + 1 / (spread * spread)
    square = normal * normal
    out = normal + skew * (square - 1) / 6
    out += normal * ((square - 3) * kurtosis / 24 - (2 * square - 5) * skew * skew / 36)
    return max(math.floor(mean + spread * out + 0.5), 0.0)
