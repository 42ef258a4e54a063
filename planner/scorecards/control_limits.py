"""Control charts: what a measure does by itself from week to week, and which weeks are out of it.

Means get individuals (XmR) charts (Shewhart 1931; Wheeler 1993: mean -+ 2.66 mean moving range), shares
of counts p charts with the binomial's own limits at 0.00135 and 0.99865, where three standard errors
would be wrong for rare failures. Rules: one week beyond the limits; eight in a row on one side of the
centre (Western Electric 1956, rules 1 and 4; NIST/SEMATECH e-Handbook 6.3.2).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

FROM_MOVING_RANGE = 3 / 1.128  # 3 standard deviations; 1.128 = mean range of two normal values (NIST 6.3.2.2)
TAIL = 0.00135  # beyond three standard deviations of a bell curve
RUN = 8
FEWEST_OF_BOTH = 5.0
BEYOND, ONE_SIDE = "beyond the limits", "eight in a row on one side"


class Limits(NamedTuple):
    """Centre, lower and upper limit of each week."""

    centre: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


def xmr(values: np.ndarray, *, setting: np.ndarray) -> Limits:
    """Limits of means; `setting` marks the weeks that set them. NaN with fewer than two of them.

    >>> flow = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    >>> limits = xmr(flow, setting=np.ones(10, bool))
    >>> print(f"{limits.lower[0]:.3f} {limits.centre[0]:.2f} {limits.upper[0]:.3f}")
    45.816 50.81 55.804
    """
    own = values[setting & ~np.isnan(values)]
    if len(own) < 2:
        nothing = np.full(len(values), np.nan)
        return Limits(nothing, nothing, nothing)
    reach = FROM_MOVING_RANGE * np.abs(np.diff(own)).mean()
    return Limits(*(np.full(len(values), own.mean() + side * reach) for side in (0, -1, 1)))


def p_chart(values: np.ndarray, *, n: np.ndarray, setting: np.ndarray) -> Limits:
    """Limits of shares of n, wider where n is small; `setting` marks the weeks that set the centre."""
    known = setting & ~np.isnan(values) & (n > 0)
    if not known.any():
        nothing = np.full(len(values), np.nan)
        return Limits(nothing, nothing, nothing)
    share = float((values[known] * n[known]).sum() / n[known].sum())
    counts = np.where(n > 0, n, np.nan).round()
    ends = (stats.binom.ppf(tail, counts, share) / counts for tail in (TAIL, 1 - TAIL))
    return Limits(np.full(len(values), share), *ends)


def signals(values: np.ndarray, limits: Limits, *, two_sided: np.ndarray) -> np.ndarray:
    """Why each week is out of control; "" where it is not. A week without a value ends a run.

    `two_sided` marks the weeks in which either side of the centre is about as likely: only these make runs.
    """
    beyond = (values < limits.lower) | (values > limits.upper)
    side = np.where(two_sided, np.nan_to_num(np.sign(values - limits.centre)), 0)
    run = np.zeros(len(values), int)
    for week in range(len(values)):
        same = week > 0 and side[week] == side[week - 1]
        run[week] = (run[week - 1] if same else 0) + 1 if side[week] else 0
    return np.where(beyond, BEYOND, np.where(run >= RUN, ONE_SIDE, ""))


def balanced(n: np.ndarray, limits: Limits) -> np.ndarray:
    """Weeks in which a share of n falls on either side of its centre about as often: 5 or more of both kinds.

    With ten evaluations and 1 % of failures, a run without any is what a sound process does.
    """
    rarer = np.minimum(limits.centre, 1 - limits.centre)
    return np.asarray(np.nan_to_num(n * rarer) >= FEWEST_OF_BOTH)
