"""How intervals scatter around their share of the day, beyond the day's own error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.drawing import gamma_poisson

SCORED = 14  # days after each origin that are looked at
FEWEST, UNKNOWN = 30, 0.05  # intervals needed to know the dispersion, and what is taken without them
LEAST_MEAN = 0.2  # contacts: emptier intervals say nothing on dispersion
LEAST, MOST = 1e-4, 2.0
FAR = 25  # variances: what lies beyond counts no more


@dataclass(frozen=True)
class IntervalNoise:
    """Gamma-Poisson noise: variance = mean + dispersion x mean^2, the dispersion by size of the interval.

    `edges` (2,) are the means that part small, middle and large intervals; `dispersion` (3,) is theirs.
    """

    edges: np.ndarray
    dispersion: np.ndarray

    def of(self, means: np.ndarray) -> np.ndarray:
        """Dispersion at each mean (shape as `means`)."""
        return self.dispersion[np.searchsorted(self.edges, means)]

    def variance(self, means: np.ndarray) -> np.ndarray:
        """Variance at each mean (shape as `means`)."""
        result: np.ndarray = means + self.of(means) * means**2
        return result


def interval_noise(expected: np.ndarray, contacts: np.ndarray) -> IntervalNoise:
    """Dispersion from past intervals: expected by the profile given their day's total, and what came."""
    here = expected > LEAST_MEAN
    expected, contacts = expected[here], contacts[here]
    if len(expected) < FEWEST:
        return IntervalNoise(np.zeros(2), np.full(3, UNKNOWN))
    edges = np.quantile(expected, [1 / 3, 2 / 3])
    size = np.searchsorted(edges, expected)
    return IntervalNoise(
        edges, np.array([_dispersion(expected[size == k], contacts[size == k]) for k in range(3)])
    )


def _dispersion(expected: np.ndarray, contacts: np.ndarray) -> float:
    """From the moments, then corrected to cover 80 % of what was seen."""
    if not len(expected):
        return LEAST
    squares = np.minimum((contacts - expected) ** 2, FAR * (expected + 0.3 * expected**2))
    power = float((expected**2).sum())
    moment = float(np.clip((squares - expected).sum() / power, LEAST, MOST))
    spread = np.sqrt(expected + moment * expected**2)
    wider = (float(np.quantile(np.abs(contacts - expected) / spread, 0.8)) / 1.2816) ** 2
    corrected = ((wider - 1) * expected.sum() + wider * moment * power) / power
    return float(np.clip(corrected, LEAST, MOST))


def drawn_contacts(means: np.ndarray, noise: IntervalNoise, rng: np.random.Generator) -> np.ndarray:
    """Contacts of each interval and path (shape as `means`: intervals x paths), gamma-Poisson."""
    return gamma_poisson(means, noise.of(means.mean(axis=1)), rng)
