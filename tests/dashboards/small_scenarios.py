"""Invented runs of scenarios beside the plan of the small centre: the base, chat three times, an AI."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from planner.config import load_plan
from planner.config.shipped import shipped_scenarios
from planner.domain.tables import QUEUE
from planner.pipeline.scenario import scenario_store
from planner.pipeline.scenario_ground import key_of
from planner.store import Store, plans, publish
from tests.dashboards import small_capacity
from tests.dashboards.small_capacity import WEEKS

RAN_AT = [datetime(2026, 10, 4, hour, 5, tzinfo=UTC) for hour in (22, 23)]
CHAT, AI = "s3-chat-three-times", "s4-ai-front-end"
MEASURES = [  # measure, of, unit, base, chat three times, AI
    ("contacts", "all", "contacts", 60_000, 72_000, 54_000),
    ("contacts", "chat", "contacts", 6_000, 18_000, 3_000),
    ("work", "all", "h", 6_000, 7_500, 5_500),
    ("fte_p50", "all", "FTE", 30.0, 36.0, 29.0),
    ("fte_p75", "all", "FTE", 32.5, 40.0, 31.0),
    ("fte_p90", "all", "FTE", 36.0, 44.0, 34.0),
    ("hired", "all", "people", 4, 12, 0),
    ("cost", "all", "EUR", 147_300, 180_000, 140_000),
    ("weeks_at_risk", "all", "weeks", 2, 5, 1),
    ("chance_worst", "all", "share", 0.2, 0.04, 0.35),
    ("kept_service_level", "chat", "share", 0.86, 0.41, 0.9),
    ("fcr_repeat_7d", "all", "share", 0.78, 0.77, 0.78),
]
AI_ONLY = [  # measure, value, low, high
    ("ai_resolved", 0.46, 0.35, 0.53),
    ("ai_escalated", 0.24, 0.18, 0.35),
    ("ai_bounced", 0.07, 0.07, 0.07),
]
TIMES = {"base": 1.0, CHAT: 1.2, AI: 0.9}  # contacts and need, times the base's
SERVED = {"base": 0.86, CHAT: 0.41, AI: 0.9}
CHAT_QUEUE = {"site": "LIS", "language": "pt", "channel": "chat"}


def measures(name: str) -> pd.DataFrame:
    """SCENARIO_MEASURES of a run."""
    place = ["base", CHAT, AI].index(name)
    rows = [
        {"measure": row[0], "of": row[1], "unit": row[2], "value": float(row[3 + place])} for row in MEASURES
    ]
    told = pd.DataFrame(rows).assign(low=float("nan"), high=float("nan"))
    if name == AI:
        only = pd.DataFrame(AI_ONLY, columns=["measure", "value", "low", "high"])
        told = pd.concat([told, only.assign(of="all", unit="share")], ignore_index=True)
    return told.assign(definition="invented")


def days(name: str) -> pd.DataFrame:
    """SCENARIO_DAYS: a hundred contacts on each day of six weeks, in the base."""
    every = pd.date_range(WEEKS[0], periods=42)
    rows = pd.DataFrame({"day": every, "offered": 100.0 * TIMES[name], "work_h": 10.0 * TIMES[name]})
    return rows.assign(**CHAT_QUEUE)


def paths() -> pd.DataFrame:
    """FORECAST_PATHS: ten paths whose days are 91 to 100 contacts."""
    every = pd.date_range(WEEKS[0], periods=42)
    parts = [pd.DataFrame({"day": every, "path": path, "offered": 91.0 + path}) for path in range(10)]
    return pd.concat(parts, ignore_index=True).assign(**CHAT_QUEUE)


def service(name: str) -> pd.DataFrame:
    """SCENARIO_SERVICE: one chat queue on the seven days of the fourth week."""
    every = pd.date_range(WEEKS[3], periods=7)
    rows = pd.DataFrame({"day": every, "offered": 100.0, "base": SERVED["base"], "scenario": SERVED[name]})
    return rows.assign(measure="service_level", **CHAT_QUEUE)


def steps() -> pd.DataFrame:
    """SCENARIO_STEPS: two changes that overlap by a hundred contacts."""
    rows = [
        (1, "the season", "alone", 8_000.0, 1_000.0, 4.0),
        (2, "the campaign", "alone", 4_100.0, 510.0, 3.6),
        (3, "counted twice", "overlap", -100.0, -10.0, -0.1),
        (4, "together", "together", 12_000.0, 1_500.0, 7.5),
    ]
    return pd.DataFrame(rows, columns=["step", "name", "kind", "contacts", "work_h", "fte"])


def tables(name: str) -> dict[str, pd.DataFrame]:
    """Every table of a run that the page looks at."""
    made = small_capacity.tables()
    needs = [column for column in made["CAPACITY"] if str(column).startswith("need_")]
    made["CAPACITY"][needs] *= TIMES[name]
    made |= {
        "SCENARIO_MEASURES": measures(name),
        "SCENARIO_DAYS": days(name),
        "SCENARIO_SERVICE": service(name),
    }
    if name == CHAT:
        made["SCENARIO_STEPS"] = steps()
    return made | ({"FORECAST_PATHS": paths()[[*QUEUE, "day", "path", "offered"]]} if name == "base" else {})


def write_runs(folder: Path) -> None:
    """Publish the three runs in the store, on the plan that is newest in it."""
    store = Store(folder)
    base = load_plan(plans(store)[0].yaml)
    texts = {each.name: each for each in shipped_scenarios()}
    for name, now in [("base", RAN_AT[0]), (CHAT, RAN_AT[0]), (AI, RAN_AT[1])]:
        known = texts.get(name)
        facts = {
            "scenario": name, "title": known.title if known else "As planned", "version": 1, "about": "",
            "key": key_of(base, store), "name": "Small invented centre", "currency": "EUR", "synthetic": True,
            "weeks": base.capacity.weeks, "level": "p75", "first_monday": "2026-10-05",
        }  # fmt: skip
        text = known.text if known else base.text
        publish(scenario_store(store), tables(name), yaml_text=text, facts=facts, seed=7, now=now)
