"""An outage: many contacts in a few hours, some of them answered by one message to all."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.scenario import Flood, day_of
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.setting import Setting


def flooded(demand: Demand, change: Flood, setting: Setting) -> dict[QueueKey, Flow]:
    """The queues meant with the outage's contacts on top of their day."""
    day = day_of(change.day, setting.first_monday) + timedelta(days=change.weekday)
    found = dict(demand)
    for key in setting.meant(demand, change.where):
        found[key] = _one(demand[key], change, pd.Timestamp(day), setting.centre.sites[key[0]].time_zone)
    return found


def _one(flow: Flow, change: Flood, day: pd.Timestamp, zone: str) -> Flow:
    """Contacts from the hour on, halving every `half_h`, until the queue closes that day.

    Those answered by the message to all reach nobody; the time it takes is work all the same.
    """
    local = flow.start.tz_convert(zone)
    hour = local.hour + local.minute / 60
    today = (flow.days[flow.day_of] == day) & np.asarray(hour >= change.hour)
    if not today.any():
        return flow
    shape = np.where(today, 0.5 ** ((np.asarray(hour) - change.hour) / change.half_h), 0.0)
    usual = float(flow.offered[flow.days[flow.day_of] == day].sum())
    more = usual * change.contacts * shape / shape.sum()
    reach = (1 - change.bulk_share) * more
    work_s = change.bulk_share * more * change.bulk_s + reach * change.aht * flow.aht_s
    paths = np.repeat(flow.by_day(reach)[:, None], flow.paths.shape[1], axis=1)
    return flow.with_more(reach, work_s, paths)
