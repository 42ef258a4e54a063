"""A small centre for tests: two sites, voice, chat and e-mail, a week of steady days."""

from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import (
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
from planner.domain.timegrid import OpeningHours, intervals

FIRST = date(2026, 10, 19)  # the clocks of Lisbon change on the 25th
VOICE, CHAT, EMAIL, BOGOTA = (
    QueueKey("LIS", "pt", "voice"),
    QueueKey("LIS", "pt", "chat"),
    QueueKey("LIS", "pt", "email"),
    QueueKey("BOG", "es-MX", "voice"),
)
HANDLING = {
    "voice": Handling(300, 180),
    "chat": Handling(500, 300, concurrency=3, slow_down=0.25, reaction_s=10),
    "email": Handling(360),
}
TARGET = {
    "voice": Target((ServiceLevel(0.8, 20), ServiceLevel(0.9, 60)), max_abandonment=0.05, max_occupancy=0.9),
    "chat": Target((ServiceLevel(0.8, 60),), max_abandonment=0.05),
    "email": Target(deadline=Deadline(0.95, 8)),
}
KIND = {"voice": "immediate", "chat": "concurrent", "email": "deferred"}


def centre(blending: Blending | None = None) -> Centre:
    sites = {
        "LIS": Site("LIS", "Lisbon", "PT", "Europe/Lisbon", hours("Europe/Lisbon"), cost_per_paid_hour=17, shrinkage=Shrinkage(0.2, 0.1, 0.1)),
        "BOG": Site("BOG", "Bogota", "CO", "America/Bogota", hours("America/Bogota"), cost_per_paid_hour=9, shrinkage=Shrinkage(0.3)),
    }  # fmt: skip
    queues = {key: queue(key, sites[key.site]) for key in (VOICE, CHAT, EMAIL, BOGOTA)}
    return Centre("Test", 30, sites, queues, {}, (), blending=blending or Blending())


def hours(zone: str) -> OpeningHours:
    """Weekdays 8 to 20, Saturday 10 to 14, closed on Sunday."""
    return OpeningHours(zone, {**dict.fromkeys(range(5), ((480, 1200),)), 5: ((600, 840),)})


def queue(key: QueueKey, site: Site) -> Queue:
    return Queue(key, KIND[key.channel], site.hours, TARGET[key.channel], HANDLING[key.channel])  # type: ignore[arg-type]


def forecast(days: int = 7, offered: float = 24.0) -> pd.DataFrame:
    """FORECAST of every queue for every interval, open or not, with a hump at noon; p75 is a fifth more."""
    parts = []
    for key, zone in (
        (VOICE, "Europe/Lisbon"),
        (CHAT, "Europe/Lisbon"),
        (EMAIL, "Europe/Lisbon"),
        (BOGOTA, "America/Bogota"),
    ):
        starts = intervals(FIRST, days, zone=zone, interval_min=30)
        hour = starts.tz_convert(zone).hour + starts.tz_convert(zone).minute / 60
        volume = offered * np.exp(-(((np.asarray(hour) - 12) / 4) ** 2))
        part = pd.DataFrame(
            {"interval_start": starts, "interval_min": 30, "offered": volume, "p75": 1.2 * volume}
        )
        parts.append(part.assign(site=key.site, language=key.language, channel=key.channel))
    return pd.concat(parts, ignore_index=True)
