"""A queue that nothing was forecast for: its open intervals, without a contact."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.timegrid import intervals, local_day
from planner.scenarios.demand import Flow


def empty_flow(like: Flow, centre: Centre, key: QueueKey) -> Flow:
    """The open intervals of a queue over the days of another, nothing offered, as many paths."""
    queue, zone = centre.queues[key], centre.sites[key[0]].time_zone
    first, count = like.days[0].date(), len(pd.date_range(like.days[0], like.days[-1]))
    start = intervals(first, count, zone=zone, interval_min=like.interval_min)
    start = start[queue.hours.is_open(start)]
    number, days = pd.factorize(local_day(pd.Series(start), zone))
    nothing = np.zeros(len(start))
    return Flow(
        start,
        like.interval_min,
        pd.DatetimeIndex(days),
        number,
        nothing,
        np.full(len(start), queue.handling.aht_s),
        np.zeros((len(days), like.paths.shape[1])),
    )
