"""A store with a published schedule of the planted centre, and its plan.yaml."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from planner.domain import tables as t
from planner.exporters.tabular import write_table
from planner.store import Store, publish
from tests.staffing.scheduling.planted import Planted, centre_of, planted

YAML = """name: Planted
interval_min: 30
seed: 1
sites:
  SVQ: {name: SVQ, country: ES, time_zone: Europe/Madrid, hours: {all: "07:00-23:00"}, labour: spain}
labour: {spain: {daily_rest_h: 12, weekly_rest_h: 36, day_max_h: 9, week_max_h: 40, break_min: 15}}
targets: {voice: {max_abandonment: 0.05}, chat: {max_abandonment: 0.05}}
handling: {voice: {aht_s: 300, patience_s: 90}, chat: {aht_s: 600, patience_s: 90}}
queues:
  - {site: SVQ, language: es, channels: [voice, chat]}
  - {site: SVQ, language: it, channels: [voice, chat]}
  - {site: SVQ, language: ro, channels: [voice, chat]}
contracts:
  full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}
  part: {weekly_hours: 30, days_per_week: 5, shift_h: [6]}
  half: {weekly_hours: 20, days_per_week: 5, shift_h: [4]}
shift_patterns: [{name: full 8 h, paid_h: 8}, {name: part 6 h, paid_h: 6}, {name: half 4 h, paid_h: 4}]
settings: {seconds_per_site: 600, pairs_each: 150, workers: 1}
"""
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def plan_file(folder: Path) -> Path:
    """The plan.yaml of the planted centre, written to the folder."""
    path = folder / "plan.yaml"
    path.write_text(YAML)
    return path


def week(seed: int = 1, number: int = 12, days: int = 7) -> Planted:
    """A planted plan of the centre that `YAML` describes."""
    return planted(seed, number, centre=centre_of(), days=days)


def published(store: Store, plan: Planted, schedule: pd.DataFrame, *, now: datetime = NOW) -> str:
    """Publish a schedule with its people and its requirement."""
    made = {"SCHEDULE": schedule, "AGENTS": plan.agents, "ABSENCES": plan.absences}
    facts = {"first_day": plan.first_day.isoformat(), "schedule_days": plan.days}
    return publish(store, made, yaml_text=YAML, facts=facts, seed=1, now=now)


def written(frame: pd.DataFrame, name: str, folder: Path) -> Path:
    """A declared table as a CSV file."""
    table = next(each for each in t.TABLES if each.name == name)
    path = folder / f"{name.lower()}.csv"
    write_table(frame, table, path)
    return path
