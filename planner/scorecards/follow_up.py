"""The share not followed while some windows are still open: Kaplan and Meier (1958)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from planner.scorecards.proportions import CONFIDENCE, wilson

FEWEST_WATCHED = 20  # contacts; beyond the time so many are watched, a week borrows from the weeks before


class Watched(NamedTuple):
    """Contacts watched from their close: seconds to the next contact (never: very many) and to its end."""

    back_s: np.ndarray
    left_s: np.ndarray


class Estimate(NamedTuple):
    """Share not followed and its 95 % interval, NaN where the watch is too short; seconds of own watch."""

    value: float
    low: float
    high: float
    own_s: float


class Steps(NamedTuple):
    """Times at which contacts came back, how many then, and how many were watched until then."""

    time_s: np.ndarray
    back: np.ndarray
    at_risk: np.ndarray


def not_followed(own: Watched, *, within_s: float, before: Watched | None = None) -> Estimate:
    """Kaplan-Meier's estimate of P(no contact within `within_s` of close), which counts open windows.

    Beyond the time for which at least `FEWEST_WATCHED` of its own contacts could be watched, the hazards
    are those of `before` (earlier contacts of the same subject). Variance by Greenwood (1926), interval
    on the log(-log) scale (Kalbfleisch and Prentice 1980), Wilson's where nobody or everybody came back.
    At equal times returns come before the end of a watch.
    """
    reach = _reach(own, within_s)
    steps, watched = _steps(own, after_s=-1.0, until_s=reach), int((own.left_s >= reach).sum())
    if reach < within_s:
        if before is None or _reach(before, within_s) < within_s:
            return Estimate(np.nan, np.nan, np.nan, reach)
        borrowed = _steps(before, after_s=reach, until_s=within_s)
        steps = Steps(*(np.concatenate(parts) for parts in zip(steps, borrowed, strict=True)))
        watched = min(watched, int((before.left_s >= within_s).sum()))
    return _estimate(steps, watched, reach)


def _estimate(steps: Steps, watched: int, reach: float) -> Estimate:
    left = steps.at_risk - steps.back
    value = float(np.prod(left / steps.at_risk))
    if value <= 0.0 or not len(steps.back):
        ends = wilson(round(value * watched), watched)
        return Estimate(value, float(ends.low), float(ends.high), reach)
    spread = np.sqrt(np.sum(steps.back / (steps.at_risk * left))) / abs(np.log(value))
    factor = np.exp(stats.norm.ppf(0.5 + CONFIDENCE / 2) * spread)
    return Estimate(value, float(value**factor), float(value ** (1 / factor)), reach)


def _reach(watched: Watched, within_s: float) -> float:
    """How long enough of the contacts could be watched, at most `within_s`; 0 when there is none."""
    if not len(watched.left_s):
        return 0.0
    enough = min(FEWEST_WATCHED, len(watched.left_s))
    return min(float(np.partition(watched.left_s, -enough)[-enough]), within_s)


def _steps(watched: Watched, *, after_s: float, until_s: float) -> Steps:
    """The steps of the estimate with after_s < time <= until_s."""
    time_s = np.fmin(watched.back_s, watched.left_s)
    back = (watched.back_s <= watched.left_s) & (time_s > after_s) & (time_s <= until_s)
    times, returned = np.unique(time_s[back], return_counts=True)
    return Steps(times, returned, len(time_s) - np.searchsorted(np.sort(time_s), times, side="left"))
