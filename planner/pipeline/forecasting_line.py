"""The first stretch of the line: history -> forecast -> planners' overrides on top -> the last one judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from forecasting.forecast import ForecastSettings
from forecasting.last_forecast import FOUR_WEEKS, beside, day_ranges, forecast_then, judged
from planner.config import Plan
from planner.domain.forecast_tables import FORECAST_DAYS, LAST_FORECAST, LAST_FORECAST_DAYS, OVERRIDES
from planner.pipeline import steps
from planner.pipeline.changed_days import Expectation
from planner.pipeline.cluster import connected
from planner.pipeline.horizon import Horizon, last_local_day
from planner.pipeline.overrides import expired, in_force, overridden, overrides_in
from planner.pipeline.steps import Say
from planner.store import PlanInfo, Store, plans, read_plan

FEWEST_LIVED = 7  # days of an earlier forecast that must have come before it is judged
LIGHT = ForecastSettings(paths=100, origins=4)  # for the last forecast where no plan has made one
LEAST_PAST = 8 * 7  # days of history from which on four weeks of it may be held back; else half of it


@dataclass(frozen=True)
class Stretch:
    """The tables made, by name, and notes for the planner."""

    made: dict[str, pd.DataFrame]
    notes: list[str]


def forecast_tables(plan: Plan, volume: pd.DataFrame, *, horizon: Horizon, say: Say) -> Stretch:
    """The forecast, before anybody changes it."""
    queues = len(plan.centre.queues)
    say(f"forecasting {queues} queues, {horizon.days} days from {horizon.first_day}, with a backtest")
    result = steps.forecast(plan, volume, horizon=horizon, say=say)
    made = {
        "FORECAST": result.intervals,
        "FORECAST_DAYS": result.days,
        "FORECAST_PATHS": result.paths,
        "FORECAST_ROLLUP": result.rollup,
        "ACCURACY": result.accuracy,
        "FORECAST_ERRORS": result.errors,
        "EFFECTS": result.effects,
        "FINDINGS": result.findings,
    }
    for problem in result.problems:
        say(f"not forecast: {problem}")
    return Stretch(made, [str(problem) for problem in result.problems])


def with_overrides(
    forecast: Stretch, entries: pd.DataFrame, plan: Plan, *, horizon: Horizon, today: date
) -> Stretch:
    """The forecast with the overrides in force `today` on it, and OVERRIDES: those that changed a day."""
    days = horizon.first_day, horizon.first_day + timedelta(days=horizon.days - 1)
    rows, made = in_force(entries, today=today, days=days), forecast.made
    before = Expectation(
        made["FORECAST"], made["FORECAST_DAYS"], made["FORECAST_PATHS"], made["FORECAST_ROLLUP"]
    )
    done = overridden(before, overrides_in(rows), plan.centre)
    after = {
        "FORECAST": done.expected.intervals,
        "FORECAST_DAYS": done.expected.days,
        "FORECAST_PATHS": done.expected.paths,
        "FORECAST_ROLLUP": done.expected.rollup,
        OVERRIDES.name: rows[rows["override_id"].isin(done.applied)],
    }
    notes = [*forecast.notes, *expired(entries, today=today, days=days), *done.notes]
    return Stretch(made | after, notes)


def last_forecast(plan: Plan, volume: pd.DataFrame, store: Store) -> dict[str, pd.DataFrame]:
    """LAST_FORECAST and LAST_FORECAST_DAYS by name.

    They are of the newest earlier plan that has been lived a week, else of today's method as of then.
    """
    last = last_local_day(volume, plan.centre)
    for info in plans(store):
        if _lived_days(info, last) >= FEWEST_LIVED:
            found = judged(read_plan(store, info.plan_id, "FORECAST"), volume, plan.centre)
            if found["actual"].notna().any():
                said = [_table(store, info, name) for name in ("FORECAST_DAYS", "FORECAST_ROLLUP")]
                return _judged(found, day_ranges(*said, until=last))
    return _as_of_then(plan, volume, last)


def _lived_days(info: PlanInfo, last: date) -> int:
    """Days of a plan's forecast that are history by now."""
    if not info.tables.get("FORECAST") or "first_day" not in info.facts:
        return 0
    first_day = date.fromisoformat(info.facts["first_day"])
    return min((last - first_day).days + 1, int(info.facts["forecast_days"]))


def _table(store: Store, info: PlanInfo, name: str) -> pd.DataFrame:
    """A table of a plan; without rows where the plan was made before there was such a table."""
    return read_plan(store, info.plan_id, name) if info.tables.get(name) else FORECAST_DAYS.empty()


def _judged(intervals: pd.DataFrame, days: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {LAST_FORECAST.name: intervals, LAST_FORECAST_DAYS.name: days}


def _as_of_then(plan: Plan, volume: pd.DataFrame, last: date) -> dict[str, pd.DataFrame]:
    past = (last - volume["interval_start"].min().date()).days + 1
    days = FOUR_WEEKS if past >= LEAST_PAST else past // 2
    if days < FEWEST_LIVED:
        return _judged(LAST_FORECAST.empty(), LAST_FORECAST_DAYS.empty())
    given = plan.settings
    settings = replace(LIGHT, workers=given.workers, backend=given.backend)
    with connected(given):
        then = forecast_then(volume, plan.centre, days=days, seed=plan.seed, settings=settings)
    intervals = beside(then.intervals, volume, plan.centre, source="backtest")
    return _judged(intervals, day_ranges(then.days, then.rollup, until=last))
