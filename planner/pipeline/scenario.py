"""A scenario on what the store knows: forecast -> changed contacts -> need -> hiring -> what it comes to.

Runs are kept in a store of their own; the published plan is read and never changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.config.difference import plan_with
from planner.config.scenario import refuse_unknown
from planner.domain.scenario import BASE, Scenario
from planner.domain.scenario_tables import SCENARIO_DAYS
from planner.domain.tables import AGENTS, QUEUE, SCORECARD
from planner.pipeline.capacity import needed, weeks_ahead
from planner.pipeline.forecasting_line import Stretch, forecast_tables, with_overrides
from planner.pipeline.from_data import measured_plan
from planner.pipeline.given import with_events, with_teaching
from planner.pipeline.history import History, history_of, known_to, refuse_coarse
from planner.pipeline.horizon import Horizon
from planner.pipeline.scenario_measures import Ran, measures_of
from planner.pipeline.scenario_service import hardest_week, service_if_kept
from planner.scenarios.change import changed
from planner.scenarios.demand import HOUR_S, Demand, demand_of, monday_after, tables_of
from planner.scenarios.human_route import refuse_closed_route
from planner.scenarios.setting import Setting
from planner.store import (
    PlanInfo,
    Store,
    contact_files,
    current,
    history_state,
    plans,
    publish,
    read_plan,
)
from staffing.capacity.people import Planning
from staffing.capacity.plan import Search, capacity_plan

Say = Callable[[str], None]
FOLDER = "scenarios"  # beside the plans, in a store of its own
KEPT = ("CAPACITY_NEED", "CAPACITY", "HEADCOUNT", "CLASSES", "CROSS_TRAINED", "CAPACITY_COST")


@dataclass(frozen=True)
class Ground:
    """What scenarios stand on: the base plan as the history has it, its forecast, and a key of both."""

    plan: Plan
    history: History
    horizon: Horizon
    forecast: pd.DataFrame
    paths: pd.DataFrame
    scorecard: pd.DataFrame
    key: str

    @property
    def demand(self) -> Demand:
        """The base's contacts."""
        return demand_of(self.forecast, self.paths, self.plan.centre)


@dataclass(frozen=True)
class Asked:
    """A scenario to run, the file it came from for messages, and how hard its hiring is searched."""

    scenario: Scenario
    file: str
    search: Search


def scenario_store(store: Store) -> Store:
    """Where the runs of scenarios of a store are."""
    return Store(store.folder / FOLDER)


def run_scenario(base: Plan, store: Store, asked: Asked, *, now: datetime, say: Say) -> str:
    """Run one scenario, and the base if it was not run on this history yet; the id of the scenario's run.

    InputError when its plan is wrong, it names what the plan does not know, or closes the human route.
    """
    scenario = asked.scenario
    wanted = plan_with(base, scenario, file=asked.file)
    refuse_unknown(scenario, wanted.centre, file=asked.file)
    base, wanted = _as_long(base, scenario), _as_long(wanted, scenario)
    first = pd.Timestamp(monday_after(weeks_ahead(base, _history(base, store)).first_day))
    refuse_closed_route(base.centre, scenario, wanted.centre, week=first, file=asked.file)
    made = base_run(base, store, asked.search, now=now, say=say)
    if scenario == BASE:
        return made.plan_id
    ground = _ground(base, store, made)
    return _publish(ground, wanted, asked, store, now=now, say=say)


def base_run(base: Plan, store: Store, search: Search, *, now: datetime, say: Say) -> PlanInfo:
    """The run of the base as it is planned: the one kept for this history and plan, else a new one."""
    kept, key = scenario_store(store), _key(base, store)
    for info in plans(kept) if current(kept) else ():
        if info.facts.get("key") == key and info.facts.get("scenario") == BASE.name:
            return info
    say("running the base, which every scenario is compared with")
    history, plan = _history(base, store), _told(base, store)
    horizon = weeks_ahead(plan, history)
    forecast = _forecast(plan, history, horizon, today=now.astimezone(UTC).date(), say=say)
    ground = Ground(plan, history, horizon, *forecast, _scorecard(store), key)
    made = _publish(ground, base, Asked(BASE, "plan.yaml", search), store, now=now, say=say)
    return next(info for info in plans(kept) if info.plan_id == made)


def _as_long(plan: Plan, scenario: Scenario) -> Plan:
    if scenario.weeks is None:
        return plan
    return replace(plan, capacity=replace(plan.capacity, weeks=scenario.weeks))


def _key(base: Plan, store: Store) -> str:
    """What a base run depends on."""
    known = f"{base.text}|{base.capacity.weeks}|{base.capacity.level}|{sorted(history_state(store).items())}"
    return sha256(known.encode()).hexdigest()[:16]


def _history(plan: Plan, store: Store) -> History:
    history, _ = known_to(plan.centre, history_of(store))
    refuse_coarse(history.volume, plan.centre)
    return history


def _told(plan: Plan, store: Store) -> Plan:
    history = _history(plan, store)
    told = with_teaching(with_events(plan, history.events), history.teaching)
    return measured_plan(told, contact_files(store))[0]


