"""How far forecasts were off: functions of arrays that know no model.

Cells whose actual or forecast is unknown (NaN) are left out; NaN when nothing is left to judge by.
"""

from __future__ import annotations

import numpy as np


def wape(actual: np.ndarray, forecast: np.ndarray) -> float:
    """Sum of absolute errors over the sum of actuals, a share.

    >>> wape(np.array([100.0, 50.0, np.nan]), np.array([90.0, 55.0, 70.0]))
    0.1
    """
    here = _known(actual, forecast)
    return _share(np.abs(forecast - actual)[here].sum(), actual[here].sum())


def bias(actual: np.ndarray, forecast: np.ndarray) -> float:
    """Sum of forecast less actual over the sum of actuals: above 0 = too much was forecast.

    >>> bias(np.array([100.0, 50.0]), np.array([90.0, 75.0]))
    0.1
    """
    here = _known(actual, forecast)
    return _share((forecast - actual)[here].sum(), actual[here].sum())


def mase(actual: np.ndarray, forecast: np.ndarray, *, yardstick: np.ndarray) -> float:
    """Mean absolute error over that of the yardstick on the same cells (Hyndman & Koehler 2006).

    Below 1 = better than the yardstick, here usually the seasonal naive forecast.
    """
    here = _known(actual, forecast) & ~np.isnan(yardstick)
    return _share(np.abs(forecast - actual)[here].sum(), np.abs(yardstick - actual)[here].sum())


def pinball(actual: np.ndarray, quantile: np.ndarray, *, share: float) -> float:
    """Mean pinball loss of a quantile forecast, in contacts; least for the true `share` quantile.

    >>> pinball(np.array([10.0, 10.0]), np.array([8.0, 12.0]), share=0.9)
    1.0
    """
    here = _known(actual, quantile)
    if not here.any():
        return float("nan")
    miss = (actual - quantile)[here]
    return float(np.maximum(share * miss, (share - 1) * miss).mean())


def cover(actual: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    """Share of actuals from `low` to `high`."""
    here = _known(actual, low) & ~np.isnan(high)
    return _share(((actual >= low) & (actual <= high))[here].sum(), here.sum())


def _known(actual: np.ndarray, forecast: np.ndarray) -> np.ndarray:
    return np.asarray(~np.isnan(actual) & ~np.isnan(forecast))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else float("nan")
