"""A scenario on what the store knows: forecast -> changed contacts -> need -> hiring -> what it comes to.

Runs are kept in a store of their own; the published plan is read and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.config.difference import plan_with
from planner.config.scenario import refuse_unknown
from planner.domain.scenario import BASE, Scenario
from planner.domain.scenario_tables import SCENARIO_DAYS
from planner.domain.tables import AGENTS, QUEUE
from planner.pipeline.capacity import needed
from planner.pipeline.forecasting_line import Stretch
from planner.pipeline.scenario_ai import freed_by_ai
from planner.pipeline.scenario_flood import Cases, backlog_after, floods, without_bulk
from planner.pipeline.scenario_ground import (
    FORECAST_AND_PATHS,
    Expected,
    Ground,
    Say,
    as_long,
    forecast_of,
    ground_of,
    over_weeks,
    scenario_store,
)
from planner.pipeline.scenario_measures import Ran, full_time_h, measures_of
from planner.pipeline.scenario_more import of_its_own
from planner.pipeline.scenario_reply import replies_of, reply_table
from planner.pipeline.scenario_service import hardest_week, service_if_kept
from planner.pipeline.scenario_steps import steps_of
from planner.pipeline.scenario_teams import of_teams
from planner.pipeline.scenario_weeks import weeks_of
from planner.scenarios.change import changed
from planner.scenarios.demand import HOUR_S, Demand, demand_of, tables_of
from planner.scenarios.human_route import half_hours, refuse_closed_route
from planner.scenarios.setting import Setting
from planner.scenarios.when import refuse_outside
from planner.store import PlanInfo, Store, current, plans, publish, read_plan
from staffing.capacity.people import Planning
from staffing.capacity.plan import Search, capacity_plan

__all__ = ["Asked", "base_of", "run_scenario", "scenario_store"]

OF_PEOPLE = ("CAPACITY", "HEADCOUNT", "CLASSES", "CROSS_TRAINED", "CAPACITY_COST")
BESIDE = ("CAPACITY_NEED", "CAPACITY", "HEADCOUNT")  # of the base's run, looked at by others


@dataclass(frozen=True)
class Asked:
    """A scenario to run, the file it came from for messages, and how hard its hiring is searched."""

    scenario: Scenario
    file: str
    search: Search


def run_scenario(base: Plan, store: Store, asked: Asked, *, now: datetime, say: Say) -> str:
    """Run one scenario, and the base if it was not run on this history yet; the id of the scenario's run.

    InputError when its plan is wrong, it names what the plan does not know, or closes the human route.
    """
    scenario = asked.scenario
    changed_plan, base = plan_with(base, scenario, file=asked.file), as_long(base, scenario)
    wanted = over_weeks(changed_plan, base.capacity.weeks)
    refuse_unknown(scenario, wanted.centre, file=asked.file)
    ground = ground_of(base, store)
    weeks = ground.plan.capacity.weeks
    refuse_outside(scenario, first_monday=ground.monday, weeks=weeks, file=asked.file)
    planned = half_hours(ground.monday, weeks)
    refuse_closed_route(ground.plan.centre, scenario, wanted.centre, start=planned, file=asked.file)
    made = _base_run(ground, store, asked.search, now=now, say=say)
    if scenario == BASE:
        return made.plan_id
    kept = scenario_store(store)
    forecast, paths = (read_plan(kept, made.plan_id, name) for name in FORECAST_AND_PATHS)
    beside = {name: read_plan(kept, made.plan_id, name) for name in BESIDE}
    expected = Expected(forecast, paths, beside)
    tables = _tables(ground, ground.told(wanted, store), asked, expected, now=now, say=say)
    return _published(tables, ground, wanted, asked, store, now=now)


def base_of(store: Store, run: str) -> PlanInfo:
    """The run of the base, over the same weeks of the same history, that a run is compared with."""
    every = plans(scenario_store(store))
    key = next(info.facts["key"] for info in every if info.plan_id == run)
    return _kept_base(store, key) or next(info for info in every if info.plan_id == run)


def _kept_base(store: Store, key: str) -> PlanInfo | None:
    kept = scenario_store(store)
    for info in plans(kept) if current(kept) else ():
        if info.facts.get("key") == key and info.facts.get("scenario") == BASE.name:
            return info
    return None


def _base_run(ground: Ground, store: Store, search: Search, *, now: datetime, say: Say) -> PlanInfo:
    """The run of the base as it is planned: the one kept for this history and plan, else a new one."""
    found = _kept_base(store, ground.key)
    if found is not None:
        return found
    say("running the base, which every scenario is compared with")
    today, asked = now.astimezone(UTC).date(), Asked(BASE, "plan.yaml", search)
    expected = Expected(*forecast_of(ground.plan, ground, today=today, say=say), {})
    made = _tables(ground, ground.plan, asked, expected, now=now, say=say)
    made |= dict(zip(FORECAST_AND_PATHS, (expected.forecast, expected.paths), strict=True))
    run = _published(made, ground, ground.plan, asked, store, now=now)
    return next(info for info in plans(scenario_store(store)) if info.plan_id == run)


def _tables(
    ground: Ground, plan: Plan, asked: Asked, expected: Expected, *, now: datetime, say: Say
) -> dict[str, pd.DataFrame]:
    """Every table of a run, by name."""
    scenario, setting = asked.scenario, ground.setting(plan)
    say(f"scenario {scenario.name}: changing the contacts that come")
    start = _start(plan, ground, expected, now=now, say=say)
    demand, base = changed(start, scenario, setting), expected.demand(ground.plan)
    made = _planned(plan, ground, demand, asked.search, say=say)
    made["SCENARIO_DAYS"] = days_of(demand)
    made["SCENARIO_WEEKS"] = weeks_of(made, expected.run or made, level=plan.capacity.level)
    made["SCENARIO_STEPS"] = steps_of(
        scenario,
        start,
        setting,
        need=lambda each: _need(plan, ground, each, say=say),
        whole=made,
        full_time_h=full_time_h(plan.centre),
    )
    say("what becomes of service if nobody reacts")
    cases = Cases(base, demand, changed(start, without_bulk(scenario), setting))
    made |= _reactions(scenario, cases, expected.forecast, ground.plan, setting)
    replies = replies_of(scenario, base, demand, setting)
    made["SCENARIO_REPLY"] = reply_table(replies)
    ran = Ran(scenario, setting, start, demand, made, ground.scorecard, plan.capacity.weeks)
    freed = freed_by_ai(
        scenario, start, setting, need=lambda each: _need(plan, ground, each, say=say), whole=made
    )
    more = [*of_teams(replies), *of_its_own(ran, ground.plan.centre), *freed]
    return made | {"SCENARIO_MEASURES": measures_of(ran, more=more)}


def _reactions(
    scenario: Scenario, cases: Cases, forecast: pd.DataFrame, plan: Plan, setting: Setting
) -> dict[str, pd.DataFrame]:
    """What the contacts do to the service and the backlog of the people whom the base plan needs."""
    week = hardest_week(cases.base, cases.scenario)
    kept = service_if_kept(cases.base, cases.scenario, forecast, centre=plan.centre, week=week)
    if floods(scenario):
        alone = service_if_kept(cases.base, cases.no_bulk, forecast, centre=plan.centre, week=week)
        key = [*QUEUE, "day", "measure"]
        kept = kept.merge(
            alone[[*key, "scenario"]].rename(columns={"scenario": "no_bulk"}), on=key, how="left"
        )
    backlog = backlog_after(scenario, cases, forecast, plan=plan, setting=setting)
    return {"SCENARIO_SERVICE": kept, "SCENARIO_BACKLOG": backlog}


def _start(plan: Plan, ground: Ground, expected: Expected, *, now: datetime, say: Say) -> Demand:
    """The base's contacts; forecast anew where the scenario changes what a forecast looks at."""
    if looked_at(plan, ground.plan) == looked_at(ground.plan, ground.plan):
        return expected.demand(plan)
    today = now.astimezone(UTC).date()
    return demand_of(*forecast_of(plan, ground, today=today, say=say), plan.centre)


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


