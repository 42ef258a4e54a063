"""What is believed of an agent's true final score: the raw score times the chance of no critical error.

A final score is 0 or near the raw score, so that no bell curve fits it. Its two parts are believed apart
(raw score: normal; evaluations with a critical error: beta) and multiplied by numbers spread evenly over
the beta, which takes nothing from chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import special

from planner.scorecards.proportions import CONFIDENCE
from planner.scorecards.shrinkage import Believed, Beta

SLICES = 41  # of the beta; more move no third digit
HALVINGS = 40


class FinalBelief(NamedTuple):
    """Expected true final score, ends of its 95 % interval, one entry an agent; shares of the points."""

    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


class Parts(NamedTuple):
    """Raw score and critical errors of each agent, as believed."""

    raw: Believed
    errors: Beta


def final_belief(parts: Parts) -> FinalBelief:
    """Mean and 95 % interval of each agent's true final score, within 0..1."""
    mean = parts.raw.mean * (1 - parts.errors.a / (parts.errors.a + parts.errors.b))
    tail = (1 - CONFIDENCE) / 2
    return FinalBelief(mean, _quantile(parts, tail), _quantile(parts, 1 - tail))


def chance_below(parts: Parts, score: np.ndarray | float) -> np.ndarray:
    """The chance that each agent's true final score is below `score` (0..1)."""
    free = 1 - _errors(parts.errors)
    asked = np.asarray(score, float)[..., None] / np.maximum(free, 1e-9)
    deviation = np.sqrt(np.maximum(parts.raw.variance, 1e-12))[:, None]
    return np.asarray(special.ndtr((asked - parts.raw.mean[:, None]) / deviation).mean(axis=1))


def _errors(errors: Beta) -> np.ndarray:
    """Shares of evaluations with a critical error: (agents, SLICES), each as likely as the other."""
    middle = (np.arange(SLICES) + 0.5) / SLICES
    return np.asarray(special.betaincinv(errors.a[:, None], errors.b[:, None], middle[None, :]))


def _quantile(parts: Parts, chance: float) -> np.ndarray:
    """The score below which each agent's true final score lies with this chance, by halving 0..1."""
    low, high = np.zeros(len(parts.raw.mean)), np.ones(len(parts.raw.mean))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        under = chance_below(parts, middle) < chance
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2
