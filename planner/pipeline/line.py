"""The straight line: history -> forecast -> requirement -> schedule -> simulation -> published plan.

This file only hands tables from step to step, says where it is, and publishes the whole at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from planner.config import Plan
from planner.pipeline import steps
from planner.pipeline.asking import Asked
from planner.pipeline.comparing import since_published
from planner.pipeline.costing import costed
from planner.pipeline.explaining import explained
from planner.pipeline.forecasting_line import forecast_tables, last_forecast, with_overrides
from planner.pipeline.from_data import measured_plan
from planner.pipeline.given import events_table, standing, with_events, with_teaching
from planner.pipeline.handing_on import handed_on, last_events
from planner.pipeline.history import History, history_of, known_to, refuse_coarse
from planner.pipeline.horizon import Horizon, horizon_of, within
from planner.pipeline.planned_days import with_plans
from planner.pipeline.quality_line import known, quality_tables
from planner.pipeline.replicated import replicated
from planner.pipeline.steps import Say
from planner.pipeline.wishes import of_roster
from planner.pipeline.worked_before import weeks_back, worked_before
from planner.scorecards.scorecard import Happened
from planner.store import Store, contact_files, publish
from staffing.standing import Standing


@dataclass
class Line:
    """A plan on its way: what it starts from, the tables made so far by name, notes for the planner."""

    plan: Plan
    history: History
    horizon: Horizon
    say: Say
    made: dict[str, pd.DataFrame] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def make_plan(plan: Plan, store: Store, *, now: datetime, say: Say) -> str:
    """Walk the whole line on what the store knows, publish it, and return the plan's id.

    An operation that knows its volume only by day (`interval_min: 1440`) gets a forecast and
    scorecards, for a day is no staffing interval. InputError when there is no history.
    """
    history, notes = known_to(plan.centre, history_of(store))
    history = with_plans(history, store)
    refuse_coarse(history.volume, plan.centre)
    told = with_teaching(with_events(plan, history.events), history.teaching)
    plan, seen = measured_plan(told, contact_files(store))
    line = Line(plan, history, horizon_of(plan, history.volume), say, made=seen, notes=notes)
    line.made |= {"EVENTS": events_table(plan.centre.events), "TEACHING": standing(history.teaching)}
    for note in notes:
        say(note)
    _forecast(line, today=now.astimezone(UTC).date())
    say("setting the last forecast beside what came")
    line.made |= last_forecast(plan, history.volume, store)
    if plan.centre.interval_min < 1440:
        _staff(line)
        _schedule(line, store)
        line.made |= since_published(store, line.made, plan.centre)
        _hand_on(line, store, now)
        _simulate(line)
        line.made |= costed(plan, line.made, horizon=line.horizon)
    say("scoring service, quality and first-contact resolution")
    lived = (history.volume, history.evaluations, contact_files(store), history.surveys, history.intraday)
    happened = Happened(*lived)
    line.made |= steps.score(plan, happened)
    start = known(plan, history, contacts=contact_files(store), scorecard=line.made["SCORECARD"])
    line.made |= quality_tables(start)
    say("publishing")
    return publish(store, line.made, yaml_text=plan.text, facts=facts_of(line), seed=plan.seed, now=now)


def _forecast(line: Line, *, today: date) -> None:
    plan, horizon, overrides = line.plan, line.horizon, line.history.overrides
    base = forecast_tables(plan, line.history.volume, horizon=horizon, say=line.say)
    forecast = with_overrides(base, overrides, plan, horizon=horizon, today=today)
    for note in forecast.notes[len(base.notes) :]:
        line.say(note)
    line.made |= forecast.made
    line.notes += forecast.notes


def _staff(line: Line) -> None:
    line.say("staffing: least people that meet every target together")
    expected = steps.Expected(line.made["FORECAST"], line.made["FORECAST_PATHS"])
    line.made["REQUIREMENT"] = steps.staff(line.plan, expected)
    line.made["BACKLOG"] = steps.backlog(line.plan, expected, line.made["REQUIREMENT"])
    line.say("staffing: what a point of service level costs")
    near = within(line.made["FORECAST"], line.plan.centre, line.horizon)
    line.made["COST_CURVE"] = steps.cost(line.plan, steps.Expected(near, expected.paths))


def _schedule(line: Line, store: Store) -> None:
    if not line.horizon.schedule_days or line.history.agents.empty:
        line.say(
            "no schedule: " + ("no agents were imported" if line.horizon.schedule_days else "none asked for")
        )
        return
    line.say(f"scheduling {len(line.history.agents)} agents for {line.horizon.schedule_days} days")
    needed = within(line.made["REQUIREMENT"], line.plan.centre, line.horizon)
    people = _people(line, store)
    line.made |= people.tables
    result = steps.schedule(line.plan, needed, people, horizon=line.horizon, say=line.say)
    line.made |= result.tables
    line.notes += [str(note) for note in result.notes]
    asked = Asked(line.plan, needed, people, line.horizon)
    line.made |= explained(asked, line.made["SCHEDULE"], line.made["COVERAGE"], say=line.say)


def _hand_on(line: Line, store: Store, now: datetime) -> None:
    """Hours for payroll and calendars, which update those of the plans before."""
    if "SCHEDULE" not in line.made:
        return
    earlier, centre = last_events(store), line.plan.centre
    line.made |= handed_on(centre, line.made, horizon=line.horizon, earlier=earlier, now=now).tables


def _people(line: Line, store: Store) -> steps.People:
    history, plan = line.history, line.plan
    wishes, notes = of_roster(history.preferences, history.agents)
    for note in notes:
        line.say(note)
    line.notes += notes
    before = worked_before(store, line.horizon.first_day, weeks=weeks_back(plan))
    locked = history.locked[history.locked["agent_id"].isin(history.agents["agent_id"])]
    return steps.People(history.agents, history.absences, wishes, before, Standing(locked))


def _simulate(line: Line) -> None:
    if "SCHEDULE" not in line.made:
        return
    line.say(f"simulating the schedule, at least {line.plan.settings.replications} replications")
    expected = steps.Expected(line.made["FORECAST"], line.made["FORECAST_PATHS"])
    line.made["SERVICE_CHECK"] = steps.simulation(
        line.plan, line.made["SCHEDULE"], expected, agents=line.history.agents, horizon=line.horizon
    )
    line.say(replicated(line.made["SERVICE_CHECK"]))


def facts_of(line: Line) -> dict[str, Any]:
    """What a page says about the plan besides its tables."""
    centre, volume = line.plan.centre, line.history.volume
    return {
        "name": centre.name,
        "synthetic": centre.synthetic,
        "currency": centre.currency,
        "interval_min": centre.interval_min,
        "first_day": line.horizon.first_day.isoformat(),
        "forecast_days": line.horizon.days,
        "schedule_days": line.horizon.schedule_days if "SCHEDULE" in line.made else 0,
        "history_from": volume["interval_start"].min().isoformat(),
        "history_to": volume["interval_start"].max().isoformat(),
        "quantile": line.plan.settings.quantile,
        "staffing": line.plan.settings.staffing,
        "replications": line.plan.settings.replications,
        "agents": len(line.history.agents),
        "notes": line.notes,
        "rows": {name: len(frame) for name, frame in line.made.items()},
    }
