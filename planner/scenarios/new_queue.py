"""A queue that nothing was forecast for: the intervals in which contacts may come, without a contact."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.timegrid import intervals, local_day
from planner.scenarios.demand import Flow


def empty_flow(like: Flow, centre: Centre, key: QueueKey) -> Flow:
    """A queue's intervals over the days of another, nothing offered, as many paths.

    Contacts come while the queue is open; to deferred queues at any hour of the queue's life.
    """
    queue, zone = centre.queues[key], centre.sites[key[0]].time_zone
    first, count = like.days[0].date(), len(pd.date_range(like.days[0], like.days[-1]))
    start = intervals(first, count, zone=zone, interval_min=like.interval_min)
    start = start[_may_come(queue, start)]
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


def _may_come(queue: Queue, start: pd.DatetimeIndex) -> np.ndarray:
    day = start.tz_convert(queue.hours.zone).tz_localize(None).normalize()
    result = np.ones(len(start), dtype=bool) if queue.kind == "deferred" else queue.hours.is_open(start)
    if queue.first_day is not None:
        result &= np.asarray(day >= pd.Timestamp(queue.first_day))
    if queue.last_day is not None:
        result &= np.asarray(day <= pd.Timestamp(queue.last_day))
    return result
