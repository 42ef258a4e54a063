"""A centre of one or two small sites, with the tables a simulation takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from planner.domain.centre import (
    CHANNEL_KINDS,
    Blending,
    Centre,
    Deadline,
    Handling,
    Queue,
    QueueKey,
    ServiceLevel,
    Shrinkage,
    Site,
    Target,
)
from planner.domain.tables import AGENTS, FORECAST, FORECAST_PATHS, SCHEDULE
from planner.domain.timegrid import OpeningHours, around_the_clock, intervals, midnight

ZONE, MONDAY = "Europe/Lisbon", date(2026, 10, 5)
VOICE = Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05)
EMAIL = Target(deadline=Deadline(0.95, 8))


def queue(
    key: QueueKey,
    *,
    target: Target = VOICE,
    handling: Handling | None = None,
    hours: OpeningHours | None = None,
) -> Queue:
    """A queue open around the clock unless said otherwise; AHT 300 s, patience 180 s."""
    kind = CHANNEL_KINDS[key.channel]
    return Queue(key, kind, hours or around_the_clock(ZONE), target, handling or Handling(300.0, 180.0))


def centre(
    *queues: Queue, shrinkage: Shrinkage | None = None, blending: Blending | None = None, zone: str = ZONE
) -> Centre:
    """The queues' sites, all with the same shrinkage (none by default)."""
    sites = {
        code: Site(code, code, "PT", zone, around_the_clock(zone), shrinkage=shrinkage or Shrinkage())
        for code in dict.fromkeys(one.key.site for one in queues)
    }
    by_key = {one.key: one for one in queues}
    return Centre("test", 30, sites, by_key, {}, (), blending=blending or Blending())


def forecast(
    keys: Sequence[QueueKey], *, offered: float, days: int, first_day: date = MONDAY, zone: str = ZONE
) -> pd.DataFrame:
    """FORECAST with the same expected contacts in every half-hour."""
    starts = intervals(first_day, days, zone=zone, interval_min=30)
    rows = [
        pd.DataFrame({**key._asdict(), "interval_start": starts, "interval_min": 30, "offered": offered})
        for key in keys
    ]
    return FORECAST.check(pd.concat(rows, ignore_index=True))


def paths(keys: Sequence[QueueKey], *, totals: np.ndarray, first_day: date = MONDAY) -> pd.DataFrame:
    """FORECAST_PATHS from an array of paths x days, the same in every queue."""
    count, days = totals.shape
    day = pd.date_range(first_day, periods=days).repeat(count)
    rows = [
        pd.DataFrame(
            {
                **key._asdict(),
                "day": day,
                "path": np.tile(np.arange(count), days),
                "offered": totals.T.ravel(),
            }
        )
        for key in keys
    ]
    return FORECAST_PATHS.check(pd.concat(rows, ignore_index=True))


def no_paths() -> pd.DataFrame:
    """No sample paths: the forecast is certain but for Poisson luck."""
    return FORECAST_PATHS.empty()


def around_the_clock_schedule(
    key: QueueKey, *, agents: int, days: int, first_day: date = MONDAY, zone: str = ZONE
) -> pd.DataFrame:
    """SCHEDULE with that many agents on contact all day, one segment a local day."""
    day = [first_day + timedelta(days=i) for i in range(days)]
    rows = pd.DataFrame(
        {
            "day": pd.to_datetime(day),
            "start": [midnight(one, zone) for one in day],
            "end": [midnight(one + timedelta(days=1), zone) for one in day],
        }
    )
    people = pd.DataFrame(
        {"agent_id": [f"{key.site}-{key.language}-{key.channel}-{i:03d}" for i in range(agents)]}
    )
    return SCHEDULE.check(
        people.merge(rows, how="cross").assign(
            site=key.site, shift="all day", activity="contact", language=key.language, channel=key.channel
        )
    )


def agents_of(schedule: pd.DataFrame) -> pd.DataFrame:
    """AGENTS with everyone on the schedule."""
    people = schedule[["agent_id", "site"]].drop_duplicates()
    return AGENTS.check(people.assign(contract="full", languages="pt:native", channels="voice;chat;email"))


def with_handling(queue: Queue, **changes: object) -> Queue:
    """The queue with other handling values."""
    return replace(queue, handling=replace(queue.handling, **changes))
