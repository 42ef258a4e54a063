"""A tiny store for scenarios: the sample's plan, half a year of even contacts in a few of its queues, some people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from planner.config import Plan, load_plan
from planner.domain.centre import Queue, QueueKey
from planner.domain.tables import AGENTS, VOLUME
from planner.domain.timegrid import intervals
from planner.sample.parameters import read_parameters
from planner.sample.plan_file import plan_text
from planner.store import Store, publish
from planner.store.history import add_history

NOW = datetime(2026, 10, 5, 8, tzinfo=UTC)
HISTORY_DAYS, HOUR_MIN = 140, 60
LAST_DAY = date(2026, 10, 4)
AN_HOUR = {"voice": 8.0, "chat": 6.0, "messaging": 4.0, "email": 2.0, "backoffice": 1.0}
QUEUES = (
    *(QueueKey("SVQ", "es", channel) for channel in ("voice", "chat", "messaging", "email")),
    QueueKey("SVQ", "it", "voice"),
    *(QueueKey("LIS", "nl", channel) for channel in ("voice", "chat", "email")),
)
PEOPLE = 12  # of each language
QUICK = "settings: {paths: 20, workers: 1, backtest_origins: 0}\n"


def tiny(folder: Path) -> tuple[Plan, Store]:
    """A plan and a store with history and one published plan."""
    path, store = folder / "plan.yaml", Store(folder / "store")
    text = plan_text(read_parameters(scale=0.02), inputs={}).replace("interval_min: 30", "interval_min: 60")
    path.write_text(text + QUICK)
    plan = load_plan(path)
    volume = pd.concat([_volume(key, plan.centre.queues[key]) for key in QUEUES], ignore_index=True)
    agents = AGENTS.check(_people(plan))
    add_history(store, VOLUME, VOLUME.check(volume), source="tiny", now=NOW)
    add_history(store, AGENTS, agents, source="tiny", now=NOW)
    publish(store, {"AGENTS": agents}, yaml_text=path.read_text(), facts={}, seed=1, now=NOW)
    return plan, store


def _volume(key: QueueKey, queue: Queue) -> pd.DataFrame:
    """Poisson contacts, fewer at the weekend, in open half hours; written ones at every hour."""
    rng = np.random.default_rng([7, *map(ord, "".join(key))])
    first = LAST_DAY - timedelta(days=HISTORY_DAYS - 1)
    start = intervals(first, HISTORY_DAYS, zone=queue.hours.zone, interval_min=HOUR_MIN)
    if queue.kind != "deferred":
        start = start[queue.hours.is_open(start)]
    weekend = start.tz_convert(queue.hours.zone).day_of_week >= 5
    offered = rng.poisson(AN_HOUR[key.channel] * np.where(weekend, 0.7, 1.0))
    aht_s = queue.handling.aht_s
    return pd.DataFrame(
        {
            "site": key.site,
            "language": key.language,
            "channel": key.channel,
            "interval_start": start,
            "interval_min": HOUR_MIN,
            "offered": offered,
            "answered": offered,
            "handle_s": offered * aht_s,
        }
    )


def _people(plan: Plan) -> pd.DataFrame:
    contract = next(iter(plan.centre.contracts))
    served = sorted({key[:2] for key in QUEUES})
    rows = [(site, language, number) for site, language in served for number in range(PEOPLE)]
    return pd.DataFrame(
        {
            "agent_id": [f"{site}-{language}-{number}" for site, language, number in rows],
            "site": [site for site, _, _ in rows],
            "contract": contract,
            "languages": [language for _, language, _ in rows],
            "channels": "voice;chat;messaging;email;backoffice",
            "hire_date": pd.Timestamp("2024-01-01"),
        }
    )
