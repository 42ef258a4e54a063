"""A smooth curve of arrivals through interval counts: it keeps every interval's volume and is never negative.

The cumulative count is interpolated by cubics with the slopes of a spline, limited so that it never
falls (Fritsch & Carlson 1980, SIAM J. Numer. Anal. 17); its slope is the arrival rate. Without the
smoothing a forecast by the half-hour is a staircase, and a steep morning would come in jumps.
"""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicHermiteSpline, CubicSpline

STEEPEST = 3.0  # times the flatter neighbour: beyond it the cumulative curve could fall


def smooth_rates(offered: np.ndarray, *, interval_s: float, steps: int) -> np.ndarray:
    """Arrivals per second, shape (intervals, steps), from the contacts of intervals in a row.

    The mean over the steps of an interval times its seconds is its volume.

    >>> rates = smooth_rates(np.array([10.0, 30.0, 20.0]), interval_s=1800, steps=6)
    >>> (rates.mean(axis=1) * 1800).round(9).tolist()
    [10.0, 30.0, 20.0]
    """
    count = len(offered)
    if count < 3 or not offered.any():
        return np.repeat(offered[:, None] / interval_s, steps, axis=1)
    edges = np.arange(count + 1.0)
    total = np.concatenate([[0.0], np.cumsum(offered)])
    beside = np.concatenate([[np.inf], offered, [np.inf]])
    most = STEEPEST * np.minimum(beside[:-1], beside[1:])
    slopes = np.clip(CubicSpline(edges, total)(edges, 1), 0.0, most)
    at = np.linspace(0, count, count * steps + 1)
    volume = np.diff(CubicHermiteSpline(edges, total, slopes)(at)).clip(min=0.0).reshape(count, steps)
    kept = offered / np.where(volume.sum(axis=1) > 0, volume.sum(axis=1), 1.0)
    return volume * kept[:, None] * steps / interval_s
