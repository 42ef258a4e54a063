"""Floor: at least so many agents on contact in a queue whenever it is open, whatever the need."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Queue
from planner.domain.timegrid import intervals, local_day
from staffing.coverage import agents_there
from staffing.finished import Finished, misses
from staffing.wish import Wish

KEY = ["site", "language", "channel", "interval_start"]
A_MOMENT_H = 1e-9


def asked(finished: Finished) -> pd.DataFrame:
    """Days on which a queue with a floor is open; `agent_id` is the queue."""
    return _of_days(finished)[["agent_id", "site", "day"]]


def missed(finished: Finished) -> pd.DataFrame:
    """Agent-hours below the floor by queue and local day."""
    days = _of_days(finished)
    bad = days[days["short_h"] > A_MOMENT_H]
    notes = [
        f"{short:.2f} agent-hours below the floor of {least}"
        for short, least in zip(bad["short_h"], bad["floor"])
    ]
    return misses(bad, bad["short_h"], notes)


def _of_days(finished: Finished) -> pd.DataFrame:
    """Queues with a floor by open local day: agent_id (the queue), site, day, floor, short_h."""
    worked = finished.worked
    sites = set(worked.agents["site"])
    floors = [queue for queue in worked.centre.queues.values() if queue.floor and queue.key.site in sites]
    if not floors:
        return pd.DataFrame(columns=["agent_id", "site", "day", "floor", "short_h"])
    step_min = worked.centre.interval_min
    open_ = pd.concat([_open(queue, finished) for queue in floors], ignore_index=True)
    both = open_.merge(agents_there(worked.segments, interval_min=step_min), on=KEY, how="left")
    short = (both["floor"] - both["scheduled"].fillna(0.0)).clip(lower=0.0)
    keys = ["agent_id", "site", "day"]
    each = both.assign(short_h=short * step_min / 60).groupby(keys, as_index=False)
    return each.agg(floor=("floor", "first"), short_h=("short_h", "sum"))


def _open(queue: Queue, finished: Finished) -> pd.DataFrame:
    """The open intervals of a queue within the horizon's local days at its site."""
    worked, (site, language, channel) = finished.worked, queue.key
    zone, step_min = worked.centre.sites[site].time_zone, worked.centre.interval_min
    every = intervals(worked.first_day, worked.days, zone=zone, interval_min=step_min)
    moments = pd.Series(every[queue.hours.is_open(every)])
    named = {"site": site, "language": language, "channel": channel, "agent_id": str(queue.key)}
    found = pd.DataFrame({"interval_start": moments, "day": local_day(moments, zone), "floor": queue.floor})
    return found.assign(**named)


WISH = Wish("floor", "a queue's least staff whenever it is open", "h", "floor", asked, missed)
