"""The arrows of the line, each alone: a plan's settings and tables in, declared tables out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from math import inf

import pandas as pd

from forecasting.forecast import Forecast, ForecastSettings
from forecasting.forecast import forecast as forecast_volume
from forecasting.spread import unsaid
from planner.config import Plan
from planner.domain.centre import StaffingMethod
from planner.domain.problems import Problem
from planner.domain.tables import DAY_LEVELS, PREFERENCES, SCHEDULE, SERVICE_CHECK
from planner.pipeline.cluster import connected
from planner.pipeline.handing_on import public_holidays
from planner.pipeline.horizon import Horizon
from planner.pipeline.wishes import wish_tables
from planner.scorecards.scorecard import Happened as Happened
from planner.scorecards.scorecard import scorecards
from staffing.audit import audit
from staffing.backlog import backlog_states
from staffing.contradictions import beyond_locks
from staffing.cost import cost_curve
from staffing.coverage import coverage
from staffing.requirement import Staffing, planned_contacts, requirement
from staffing.scheduling.personal import Wishing
from staffing.scheduling.schedule import Given, ScheduleSettings
from staffing.scheduling.schedule import schedule as schedule_agents
from staffing.scheduling.search import MOST_EACH
from staffing.simulation.simulate import SimulationSettings, simulate
from staffing.standing import Standing

Say = Callable[[str], None]
COST_SHARES = (0.70, 0.75, 0.80, 0.85, 0.90, 0.95)
COSTED = {
    "service_level": COST_SHARES,
    "service_level_2": COST_SHARES,
    "abandonment": (0.02, 0.03, 0.04, 0.05, 0.07, 0.10),
}


@dataclass(frozen=True)
class People:
    """AGENTS and ABSENCES; PREFERENCES, the SCHEDULE of the weeks before and what stands: possibly empty."""

    agents: pd.DataFrame
    absences: pd.DataFrame
    preferences: pd.DataFrame = field(default_factory=PREFERENCES.empty)
    before: pd.DataFrame = field(default_factory=SCHEDULE.empty)
    standing: Standing = field(default_factory=Standing)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """What is published of them, by name."""
        return {"AGENTS": self.agents, "ABSENCES": self.absences, "PREFERENCES": self.preferences}


@dataclass(frozen=True)
class Expected:
    """FORECAST and FORECAST_PATHS."""

    intervals: pd.DataFrame
    paths: pd.DataFrame


def forecast(plan: Plan, volume: pd.DataFrame, *, horizon: Horizon, say: Say = unsaid) -> Forecast:
    """VOLUME -> FORECAST and the tables that go with it; `say` hears how many queues are done."""
    given = plan.settings
    settings = ForecastSettings(
        given.paths, given.backtest_origins, workers=given.workers, backend=given.backend, say=say
    )
    with connected(given):
        return forecast_volume(
            volume,
            plan.centre,
            first_day=horizon.first_day,
            days=horizon.days,
            seed=plan.seed,
            settings=settings,
        )


def staff(
    plan: Plan, expected: Expected, *, quantile: str | None = None, method: StaffingMethod | None = None
) -> pd.DataFrame:
    """FORECAST and FORECAST_PATHS -> REQUIREMENT, by the plan's quantile and method or others."""
    how = _staffing(plan, quantile=quantile, method=method)
    return requirement(expected.intervals, plan.centre, paths=expected.paths, staffing=how)


def backlog(plan: Plan, expected: Expected, needed: pd.DataFrame) -> pd.DataFrame:
    """FORECAST, FORECAST_PATHS and the REQUIREMENT made from them -> BACKLOG of the deferred queues."""
    planned = planned_contacts(
        expected.intervals, plan.centre, quantile=plan.settings.quantile, paths=expected.paths
    )
    return backlog_states(planned, needed=needed, centre=plan.centre)


def cost(plan: Plan, expected: Expected) -> pd.DataFrame:
    """FORECAST and FORECAST_PATHS -> COST_CURVE of the targets in `COSTED`."""
    return cost_curve(
        expected.intervals,
        plan.centre,
        asked=COSTED,
        paths=expected.paths,
        staffing=replace(_staffing(plan), levels=()),
    )


