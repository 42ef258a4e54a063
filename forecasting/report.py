"""How well each model did: the ACCURACY rows of one queue."""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecasting.accuracy import bias, cover, mase, wape
from forecasting.backtest import Backtest
from forecasting.interval_errors import Shared, misses
from forecasting.selection import BUCKETS, bucket_of
from forecasting.why import COMBINED, speaking_weights, why
from planner.domain.centre import QueueKey

NAIVE = "seasonal_naive"
UNTRIED = {
    "model": COMBINED, "bucket": BUCKETS[0], "origins": 0, "n": 0,
    "wape": np.nan, "bias": np.nan, "weight": 1.0, "chosen": True,
    "why": "no past day that it could be tried on",
}  # fmt: skip
FEWEST_FOR_COVER = 10  # days of other origins that say how wide 80 % is


def accuracy_rows(key: QueueKey, test: Backtest, shared: Shared) -> pd.DataFrame:
    """ACCURACY rows of a queue: one per model and bucket of days ahead that was scored.

    A history too short for any backtest has one row that says so: no origins, measures unknown.
    """
    bucket = bucket_of(test.actual.shape[1])
    forecasts = {**test.models, COMBINED: test.combined}
    missed = {name: _interval_errors(test, cells, shared) for name, cells in forecasts.items()}
    rows = [
        {
            "model": name,
            "bucket": BUCKETS[b],
            **_scores(test, cells, bucket == b),
            "wape_interval": _share_missed(missed[name], bucket == b),
            "cover80": _cover80(test, cells, bucket == b),
            "weight": _weight(test, name, b),
            "chosen": name == COMBINED,
            "why": why(test, name, b),
        }
        for name, cells in forecasts.items()
        for b in np.unique(bucket)
        if not np.isnan(test.actual[:, bucket == b]).all()
    ]
    return pd.DataFrame(rows or [UNTRIED]).assign(site=key.site, language=key.language, channel=key.channel)


def _scores(test: Backtest, cells: np.ndarray, here: np.ndarray) -> dict[str, float]:
    actual, forecast = test.actual[:, here], cells[:, here]
    scored = ~np.isnan(actual) & ~np.isnan(forecast)
    return {
        "origins": int(scored.any(axis=1).sum()),
        "n": int(scored.sum()),
        "wape": wape(actual, forecast),
        "bias": bias(actual, forecast),
        "mase": mase(actual, forecast, yardstick=test.models[NAIVE][:, here]),
    }


def _interval_errors(test: Backtest, cells: np.ndarray, shared: Shared) -> tuple[np.ndarray, np.ndarray]:
    """Sum of absolute interval errors, and contacts, of each complete day (origins x days ahead)."""
    errors, contacts = np.full(cells.shape, np.nan), np.full(cells.shape, np.nan)
    for miss in misses(test, cells, shared):
        errors[miss.row, miss.ahead] = np.abs(miss.error).sum(axis=1)
        contacts[miss.row, miss.ahead] = shared.past.totals[miss.days]
    return errors, contacts


def _share_missed(missed: tuple[np.ndarray, np.ndarray], here: np.ndarray) -> float:
    errors, contacts = (np.nansum(cells[:, here]) for cells in missed)
    return float(errors / contacts) if contacts > 0 else float("nan")


def _cover80(test: Backtest, cells: np.ndarray, here: np.ndarray) -> float:
    """Share of days inside 80 % intervals whose width comes from the other origins only."""
    logs = np.log((test.actual[:, here] + 0.5) / (cells[:, here] + 0.5))
    low, high = np.full(logs.shape, np.nan), np.full(logs.shape, np.nan)
    for row in range(len(logs)):
        others = np.delete(logs, row, axis=0)
        known = others[~np.isnan(others)]
        if len(known) >= FEWEST_FOR_COVER:
            low[row], high[row] = np.quantile(known, [0.1, 0.9])
    return cover(logs, low, high)


def _weight(test: Backtest, name: str, bucket: int) -> float:
    if name == COMBINED:
        return 1.0
    return float(speaking_weights(test, bucket)[test.experts.index(name)]) if name in test.experts else 0.0