def _forecast(
    plan: Plan, history: History, horizon: Horizon, *, today: date, say: Say
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """FORECAST and FORECAST_PATHS of the weeks, overrides on them."""
    quick = replace(plan, settings=replace(plan.settings, backtest_origins=0))
    made = forecast_tables(quick, history.volume, horizon=horizon, say=say)
    done = with_overrides(made, history.overrides, plan, horizon=horizon, today=today).made
    return done["FORECAST"], done["FORECAST_PATHS"]


def _scorecard(store: Store) -> pd.DataFrame:
    info = current(store)
    known = info is not None and info.tables.get("SCORECARD")
    return read_plan(store, info.plan_id, "SCORECARD") if info and known else SCORECARD.empty()


def _ground(base: Plan, store: Store, made: PlanInfo) -> Ground:
    """The base as its run was kept."""
    plan, history, kept = _told(base, store), _history(base, store), scenario_store(store)
    forecast, paths = (read_plan(kept, made.plan_id, name) for name in ("FORECAST", "FORECAST_PATHS"))
    return Ground(
        plan, history, weeks_ahead(plan, history), forecast, paths, _scorecard(store), made.facts["key"]
    )


def _publish(ground: Ground, wanted: Plan, asked: Asked, store: Store, *, now: datetime, say: Say) -> str:
    say(f"scenario {asked.scenario.name}: changing the contacts that come")
    plan = _told(wanted, store)
    forecast = _forecast_for(plan, ground, now=now, say=say)
    start = demand_of(*forecast, plan.centre)
    setting = Setting(plan.centre, monday_after(ground.horizon.first_day), plan.seed)
    demand = changed(start, asked.scenario, setting)
    made = _planned(plan, ground, demand, asked.search, say=say)
    say("what becomes of service if nobody reacts")
    week = hardest_week(ground.demand, demand)
    made["SCENARIO_SERVICE"] = service_if_kept(
        ground.demand, demand, ground.forecast, centre=ground.plan.centre, week=week
    )
    ran = Ran(asked.scenario, setting, demand, made, ground.scorecard, plan.capacity.weeks)
    made["SCENARIO_MEASURES"] = measures_of(ran)
    made["SCENARIO_DAYS"] = days_of(demand)
    if asked.scenario == BASE:
        made |= {"FORECAST": ground.forecast, "FORECAST_PATHS": ground.paths}
    facts = _facts(ground, asked, plan)
    text = asked.scenario.text or plan.text
    return publish(scenario_store(store), made, yaml_text=text, facts=facts, seed=plan.seed, now=now)


def _forecast_for(
    plan: Plan, ground: Ground, *, now: datetime, say: Say
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The base's forecast; forecast anew where the scenario changes what a forecast looks at."""
    if looked_at(plan, ground.plan) == looked_at(ground.plan, ground.plan):
        return ground.forecast, ground.paths
    today = now.astimezone(UTC).date()
    return _forecast(plan, ground.history, ground.horizon, today=today, say=say)


def looked_at(plan: Plan, base: Plan) -> object:
    """What of a plan a forecast depends on: events, and the days and hours of queues that are forecast.

    A new queue that nothing is expected of is not: it lives on contacts moved to it.
    """
    forecast = {
        key: (queue.hours, queue.first_day, queue.last_day, queue.planned)
        for key, queue in plan.centre.queues.items()
        if key in base.centre.queues or queue.planned is not None
    }
    return plan.centre.events, plan.first_day, plan.settings.paths, forecast


def _planned(
    plan: Plan, ground: Ground, demand: Demand, search: Search, *, say: Say
) -> dict[str, pd.DataFrame]:
    """The capacity plan of the changed contacts."""
    intervals, paths = tables_of(demand)
    made = Stretch({"FORECAST": intervals, "FORECAST_PATHS": paths}, [])
    need = needed(plan, made, ground.horizon, say=say)
    agents = ground.history.agents if len(ground.history.agents) else AGENTS.empty()
    first = monday_after(ground.horizon.first_day)
    planning = Planning(plan.centre, plan.capacity, first)
    tables = capacity_plan(need, agents, paths, planning=planning, search=search, say=say)
    return {"CAPACITY_NEED": need} | {name: tables[name] for name in KEPT if name in tables}


def days_of(demand: Demand) -> pd.DataFrame:
    """SCENARIO_DAYS of a demand."""
    parts = [
        pd.DataFrame(
            {
                "day": flow.days,
                "offered": flow.by_day(flow.offered),
                "work_h": flow.by_day(flow.work_s) / HOUR_S,
            }
        ).assign(site=key[0], language=key[1], channel=key[2])
        for key, flow in demand.items()
    ]
    whole = pd.concat(parts, ignore_index=True)
    return SCENARIO_DAYS.check(whole[[*QUEUE, "day", "offered", "work_h"]])


def _facts(ground: Ground, asked: Asked, plan: Plan) -> dict[str, Any]:
    scenario = asked.scenario
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "version": scenario.version,
        "about": scenario.about,
        "key": ground.key,
        "name": plan.centre.name,
        "currency": plan.centre.currency,
        "weeks": plan.capacity.weeks,
        "level": plan.capacity.level,
        "first_monday": monday_after(ground.horizon.first_day).isoformat(),
        "synthetic": plan.centre.synthetic,
    }
