"""Handle times: mean, spread and quantiles, and how far a lognormal is from them."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt

import numpy as np
from scipy.special import ndtri
from scipy.stats import t as student

from planner.behaviour.estimate import Estimate

SHARES = (0.10, 0.50, 0.90, 0.99)


@dataclass(frozen=True)
class Handled:
    """Handled contacts by whole seconds of handle time, ascending, with sums over the contacts.

    `log_s` and `log2_s` are sums of the log of the seconds and of its square.
    """

    seconds: np.ndarray
    contacts: np.ndarray
    sum_s: float
    sum2_s: float
    log_s: float
    log2_s: float


@dataclass(frozen=True)
class HandleTimes:
    """Handle times of `n` contacts in seconds; `log_mean` and `log_sd` are those of the lognormal.

    `quantiles_s` and `lognormal_s` are at 10, 50, 90 and 99 %.
    """

    n: int
    mean_s: Estimate
    cv: float
    log_mean: float
    log_sd: float
    quantiles_s: tuple[float, ...]
    lognormal_s: tuple[float, ...]

    @property
    def worst_gap(self) -> float:
        """Largest distance of a lognormal quantile from the data's, as a share of the latter."""
        pairs = zip(self.quantiles_s, self.lognormal_s, strict=True)
        return max(abs(fitted / max(seen, 1.0) - 1) for seen, fitted in pairs)


def handle_times(handled: Handled) -> HandleTimes | None:
    """Mean with its interval (Student's t), coefficient of variation, lognormal; None below two contacts."""
    n = int(handled.contacts.sum())
    if n < 2:
        return None
    mean, log_mean = handled.sum_s / n, handled.log_s / n
    sd = _sd(handled.sum2_s, mean, n)
    log_sd = _sd(handled.log2_s, log_mean, n)
    half = float(student.ppf(0.975, n - 1)) * sd / sqrt(n)
    return HandleTimes(
        n=n,
        mean_s=Estimate(mean, max(mean - half, 0.0), mean + half),
        cv=sd / mean,
        log_mean=log_mean,
        log_sd=log_sd,
        quantiles_s=tuple(_quantile(handled, share) for share in SHARES),
        lognormal_s=tuple(exp(log_mean + float(ndtri(share)) * log_sd) for share in SHARES),
    )


def _sd(squares: float, mean: float, n: int) -> float:
    return sqrt(max(squares - n * mean**2, 0.0) / (n - 1))


def _quantile(handled: Handled, share: float) -> float:
    """The least second within which that share of the contacts is handled."""
    reached = np.cumsum(handled.contacts) >= share * handled.contacts.sum()
    return float(handled.seconds[np.argmax(reached)])
