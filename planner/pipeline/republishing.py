"""A schedule planned again, published: the plan it was of with everything a schedule decides made anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.domain.schedule_tables import EXPLAIN_TABLES
from planner.pipeline import steps
from planner.pipeline.asking import Asked
from planner.pipeline.costing import costed
from planner.pipeline.explaining import explained
from planner.pipeline.handing_on import handed_on, last_events
from planner.pipeline.horizon import Horizon, within
from planner.pipeline.replanning import Replanned
from planner.pipeline.steps import Say
from planner.pipeline.wishes import wish_tables
from planner.store import PlanInfo, Store, publish, read_plan

DECIDED = ("COST_OF_PLAN", "COST_BY_QUEUE", "SERVICE_CHECK", *(table.name for table in EXPLAIN_TABLES))


@dataclass(frozen=True)
class Known:
    """What a schedule was planned again with: REQUIREMENT and the people as they are now."""

    needed: pd.DataFrame
    people: steps.People


def republish(
    plan: Plan, store: Store, info: PlanInfo, *, made: Replanned, known: Known, now: datetime, say: Say
) -> str:
    """Publish the plan `info` with the new schedule, its calendars updated; the new plan's id.

    Forecast, scorecards and all else that no schedule decides stay as they were; the simulation and the
    explanations are made again.
    """
    kept = {name: read_plan(store, info.plan_id, name) for name in info.tables if name not in DECIDED}
    tables = kept | {"REQUIREMENT": known.needed} | known.people.tables | made.tables
    horizon = _horizon(tables["SCHEDULE"], info)
    tables |= wish_tables(plan, tables, before=known.people.before, horizon=horizon)
    asked = Asked(plan, within(known.needed, plan.centre, horizon), known.people, horizon)
    tables |= explained(asked, tables["SCHEDULE"], tables["COVERAGE"], say=say)
    tables |= handed_on(plan.centre, tables, horizon=horizon, earlier=last_events(store), now=now).tables
    if {"FORECAST", "FORECAST_PATHS"} <= set(tables):
        say("simulating the schedule")
        expected = steps.Expected(tables["FORECAST"], tables["FORECAST_PATHS"])
        agents = known.people.agents
        tables["SERVICE_CHECK"] = steps.simulation(
            plan, tables["SCHEDULE"], expected, agents=agents, horizon=horizon
        )
        tables |= costed(plan, tables, horizon=horizon)
    return publish(store, tables, yaml_text=plan.text, facts=_facts(info, tables), seed=plan.seed, now=now)


def _horizon(schedule: pd.DataFrame, info: PlanInfo) -> Horizon:
    """The days of the plan's schedule, the forecast's length as published."""
    first = schedule["day"].min().date()
    if "first_day" in info.facts:
        first = min(first, date.fromisoformat(info.facts["first_day"]))
    days = max((schedule["day"].max().date() - first).days + 1, int(info.facts.get("schedule_days", 0)))
    return Horizon(first, max(int(info.facts.get("forecast_days", days)), days), days)


def _facts(info: PlanInfo, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    rows = {name: len(frame) for name, frame in tables.items()}
    return {**info.facts, "planned_again_from": info.plan_id, "agents": len(tables["AGENTS"]), "rows": rows}
