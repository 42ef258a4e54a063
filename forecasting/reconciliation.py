"""Forecasts of queues and of totals made to agree: the parts add up, and each hears the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from forecasting.backtest import Backtest
from forecasting.selection import BUCKETS, bucket_of

PRIOR_DAYS = 10.0  # days' worth of what all series err by, in the error of one
WORST_DAY = 1.5  # log error of a day that still counts
LEAST = 0.05  # of a series' typical day: emptier days say nothing on its error


@dataclass(frozen=True)
class Forecasts:
    """Day forecasts of several series (series x days ahead), NaN unknown, and their variances alike."""

    days: np.ndarray
    variances: np.ndarray


def reconciled(queues: Forecasts, totals: Forecasts, sums: np.ndarray) -> np.ndarray:
    """Days of the queues (queues x days ahead) that agree best with their own and the totals' forecasts.

    Weighted least squares with the variances of past errors as weights, errors taken as independent
    (MinT with a diagonal, Wickramasuriya, Athanasopoulos and Hyndman 2019, eq. 9), then no day below 0.
    `sums` (totals x queues x days ahead) is 1 where a queue is part of a total on a day; a total of which
    a part, or the total itself, is unknown on a day says nothing then. Closed days stay closed.
    """
    known = np.nan_to_num(queues.days)
    says = ~np.isnan(totals.days) & ~(np.isnan(queues.days) & (sums > 0)).any(axis=1)
    per_day = np.moveaxis(np.where(says[:, None], sums, 0.0), 2, 0)
    spread = per_day * (queues.variances * (known > 0)).T[:, None]
    missing = np.where(says, totals.days - np.einsum("dtq,qd->td", per_day, known), 0.0)
    own = np.where(says, np.maximum(totals.variances, 1e-9), 1.0)
    gain = np.einsum("dtq,duq->dtu", spread, per_day) + own.T[:, :, None] * np.eye(len(own))
    moved = np.linalg.solve(gain, missing.T[:, :, None])[:, :, 0]
    return np.maximum(queues.days + np.einsum("dtq,dt->qd", spread, moved), 0.0)


def with_variances(tests: list[Backtest]) -> Forecasts:
    """The forecasts of several series with the variances their past errors speak of, by bucket of days ahead.

    Errors are relative to the day and shrunk to what all the series err by.
    """
    days = np.array([test.ahead_combined for test in tests])
    bucket = bucket_of(days.shape[1])
    relative = np.zeros(days.shape)
    for b in range(len(BUCKETS)):
        relative[:, bucket == b] = _relative([_errors(test)[:, bucket == b] for test in tests])[:, None]
    return Forecasts(days, relative * np.nan_to_num(days) ** 2)


def _errors(test: Backtest) -> np.ndarray:
    """Log errors of past forecasts, weighted as now (origins x days ahead); NaN where they say nothing."""
    forecast = test.as_now
    typical = float(np.median(forecast[forecast > 0])) if (forecast > 0).any() else 0.0
    scored = ~np.isnan(test.teaching) & (forecast > LEAST * typical)
    logs = np.log((np.where(scored, test.teaching, 0) + 0.5) / (np.where(scored, forecast, 0) + 0.5))
    return np.where(scored, np.clip(logs, -WORST_DAY, WORST_DAY), np.nan)


def _relative(errors: list[np.ndarray]) -> np.ndarray:
    """Mean square of each series' errors (series,), shrunk to that of all."""
    count = np.array([(~np.isnan(one)).sum() for one in errors], float)
    squares = np.array([np.nansum(one**2) for one in errors])
    usual = squares.sum() / max(count.sum(), 1.0)
    result: np.ndarray = (squares + PRIOR_DAYS * usual) / (count + PRIOR_DAYS)
    return result
