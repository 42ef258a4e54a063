"""Day series of queues and their kin, each with the calendar of its customers."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from forecasting.history import Axis, QueueHistory
from forecasting.kin import summed
from forecasting.past import Calendar, DaySeries
from forecasting.special_days import special_days
from forecasting.told import touches
from planner.domain.centre import Centre, Queue

BEYOND = 7  # days after the horizon whose holidays cast a shadow on its last days


def calendar_of(queue: Queue, centre: Centre, axis: Axis, *, is_open: np.ndarray) -> Calendar:
    """The axis with the holidays and events of one queue's customers; `is_open` (days,)."""
    extra = pd.date_range(axis.days[-1] + pd.Timedelta(days=1), periods=BEYOND, freq="D")
    days = axis.days.append(extra).as_unit("us")
    closed = ~np.concatenate([is_open, is_open[-BEYOND:]])
    events = [event for event in centre.events if touches(event, queue)]
    special = special_days(
        days, countries=countries_of(queue, centre), events=events, closed=closed, site=site_of(queue, centre)
    )
    return Calendar(axis.days, is_open, special.part(0, len(axis.days)))


def countries_of(queue: Queue, centre: Centre) -> tuple[str, ...]:
    """Countries whose holidays move a queue: its customers', or else the site's with its subdivision.

    Customers of the site's own country alone live by the site's subdivision too.
    """
    if queue.customers and queue.customers != (centre.sites[queue.key.site].country,):
        return queue.customers
    return (site_of(queue, centre),)


def site_of(queue: Queue, centre: Centre) -> str:
    """Country and subdivision by whose holidays a queue's site closes, or works with fewer people."""
    site = centre.sites[queue.key.site]
    return f"{site.country}-{site.subdivision}" if site.subdivision else site.country


def own_series(history: QueueHistory, centre: Centre) -> DaySeries:
    """The day totals of one queue."""
    queue = history.queue
    calendar = calendar_of(queue, centre, history.grid.axis, is_open=history.open_days)
    vouched = None if history.reading is None else history.reading.told.vouched
    return DaySeries(str(queue.key), calendar, history.day_totals, vouched)


def kin_series(members: Iterable[QueueHistory], queue: Queue, centre: Centre) -> DaySeries:
    """The summed day totals of the queues that `queue` follows, on its own customers' calendar."""
    members = tuple(members)
    totals, is_open = summed(members)
    calendar = calendar_of(queue, centre, members[0].grid.axis, is_open=is_open)
    return DaySeries(f"kin of {queue.key}", calendar, totals)
