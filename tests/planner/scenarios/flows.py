"""Flows by hand: a few days of hours, and a setting over the sample's first Monday."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

from planner.config import plan_from_text
from planner.domain.centre import QueueKey
from planner.scenarios.demand import Flow
from planner.scenarios.setting import Setting

MONDAY = date(2026, 10, 5)
ES, EN = "es", "en"
YAML = """name: Two languages
interval_min: 30
seed: 1
sites:
  SVQ: {name: Seville, country: ES, time_zone: Europe/Madrid, hours: {all: "07:00-23:00"}}
targets: {voice: {max_abandonment: 0.05}, chat: {max_abandonment: 0.05}, email: {deadline: {share: 0.9, within_business_h: 8}}}
handling: {voice: {aht_s: 300, patience_s: 90}, chat: {aht_s: 600, patience_s: 90}, email: {aht_s: 400}}
queues:
  - {site: SVQ, language: es, channels: [voice, chat, email], hours: {all: "09:00-21:00"}}
  - {site: SVQ, language: en, channels: [voice, chat, email], hours: {mon-sat: "09:00-18:00"}}
"""


def flow(hours: Sequence[int], offered: float, *, days: int = 7, aht_s: float = 300.0) -> Flow:
    """`offered` contacts in each of the given hours (UTC) of so many days; paths of 0.8, 1 and 1.2 times that."""
    start = pd.DatetimeIndex(
        [pd.Timestamp(MONDAY, tz="UTC") + pd.Timedelta(days=d, hours=h) for d in range(days) for h in hours]
    )
    contacts = np.full(len(start), float(offered))
    by_day = np.full(days, float(offered) * len(hours))
    return Flow(
        start,
        60,
        pd.date_range(pd.Timestamp(MONDAY), periods=days),
        np.repeat(np.arange(days), len(hours)),
        contacts,
        np.full(len(start), float(aht_s)),
        by_day[:, None] * np.array([0.8, 1.0, 1.2]),
    )


def setting() -> Setting:
    """A setting whose first Monday is that of the flows."""
    return Setting(plan_from_text(YAML, file="plan.yaml").centre, MONDAY, 7)


def key(channel: str, language: str = ES) -> QueueKey:
    """A queue of the centre above."""
    return QueueKey("SVQ", language, channel)


def contacts(demand: Mapping[QueueKey, Flow], channel: str | None = None) -> float:
    """Contacts, of a channel or in all."""
    return float(sum(each.offered.sum() for at, each in demand.items() if channel in (None, at.channel)))


def work(demand: Mapping[QueueKey, Flow]) -> float:
    """Handling time, s."""
    return float(sum(each.work_s.sum() for each in demand.values()))