def _need(plan: Plan, ground: Ground, demand: Demand, *, say: Say) -> pd.DataFrame:
    """CAPACITY_NEED of contacts."""
    intervals, paths = tables_of(demand)
    made = Stretch({"FORECAST": intervals, "FORECAST_PATHS": paths}, [])
    return needed(plan, made, ground.horizon, say=say)


def _planned(
    plan: Plan, ground: Ground, demand: Demand, search: Search, *, say: Say
) -> dict[str, pd.DataFrame]:
    """The capacity plan of the changed contacts."""
    need, paths = _need(plan, ground, demand, say=say), tables_of(demand)[1]
    agents = ground.history.agents if len(ground.history.agents) else AGENTS.empty()
    planning = Planning(plan.centre, plan.capacity, ground.monday)
    tables = capacity_plan(need, agents, paths, planning=planning, search=search, say=say)
    return {"CAPACITY_NEED": need} | {name: tables[name] for name in OF_PEOPLE}


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


def _published(
    made: dict[str, pd.DataFrame], ground: Ground, plan: Plan, asked: Asked, store: Store, *, now: datetime
) -> str:
    text, facts = asked.scenario.text or plan.text, _facts(ground, asked.scenario, plan)
    return publish(scenario_store(store), made, yaml_text=text, facts=facts, seed=plan.seed, now=now)


def _facts(ground: Ground, scenario: Scenario, plan: Plan) -> dict[str, Any]:
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
        "first_monday": ground.monday.isoformat(),
        "synthetic": plan.centre.synthetic,
    }
