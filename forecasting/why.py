"""Why a model carries a queue, in words: what it missed by, and what the others did."""

from __future__ import annotations

import numpy as np

from forecasting.accuracy import wape
from forecasting.backtest import Backtest
from forecasting.borrowing import ALONE, PLAN, SHARE
from forecasting.selection import BUCKETS, FEWEST_ORIGINS, bucket_of

COMBINED = "combined"


def speaking_weights(test: Backtest, bucket: int) -> np.ndarray:
    """Share of each expert in the forecast's days of a bucket (experts,): the silent have none of it."""
    here = bucket_of(len(test.ahead_combined)) == bucket
    says = np.array([~np.isnan(test.ahead[name][here]).all() for name in test.experts])
    weights = test.weights[bucket] * says
    result: np.ndarray = weights / max(float(weights.sum()), 1e-12)
    return result


def why(test: Backtest, name: str, bucket: int) -> str:
    """What the weight of a model rests on in a bucket of days ahead; of `combined`, its strongest model's.

    Errors are those of day totals, all origins together (WAPE).
    """
    weights = dict(zip(test.experts, speaking_weights(test, bucket)))
    if name != COMBINED and name not in weights:
        return "not in the mix"
    if test.experts == (SHARE,):
        return "too young, or moved lately: its recent share of the whole line's forecast"
    if PLAN in weights:
        return "new: the planned volume with a like market's days, until its own weeks outweigh the plan"
    if ALONE in weights and bucket == len(BUCKETS) - 1:
        return "has not seen a year: so far ahead a like market alone knows the season"
    one = max(weights, key=lambda each: weights[each]) if name == COMBINED else name
    if weights[one] == 0:
        return "silent: it needs a longer history"
    return _compared(test, one, bucket_of(test.actual.shape[1]) == bucket, bucket)


def _compared(test: Backtest, name: str, here: np.ndarray, bucket: int) -> str:
    """One expert's error on the days ahead that are `here`, beside the best of the others and the mix."""
    actual = test.actual[:, here]
    origins = int((~np.isnan(actual)).any(axis=1).sum())
    if origins < FEWEST_ORIGINS:
        before = f"weighed as in {BUCKETS[bucket - 1]}" if bucket else "all models weigh alike"
        return f"fewer than {FEWEST_ORIGINS} past forecasts reach these days: {before}"
    missed = {expert: wape(actual, test.models[expert][:, here]) for expert in test.experts}
    own, others = missed.pop(name), {other: error for other, error in missed.items() if not np.isnan(error)}
    parts = [f"{_percent(own)} off alone"]
    if others:
        best = min(others, key=lambda other: others[other])
        parts.append(f"{_percent(others[best])} the best of the others ({best})")
    parts.append(f"{_percent(wape(actual, test.combined[:, here]))} all together")
    return f"last {origins} origins: {', '.join(parts)}"


def _percent(share: float) -> str:
    return "unknown" if np.isnan(share) else f"{100 * share:.1f} %"
