"""A small invented centre: two sites, three languages by voice, Portuguese and Dutch small, a week like any other."""

from __future__ import annotations

from functools import cache

import pandas as pd

from planner.config import Plan, plan_from_text
from planner.domain.tables import AGENTS
from staffing.hosting.choices import Market
from staffing.hosting.lines import busy_week
from staffing.hosting.plan import Asked, Known, market_of

PLAN = """
name: t
interval_min: 30
sites:
  LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-20:00"}, seats: 60, cost_per_paid_hour: 17}
  OPO: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-20:00"}, seats: 60, cost_per_paid_hour: 10}
targets:
  voice: {service_levels: [{share: 0.8, within_s: 20}, {share: 0.9, within_s: 60}], max_abandonment: 0.05}
handling: {voice: {aht_s: 300, patience_s: 180, aht_cv: 1.0}}
contracts: {full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}}
shift_patterns: [{name: 8 h, paid_h: 8}]
queues:
  - {site: LIS, language: pt, channels: [voice], hours: {mon-fri: "09:00-17:00"}}
  - {site: LIS, language: nl, channels: [voice], hours: {mon-fri: "09:00-17:00"}}
  - {site: OPO, language: es, channels: [voice], hours: {mon-fri: "09:00-17:00"}}
hosting:
  weeks: 1
  busy_share: 1.0
  pools: {most_languages: 3, least_people: 1}
  markets: [{site: OPO, languages: [pt]}, {site: OPO, languages: [nl]}]
  lessons: [{site: LIS, language: pt, adds: nl}, {site: OPO, language: es, adds: pt}, {site: OPO, language: es, adds: nl}]
  %s
"""
A_HALF_HOUR = {"pt": 18.0, "nl": 18.0, "es": 60.0}  # contacts: 3, 3 and 10 Erlang


@cache
def plan(further: str = "payback_weeks: 52") -> Plan:
    return plan_from_text(PLAN % further)


def known(agents: pd.DataFrame | None = None) -> Known:
    """Two weeks of level demand while queues are open, no sample paths."""
    starts = pd.date_range("2026-10-05", periods=14 * 48, freq="30min", tz="UTC", unit="us")
    local = starts.tz_convert("Europe/Lisbon")
    is_open = (local.day_of_week < 5) & (local.hour >= 9) & (local.hour < 17)
    frames = [
        pd.DataFrame(
            {
                "site": key.site,
                "language": key.language,
                "channel": key.channel,
                "interval_start": starts,
                "interval_min": 30,
                "offered": is_open * A_HALF_HOUR[key.language],
                "aht_s": 300.0,
            }
        )
        for key in plan().centre.queues
    ]
    paths = pd.DataFrame(columns=["site", "language", "channel", "day", "path", "offered"])
    return Known(pd.concat(frames, ignore_index=True), paths, people() if agents is None else agents)


def people() -> pd.DataFrame:
    """Five people of each language where it is served, and two who speak pt and nl."""
    rows = [("LIS", "pt:native")] * 5 + [("LIS", "nl:native")] * 5 + [("LIS", "nl:native;pt:fluent")] * 2
    rows += [("OPO", "es:native")] * 5
    frame = pd.DataFrame(rows, columns=["site", "languages"])
    frame = frame.assign(agent_id=[f"A{n}" for n in range(len(frame))], contract="full", channels="voice")
    return frame.reindex(columns=[*dict.fromkeys([*AGENTS.empty().columns, *frame.columns])])


def asked(further: str = "payback_weeks: 52") -> Asked:
    given = plan(further)
    return Asked(given.centre, given.hosting, {"LIS": 0.9, "OPO": 0.9})


def market(further: str = "payback_weeks: 52") -> Market:
    week = busy_week(known().forecast, plan(further).hosting, interval_min=30)
    return market_of(known(), asked(further), week)
