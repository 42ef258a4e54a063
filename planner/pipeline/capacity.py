"""The capacity line: history -> long forecast -> hours needed by week -> whom to hire and teach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.domain.capacity_levers import MoreVolume
from planner.domain.capacity_tables import CAPACITY_LEVERS, LEVELS
from planner.domain.problems import InputError, Problem
from planner.domain.tables import AGENTS
from planner.pipeline.capacity_plans import capacity_store
from planner.pipeline.forecasting_line import Stretch, forecast_tables, with_overrides
from planner.pipeline.from_data import measured_plan
from planner.pipeline.given import with_events, with_teaching
from planner.pipeline.history import History, history_of, known_to, refuse_coarse
from planner.pipeline.horizon import Horizon, horizon_of, last_local_day
from planner.store import Store, contact_files, history_state, publish
from staffing.capacity.full_time import full_time_h
from staffing.capacity.levers import lever_table
from staffing.capacity.need import need_of
from staffing.capacity.people import Planning
from staffing.capacity.plan import Search, Situation, planned_sites, situation_of, tables_of
from staffing.requirement import Staffing, people_at_levels

Say = Callable[[str], None]


@dataclass(frozen=True)
class Expected:
    """CAPACITY_NEED of whole weeks, the forecast it is of, and what is planned with them."""

    need: pd.DataFrame
    forecast: Stretch
    horizon: Horizon
    planning: Planning

    @property
    def paths(self) -> pd.DataFrame:
        """FORECAST_PATHS."""
        return self.forecast.made["FORECAST_PATHS"]


def plan_capacity(plan: Plan, store: Store, *, now: datetime, search: Search, say: Say) -> str:
    """Walk the capacity line on what the store knows, publish it, and return the capacity plan's id.

    InputError when there is no history, or when no kind of hiring and nobody is known.
    """
    history, notes = known_to(plan.centre, history_of(store))
    refuse_coarse(history.volume, plan.centre)
    for note in notes:
        say(note)
    told = with_teaching(with_events(plan, history.events), history.teaching)
    plan, _ = measured_plan(told, contact_files(store))
    as_of = last_local_day(history.volume, plan.centre) + timedelta(days=1)
    refuse_past_classes(plan, min(as_of, plan.first_day or as_of))
    expected = expected_weeks(plan, history, today=now.astimezone(UTC).date(), say=say)
    agents = history.agents if len(history.agents) else AGENTS.empty()
    say(f"planning {len(agents)} people and {plan.capacity.weeks} weeks")
    made = {"CAPACITY_NEED": expected.need} | planned_with_levers(
        plan, expected, agents, search=search, say=say
    )
    known = {"history": dict(history_state(store)), "as_of": as_of.isoformat()}
    facts = _facts(plan, expected.planning, agents) | known
    return publish(capacity_store(store), made, yaml_text=plan.text, facts=facts, seed=plan.seed, now=now)


def planned_with_levers(
    plan: Plan, expected: Expected, agents: pd.DataFrame, *, search: Search, say: Say
) -> dict[str, pd.DataFrame]:
    """All tables of a capacity plan but CAPACITY_NEED."""
    now = situation_of(expected.need, agents, expected.paths, planning=expected.planning)
    sites = list(planned_sites(now, search=search, say=say))

    def more(lever: MoreVolume) -> Situation:
        busier = with_volume(expected.forecast, lever)
        need = needed(plan, busier, expected.horizon, say=say)
        return situation_of(need, agents, busier.made["FORECAST_PATHS"], planning=expected.planning)

    levers = lever_table(sites, now, more=more, search=search, say=say)
    return tables_of(sites, now) | {CAPACITY_LEVERS.name: levers}


def with_volume(forecast: Stretch, lever: MoreVolume) -> Stretch:
    """The forecast and its paths with the lever's change on the queues it touches."""
    made = {name: _scaled(forecast.made[name], lever) for name in ("FORECAST", "FORECAST_PATHS")}
    return Stretch(forecast.made | made, forecast.notes)


def _scaled(rows: pd.DataFrame, lever: MoreVolume) -> pd.DataFrame:
    touched = pd.Series(True, rows.index)
    for name, meant in (("site", lever.sites), ("language", lever.languages), ("channel", lever.channels)):
        touched &= rows[name].isin(meant) if meant else True
    return rows.assign(offered=rows["offered"].where(~touched, rows["offered"] * (1 + lever.change)))


def expected_weeks(plan: Plan, history: History, *, today: date, say: Say) -> Expected:
    """The forecast over the weeks of the plan, overrides on it, and the hours it needs at each level."""
    horizon = weeks_ahead(plan, history)
    base = forecast_tables(plan, history.volume, horizon=horizon, say=say)
    made = with_overrides(base, history.overrides, plan, horizon=horizon, today=today)
    return Expected(needed(plan, made, horizon, say=say), made, horizon, _planning(plan, horizon))


def needed(plan: Plan, forecast: Stretch, horizon: Horizon, *, say: Say) -> pd.DataFrame:
    """CAPACITY_NEED: every half-hour staffed as if steady, at each level of the day."""
    say("people needed on usual, busy and very busy days")
    how = Staffing(method="sipp", workers=plan.settings.workers, levels=LEVELS)
    paths = forecast.made["FORECAST_PATHS"]
    requirements = people_at_levels(forecast.made["FORECAST"], plan.centre, paths=paths, staffing=how)
    need = need_of(requirements, plan.centre, plan.capacity)
    mondays = _planning(plan, horizon).mondays()
    return need[need["week"].isin(mondays)].reset_index(drop=True)


def weeks_ahead(plan: Plan, history: History) -> Horizon:
    """The days to forecast: from the plan's first day to the end of the last week of the capacity plan."""
    first = horizon_of(plan, history.volume).first_day
    wait = -first.weekday() % 7
    return Horizon(first, wait + plan.capacity.weeks * 7, 0)


def _planning(plan: Plan, horizon: Horizon) -> Planning:
    first = horizon.first_day + timedelta(days=-horizon.first_day.weekday() % 7)
    return Planning(plan.centre, plan.capacity, first)


def refuse_nothing_to_plan(plan: Plan) -> None:
    """InputError when the plan says nothing of hiring: then nothing could be advised."""
    if not any(site.kinds for site in plan.capacity.sites.values()):
        note = "says no kind of hiring; write capacity.every_site.kinds, with contract, classes and training"
        raise InputError([Problem("no_hiring", note, "plan.yaml", None, "capacity.every_site.kinds")])


def refuse_past_classes(plan: Plan, first_day: date) -> None:
    """InputError with every class that would have begun before the first day that is planned."""
    note = "{} is before the first day planned, {}; who began already stands in the agents' list"
    problems = [
        Problem("past_class", note.format(each.first_day, first_day), "plan.yaml", None, path)
        for number, each in enumerate(plan.capacity.classes)
        for path in [f"capacity.classes.{number}.first_day"]
        if each.first_day < first_day
    ]
    if problems:
        raise InputError(problems)


def _facts(plan: Plan, planning: Planning, agents: pd.DataFrame) -> dict[str, Any]:
    """What a page says about the capacity plan besides its tables."""
    return {
        "name": plan.centre.name,
        "synthetic": plan.centre.synthetic,
        "currency": plan.centre.currency,
        "first_monday": planning.first.isoformat(),
        "weeks": plan.capacity.weeks,
        "level": plan.capacity.level,
        "agents": len(agents),
        "full_time_h": full_time_h(plan.centre, plan.capacity),
    }
