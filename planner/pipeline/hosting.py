"""The hosting line: the newest plan's forecast and today's people -> where to serve each language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.domain.problems import InputError, Problem
from planner.domain.tables import AGENTS, QUEUE
from planner.pipeline.from_data import refuse_unmeasured, with_settings
from planner.store import PlanInfo, Store, current, plans, publish, read_history, read_plan
from staffing.hosting.plan import Asked, HostingPlan, Known, hosting_plan
from staffing.hosting.programme import Search

Say = Callable[[str], None]
FOLDER = "hosting"  # beside the plans, in a store of its own
PATHS_USED = ["site", "language", "channel", "day", "path", "offered"]


@dataclass(frozen=True)
class Hosted:
    """A published hosting plan; `newer`: a forecast was published since."""

    plan_id: str
    made_at: datetime
    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]
    newer: bool


def hosting_store(store: Store) -> Store:
    """Where the hosting plans of a store are."""
    return Store(store.folder / FOLDER)


def newest_hosting(store: Store) -> Hosted | None:
    """The hosting plan published last; None before the first."""
    kept = hosting_store(store)
    info = current(kept)
    if info is None:
        return None
    tables = {name: read_plan(kept, info.plan_id, name) for name in info.tables}
    newest = _newest_forecast(store)
    newer = newest is not None and newest.plan_id != info.facts.get("plan")
    return Hosted(info.plan_id, info.made_at, info.facts, tables, newer)


def plan_hosting(plan: Plan, store: Store, *, now: datetime, search: Search, say: Say) -> str:
    """Where to serve each language by the newest published forecast; publishes it and returns its id.

    InputError when the store has no published forecast; Infeasible when the limits leave no answer.
    """
    info = _newest_forecast(store)
    if info is None:
        note = "has no published forecast; make one first: planner plan plan.yaml --store STORE"
        raise InputError([Problem("no_forecast", note, str(store.folder))])
    plan = _measured(plan, store, info)
    say(f"forecast of plan {info.plan_id}")
    made = hosting_plan(_known(store, info, plan), _asked(plan), search=search, say=say)
    for language, sites in made.one_site.items():
        where = ", ".join(sites)
        say(
            f"{language} should have two sites, only {where} could serve it: hosting.markets may name another"
        )
    facts = _facts(plan, made, info)
    return publish(
        hosting_store(store), made.tables, yaml_text=plan.text, facts=facts, seed=search.seed, now=now
    )


def _newest_forecast(store: Store) -> PlanInfo | None:
    return next((info for info in plans(store) if info.tables.get("FORECAST")), None)


def _measured(plan: Plan, store: Store, info: PlanInfo) -> Plan:
    """The plan with the settings that its forecast took from data."""
    if info.tables.get("HANDLING_FROM_DATA"):
        plan = with_settings(plan, read_plan(store, info.plan_id, "HANDLING_FROM_DATA"))
    refuse_unmeasured(plan)
    return plan


def _known(store: Store, info: PlanInfo, plan: Plan) -> Known:
    """Forecast and paths of the queues that the plan knows, and the people."""
    columns = ["site", "language", "channel", "interval_start", "interval_min", "offered", "aht_s"]
    forecast = read_plan(store, info.plan_id, "FORECAST").reindex(columns=columns)  # without AHT: the queue's
    paths = pd.DataFrame(columns=PATHS_USED)
    if info.tables.get("FORECAST_PATHS"):
        paths = read_plan(store, info.plan_id, "FORECAST_PATHS", columns=PATHS_USED)
    agents = read_history(store, AGENTS)
    agents = agents if len(agents) else AGENTS.empty()
    return Known(_of_queues(forecast, plan), _of_queues(paths, plan), agents)


def _of_queues(frame: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    queues = pd.DataFrame(list(plan.centre.queues), columns=list(QUEUE))
    return frame.merge(queues, on=list(QUEUE)).reset_index(drop=True) if len(frame) else frame


def _asked(plan: Plan) -> Asked:
    efficiency = {code: site.roster_efficiency for code, site in plan.capacity.sites.items()}
    return Asked(plan.centre, plan.hosting, efficiency)


def _facts(plan: Plan, made: HostingPlan, info: PlanInfo) -> dict[str, Any]:
    """What a page says about the hosting plan besides its tables."""
    hosting = plan.hosting
    return {
        "name": plan.centre.name,
        "synthetic": plan.centre.synthetic,
        "currency": plan.centre.currency,
        "plan": info.plan_id,
        "week": made.week.first.date().isoformat(),
        "level": hosting.level,
        "payback_weeks": hosting.payback_weeks,
        "one_site": {language: list(sites) for language, sites in made.one_site.items()},
        "bounds": [
            {"language": b.language, "sites": list(b.sites), "channels": list(b.channels), "reason": b.reason}
            for b in hosting.bounds
        ],
    }
