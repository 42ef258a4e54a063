"""A centre of two sites for the scorecards' tests, and VOLUME rows for it."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import (
    CHANNEL_KINDS,
    Centre,
    Deadline,
    Handling,
    Queue,
    QueueKey,
    ServiceLevel,
    Site,
    Target,
)
from planner.domain.tables import VOLUME
from planner.domain.timegrid import around_the_clock

ZONES = {"LIS": "Europe/Lisbon", "BOG": "America/Bogota"}
TARGETS = {
    "voice": Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05),
    "chat": Target((ServiceLevel(0.8, 60),)),
    "messaging": Target((ServiceLevel(0.8, 60),)),
    "email": Target(deadline=Deadline(0.95, 8)),
}


def centre(*keys: QueueKey, targets: dict[QueueKey, Target] | None = None) -> Centre:
    """Queues open around the clock with the usual target of their channel, or the one given."""
    sites = {code: Site(code, code, "PT", zone, around_the_clock(zone)) for code, zone in ZONES.items()}
    queues = {
        key: Queue(
            key,
            CHANNEL_KINDS[key.channel],
            around_the_clock(ZONES[key.site]),
            (targets or {}).get(key, TARGETS[key.channel]),
            Handling(300),
        )
        for key in keys
    }
    return Centre("test", 30, sites, queues, {}, ())


def volume(*rows: dict) -> pd.DataFrame:
    """VOLUME from rows that name at least key and interval_start."""
    frame = pd.DataFrame([{"interval_min": 30, **row} for row in rows])
    return VOLUME.check(frame)


def only(card: pd.DataFrame, measure: str, **subject: str) -> pd.Series:
    """The one row of a measure whose dimensions are as given, "all" unless named."""
    wanted = {"site": "all", "language": "all", "channel": "all"} | subject
    rows = card[card["measure"] == measure]
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]