def _staffing(plan: Plan, *, quantile: str | None = None, method: StaffingMethod | None = None) -> Staffing:
    given = plan.settings
    return Staffing(quantile or given.quantile, method or given.staffing, given.workers, DAY_LEVELS)


def wishing(plan: Plan, preferences: pd.DataFrame, horizon: Horizon) -> Wishing:
    """What people wish for, what wishes weigh in the plan, and the public holidays of its sites."""
    holidays = {code: public_holidays(site, horizon) for code, site in plan.centre.sites.items()}
    return Wishing(preferences, plan.soft, holidays)


@dataclass(frozen=True)
class Scheduled:
    """SCHEDULE and what is known of it by name, VIOLATIONS (empty) too, and who could not be scheduled."""

    tables: Mapping[str, pd.DataFrame]
    notes: tuple[Problem, ...]


def effort(plan: Plan) -> ScheduleSettings:
    """How long a schedule is searched for: the plan's seconds a site, or its pairs whatever they take."""
    given = plan.settings
    return ScheduleSettings(
        seed=plan.seed,
        seconds_per_site=inf if given.pairs_each else given.seconds_per_site,
        workers=given.workers,
        pairs_each=given.pairs_each or MOST_EACH,
        prove_seconds=given.prove_seconds,
    )


def schedule(plan: Plan, needed: pd.DataFrame, people: People, *, horizon: Horizon, say: Say) -> Scheduled:
    """REQUIREMENT and people -> the schedule and what is known of it.

    The schedule passes the audit, which shares no code with the solver, or is not returned.
    """
    days = horizon.schedule_days
    standing = people.standing.within(horizon.first_day, days)
    result = schedule_agents(
        needed,
        people.agents,
        plan.centre,
        absences=people.absences,
        first_day=horizon.first_day,
        days=days,
        settings=effort(plan),
        given=Given(people.before, wishing(plan, people.preferences, horizon), standing),
        progress=say,
    )
    named = SCHEDULE.check(result.schedule)
    found = audit(
        named,
        people.agents,
        plan.centre,
        absences=people.absences,
        first_day=horizon.first_day,
        days=days,
        before=people.before,
        locked=standing.locked,
    )
    violations = beyond_locks(found, standing.locked)
    if len(violations):
        raise RuntimeError(
            "the schedule breaks labour rules and was not stored; this is a fault of the program:\n"
            + violations.head(20).to_string(index=False)
        )
    for note in result.notes:
        say(f"not scheduled: {note}")
    tables = {
        "SCHEDULE": named,
        "SCHEDULE_REPORT": result.report,
        "VIOLATIONS": violations,
        "COVERAGE": coverage(needed, named, plan.centre, first_day=horizon.first_day, days=days),
    }
    told = wish_tables(plan, people.tables | tables, before=people.before, horizon=horizon)
    return Scheduled(tables | told, result.notes)


def simulation(
    plan: Plan,
    scheduled: pd.DataFrame,
    expected: Expected,
    *,
    agents: pd.DataFrame,
    horizon: Horizon | None = None,
    replications: int | None = None,
) -> pd.DataFrame:
    """SCHEDULE against FORECAST -> SERVICE_CHECK, over the horizon or else the schedule's days.

    `replications` asks for that many; None goes on until the plan's precision is reached.
    """
    settings = SimulationSettings(
        replications=replications or plan.settings.replications,
        precision=None if replications else plan.settings.precision,
        most=plan.settings.most_replications,
        seed=plan.seed,
        workers=plan.settings.workers,
        first_day=horizon.first_day if horizon else None,
        days=horizon.schedule_days if horizon else None,
    )
    result = simulate(scheduled, expected.intervals, expected.paths, agents, plan.centre, settings=settings)
    return SERVICE_CHECK.check(result)


def score(plan: Plan, happened: Happened) -> dict[str, pd.DataFrame]:
    """What happened -> SCORECARD, and RESOLUTION, REPEATS and FCR_CURVE of single contacts."""
    return scorecards(happened, plan.centre, seed=plan.seed)
