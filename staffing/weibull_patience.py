"""Patience that is not exponential: the exponential one under which as many leave from the same waits.

Erlang's formulas and the walk through the day want exponential patience, but what matters of a patience
is not its mean: it is how many leave within the waits that occur, and these are short (Zeltyn & Mandelbaum
2005, Queueing Systems 51; Whitt 2006, Management Science 52). The wait offered to those who must wait is
nearly exponential where few leave. Of mean m it loses

    Gamma(1 + shape) (m / scale)^shape     to Weibull patience,      m / patience    to an exponential one,

to first order in m / scale. Put equal, they give the patience for a wait; patience and agents give the
wait; a few rounds settle both. docs/approximations.md has the error that is left, and what it was before.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from staffing.erlang import Demand, measures
from staffing.least import Limits, least_agents

ROUNDS = 8  # forty give the same agents, give or take one at shapes below 0.6


def effective_patience_s(demand: Demand, *, shape: float, limits: Limits) -> np.ndarray:
    """Exponential patience for each demand, in seconds, staffed to the limits; `demand` holds the mean.

    Shape 1 gives the mean back, and so does infinite patience. With a shape above 1 few leave early:
    the effective patience is longer than the mean; below 1 it is shorter.

    >>> limits = Limits(((0.8, 20),), max_abandonment=0.05)
    >>> for shape in (0.6, 1.0, 1.5):
    ...     effective_patience_s(Demand([10, 100], 300, 180), shape=shape, limits=limits).round().tolist()
    [70.0, 48.0]
    [180.0, 180.0]
    [309.0, 442.0]
    """
    _, _, mean_s, *_ = np.broadcast_arrays(*demand.columns())
    scale_s = mean_s / math.gamma(1 + 1 / shape)
    patience_s = mean_s.astype(float)
    for _ in range(ROUNDS if shape != 1 else 0):
        trial = replace(demand, patience_s=patience_s)
        found = measures(trial, agents=np.maximum(least_agents(trial, limits).agents, 1))
        with np.errstate(invalid="ignore", divide="ignore"):
            wait_s = patience_s * found.p_abandon / found.p_wait  # mean of those who must wait
            lost = math.gamma(1 + shape) * (wait_s / scale_s) ** shape
            fitting_s = np.sqrt(patience_s * wait_s / lost)  # half the way, on a scale of ratios
        patience_s = np.where(np.isfinite(fitting_s) & (fitting_s > 0), fitting_s, patience_s)
    return patience_s
