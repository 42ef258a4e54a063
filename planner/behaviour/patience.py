"""Patience by maximum likelihood: exponential and Weibull, answered contacts censored at their wait.

With H(t) = (t / scale)^shape the share still waiting after t is exp(-H(t)). An abandoned contact says
that patience ended within its second, an answered one that it had not ended yet. Lawless (2003),
Statistical Models and Methods for Lifetime Data, chapters 4 and 5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

import numpy as np
from scipy.optimize import minimize
from scipy.special import digamma
from scipy.stats import chi2

from planner.behaviour.estimate import Estimate, from_log
from planner.behaviour.waits import Waits

STEP = 1e-4  # of the numerical second derivatives, in logs
STEEPEST = 5.0  # a shape beyond this or its inverse is no patience but a spike; plan.yaml refuses it too


@dataclass(frozen=True)
class Exponential:
    """Patience without memory: the mean in seconds, and the log-likelihood."""

    mean_s: Estimate
    log_likelihood: float


@dataclass(frozen=True)
class Weibull:
    """Patience whose hurry grows (shape above 1) or wears off (below 1); mean and scale in seconds."""

    mean_s: Estimate
    shape: Estimate
    scale_s: Estimate
    log_likelihood: float


def log_likelihood(waits: Waits, *, scale_s: float, shape: float) -> float:
    """Log-likelihood of the waits, given that each is longer than `from_s`."""
    start = _hazard(np.asarray(waits.from_s), scale_s, shape)
    stayed = float(waits.answered @ (start - _hazard(waits.wait_s, scale_s, shape)))
    left = waits.abandoned > 0
    at, counts = waits.wait_s[left], waits.abandoned[left]
    if waits.step_s == 0:
        ended = (
            start - _hazard(at, scale_s, shape) + log(shape / scale_s) + (shape - 1) * np.log(at / scale_s)
        )
        return stayed + float(counts @ ended)
    begin = _hazard(np.maximum(at - waits.step_s / 2, waits.from_s), scale_s, shape)
    within = _hazard(at + waits.step_s / 2, scale_s, shape) - begin
    return stayed + float(counts @ (start - begin + np.log(-np.expm1(-within))))


def _hazard(at_s: np.ndarray, scale_s: float, shape: float) -> np.ndarray:
    return np.asarray((at_s / scale_s) ** shape)


def exponential(waits: Waits) -> Exponential | None:
    """The exponential fit; None when nobody left.

    Exact waits: mean = total wait / abandoned. Whole seconds: the waits before the second in which
    patience ended are summed, and 1 / mean = log(1 + abandoned / that sum) / step. The interval is
    chi-square with 2 abandoned + 1 degrees of freedom (Cox 1953), between the exact ones for a fixed
    number of events and for a fixed total wait.
    """
    if not waits.left:
        return None
    waited = waits.wait_s - waits.from_s
    total = float(waits.answered @ waited + waits.abandoned @ np.maximum(waited - waits.step_s / 2, 0))
    if waits.step_s:
        mean = 1 / log1p(waits.left * waits.step_s / total) * waits.step_s if total else waits.step_s
    else:
        mean = total / waits.left
    ends = chi2.ppf([0.975, 0.025], 2 * waits.left + 1)
    low, high = mean * 2 * waits.left / ends
    return Exponential(
        Estimate(mean, float(low), float(high)), log_likelihood(waits, scale_s=mean, shape=1.0)
    )


def weibull(waits: Waits) -> Weibull | None:
    """The Weibull fit; None when the waits do not determine one.

    Intervals are Fisher's, from the observed information, on the log of each value.
    """
    start = exponential(waits)
    if start is None or np.count_nonzero(waits.abandoned) < 2:
        return None
    middle = _middle(waits)

    def loss(at: np.ndarray) -> float:
        scale_s, shape = _scale_and_shape(at, middle)
        return -log_likelihood(waits, scale_s=scale_s, shape=shape) / waits.left

    with np.errstate(all="ignore"):
        found = minimize(loss, [log(middle / start.mean_s.value), 0.0], method="BFGS", options={"gtol": 1e-7})
        covariance = _covariance(loss, found.x) / waits.left
    if abs(found.x[1]) > log(STEEPEST) or not np.all(np.diag(covariance) > 0):
        return None
    return _as_weibull(found.x, covariance, middle, log_likelihood=-found.fun * waits.left)


def p_exponential(simple: Exponential, general: Weibull) -> float:
    """How likely waits of exponential patience fit a Weibull so much better: likelihood-ratio test, 0..1."""
    return float(chi2.sf(max(0.0, 2 * (general.log_likelihood - simple.log_likelihood)), 1))


def _middle(waits: Waits) -> float:
    """Geometric mean of the abandoned waits, in seconds."""
    left = waits.abandoned > 0
    at = np.maximum(waits.wait_s[left], waits.step_s / 4)
    return exp(float(np.average(np.log(at), weights=waits.abandoned[left])))


def _scale_and_shape(at: np.ndarray, middle: float) -> tuple[float, float]:
    """From (log hazard until the middle, log shape).

    These two are nearly independent of each other; scale and shape are not when most are answered early.
    """
    shape = exp(float(np.clip(at[1], -5, 5)))
    return middle * exp(float(np.clip(-at[0] / shape, -300, 300))), shape


def _covariance(loss: Callable[[np.ndarray], float], at: np.ndarray) -> np.ndarray:
    """Inverse of the second derivatives, by central differences; NaN where they have none."""
    steps = STEP * np.eye(2)
    second = np.array(
        [
            [
                sum(a * b * loss(at + a * first + b * other) for a in (1, -1) for b in (1, -1))
                / (4 * STEP**2)
                for other in steps
            ]
            for first in steps
        ]
    )
    return np.linalg.inv(second) if np.linalg.cond(second) < 1e12 else np.full((2, 2), np.nan)


def _as_weibull(at: np.ndarray, covariance: np.ndarray, middle: float, *, log_likelihood: float) -> Weibull:
    """Intervals of scale and mean by the delta method."""
    scale_s, shape = _scale_and_shape(at, middle)
    of_scale = np.array([-1 / shape, at[0] / shape])
    of_mean = of_scale - np.array([0.0, float(digamma(1 + 1 / shape)) / shape])
    of_shape = np.array([0.0, 1.0])

    def estimate(value: float, slope: np.ndarray) -> Estimate:
        return from_log(value, float(np.sqrt(slope @ covariance @ slope)))

    return Weibull(
        estimate(scale_s * exp(lgamma(1 + 1 / shape)), of_mean),
        estimate(shape, of_shape),
        estimate(scale_s, of_scale),
        log_likelihood,
    )
