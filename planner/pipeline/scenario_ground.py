"""What scenarios stand on: the plan as the history has it, the weeks planned, and the base's forecast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

import pandas as pd

from planner.config import Plan
from planner.domain.scenario import Scenario
from planner.domain.tables import SCORECARD
from planner.pipeline.capacity import weeks_ahead
from planner.pipeline.forecasting_line import forecast_tables, with_overrides
from planner.pipeline.from_data import measured_plan
from planner.pipeline.given import with_events, with_teaching
from planner.pipeline.history import History, history_of, known_to, refuse_coarse
from planner.pipeline.horizon import Horizon
from planner.scenarios.demand import Demand, demand_of, monday_after
from planner.scenarios.setting import Setting
from planner.store import Store, contact_files, current, history_state, read_plan

Say = Callable[[str], None]
FOLDER = "scenarios"  # beside the plans, in a store of its own
FORECAST_AND_PATHS = ("FORECAST", "FORECAST_PATHS")


@dataclass(frozen=True)
class Ground:
    """The base plan with what history adds to it, the weeks planned, and a key of what a base run depends on.

    `scorecard` is SCORECARD of the newest plan, possibly empty.
    """

    plan: Plan
    history: History
    horizon: Horizon
    scorecard: pd.DataFrame
    key: str

    @property
    def monday(self) -> date:
        """The first day of the first whole week."""
        return monday_after(self.horizon.first_day)

    def setting(self, plan: Plan) -> Setting:
        """What changes in the contacts of a plan need to know."""
        return Setting(plan.centre, self.monday, plan.seed)

    def told(self, plan: Plan, store: Store) -> Plan:
        """A plan with the events, lessons and measured settings that the history knows."""
        return told_by(self.history, plan, store)


@dataclass(frozen=True)
class Expected:
    """FORECAST and FORECAST_PATHS of the base, and the tables of its run by name (none while it is made)."""

    forecast: pd.DataFrame
    paths: pd.DataFrame
    run: Mapping[str, pd.DataFrame]

    def demand(self, plan: Plan) -> Demand:
        """The contacts of a plan's queues."""
        return demand_of(self.forecast, self.paths, plan.centre)


def scenario_store(store: Store) -> Store:
    """Where the runs of scenarios of a store are."""
    return Store(store.folder / FOLDER)


def ground_of(base: Plan, store: Store) -> Ground:
    """What the store knows for scenarios on a base plan; InputError when that is nothing to plan from."""
    history, _ = known_to(base.centre, history_of(store))
    refuse_coarse(history.volume, base.centre)
    plan = told_by(history, base, store)
    return Ground(plan, history, weeks_ahead(plan, history), _scorecard(store), key_of(base, store))


def told_by(history: History, plan: Plan, store: Store) -> Plan:
    """A plan with what a history adds to it; contacts are read only for settings that wait for them."""
    told = with_teaching(with_events(plan, history.events), history.teaching)
    return measured_plan(told, contact_files(store) if told.from_data else ()).plan


def as_long(plan: Plan, scenario: Scenario) -> Plan:
    """The plan over as many weeks as the scenario asks for, as such or in its plan's capacity section."""
    said = (scenario.plan.get("capacity") or {}).get("weeks")
    weeks = scenario.weeks or said
    return plan if weeks is None else over_weeks(plan, weeks)


def over_weeks(plan: Plan, weeks: int) -> Plan:
    """The plan with its capacity planned over so many weeks."""
    return replace(plan, capacity=replace(plan.capacity, weeks=weeks))


def forecast_of(plan: Plan, ground: Ground, *, today: date, say: Say) -> tuple[pd.DataFrame, pd.DataFrame]:
    """FORECAST and FORECAST_PATHS of the weeks, overrides on them.

    With the plan's own backtest: without one the models' weights and errors are guessed, and the sample's
    peak came out 15 % low.
    """
    made = forecast_tables(plan, ground.history.volume, horizon=ground.horizon, say=say)
    done = with_overrides(made, ground.history.overrides, plan, horizon=ground.horizon, today=today).made
    return done["FORECAST"], done["FORECAST_PATHS"]


def key_of(base: Plan, store: Store) -> str:
    """What a run of the base depends on, as one short text: plan, weeks, level and history."""
    known = f"{base.text}|{base.capacity.weeks}|{base.capacity.level}|{sorted(history_state(store).items())}"
    return sha256(known.encode()).hexdigest()[:16]


def _scorecard(store: Store) -> pd.DataFrame:
    info = current(store)
    known = info is not None and info.tables.get("SCORECARD")
    return read_plan(store, info.plan_id, "SCORECARD") if info and known else SCORECARD.empty()
