"""Quiet, usual and busy days: the volume of a day at a quantile, from the forecast's sample paths.

Most of a forecast's error is the level of the day; the chance of contacts within it is what queueing
reckons with already. So a plan for the 75 % day is the expected day made larger as a whole, not every
interval at its own 75 %, which would count the chance twice and smallest queues worst.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day


def day_factors(
    forecast: pd.DataFrame, paths: pd.DataFrame, centre: Centre, *, quantiles: Sequence[str]
) -> pd.DataFrame:
    """What each FORECAST row's contacts are multiplied by for a day at each quantile ("p75" is 75 %).

    One row per forecast row, a column per quantile; NaN where the queue's local day has no FORECAST_PATHS.
    """
    days = _days(forecast, centre)
    mean = forecast["offered"].groupby([*(forecast[name] for name in QUEUE), days]).transform("sum")
    shares = [int(name[1:]) / 100 for name in quantiles]
    totals = paths.groupby([*QUEUE, "day"])["offered"].quantile(shares).unstack()
    totals = totals.reindex(columns=shares).set_axis(list(quantiles), axis=1)
    found = forecast[[*QUEUE]].assign(day=days).merge(totals.reset_index(), on=[*QUEUE, "day"], how="left")
    factors = found[[*quantiles]].div(mean.to_numpy(), axis=0)
    return factors.set_axis(forecast.index).where(
        np.broadcast_to((mean > 0).to_numpy()[:, None], factors.shape), 1.0
    )


def _days(forecast: pd.DataFrame, centre: Centre) -> pd.Series:
    """The local day of each row on its queue's own clock."""
    parts = [
        local_day(rows["interval_start"], centre.queues[QueueKey(*key)].hours.zone)
        for key, rows in forecast.groupby([*QUEUE], sort=False)
    ]
    return pd.concat(parts).reindex(forecast.index) if parts else pd.Series(dtype="datetime64[us]")
