"""What people wish for as prices of the shifts they may work: the linear wishes together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, QueueKey
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import BEGIN, END, WHICH, Shifts
from staffing.shifts import Shift
from staffing.wish import Asked, Offers, Wish

SUNDAY = 6
Holds = Callable[[pd.DatetimeIndex], np.ndarray]


class Wanted(NamedTuple):
    """Penalty units: `shift` of working a shift (agent x day x place, may be negative), `idle` of a free day.

    A roster's price is the sum of `idle` over all days and of `shift` over the shifts worked.
    """

    shift: np.ndarray
    idle: np.ndarray


def wanted(asked: Asked, offers: Offers, *, wishes: Iterable[Wish]) -> Wanted:
    """The prices of all linear wishes together; what weighs nothing is left out."""
    agents, (_, days, places) = len(asked.kind), offers.start_min.shape
    shift, idle = np.zeros((agents, days, places), np.float32), np.zeros((agents, days))
    for wish in wishes:
        if wish.cost is not None and wish.price(asked.soft) > 0:
            shift += wish.cost(asked, offers).astype(np.float32)
        if wish.idle is not None:
            idle += wish.idle(asked)
    return Wanted(shift, idle)


def offers_of(table: Shifts, shifts: Sequence[Shift], asked: Asked, *, clock: Clock) -> Offers:
    """The shifts of `table` by the site's clock; `shifts` names its rows."""
    which, begin, end = (table.starts[..., column] for column in (WHICH, BEGIN, END))
    start_min = np.array([shift.start_min for shift in shifts] or [0], float)
    paid = np.array([shift.paid_min / shift.span_min for shift in shifts] or [1.0])[which]
    site, hours = asked.people.site, clock.interval_min / 60

    def paid_h(holds: Holds) -> np.ndarray:
        before = clock.when(holds)
        return np.asarray((before[end] - before[begin]) * hours * paid)

    return Offers(
        start_min[which],
        paid_h(lambda moments: _at_night(moments, site.time_zone, site.labour.night)),
        paid_h(lambda moments: np.asarray(moments.tz_convert(site.time_zone).day_of_week == SUNDAY)),
        paid_h(lambda moments: _on_days(moments, site.time_zone, asked.holidays)),
    )


def _on_days(moments: pd.DatetimeIndex, zone: str, days: Collection[date]) -> np.ndarray:
    local = moments.tz_convert(zone).tz_localize(None).normalize()
    return np.asarray(local.isin([pd.Timestamp(day) for day in days]))


def _at_night(moments: pd.DatetimeIndex, zone: str, night: tuple[int, int]) -> np.ndarray:
    hour, (begin, end) = np.asarray(moments.tz_convert(zone).hour), night
    if begin <= end:
        return (hour >= begin) & (hour < end)
    return (hour >= begin) | (hour < end)


def floors(queues: Sequence[QueueKey], centre: Centre, clock: Clock) -> np.ndarray:
    """Least agents wanted on contact, queue x interval of the horizon; 0 while a queue is closed."""
    moments = clock.intervals[: clock.horizon]
    rows = [centre.queues[key].floor * centre.queues[key].hours.is_open(moments) for key in queues]
    return np.array(rows, float).reshape(len(queues), len(moments))
