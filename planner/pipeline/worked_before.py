"""What was worked before a horizon, by the published plans: rest, averages and fairness go on from there."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from planner.config import Plan
from planner.domain.tables import SCHEDULE
from planner.store import PlanInfo, Store, plans, read_plan

REST_WEEKS = 2  # what rest and days in a row look back on


def worked_before(store: Store, first_day: date, *, weeks: int) -> pd.DataFrame:
    """SCHEDULE of the local days in the `weeks` before `first_day`; a later plan wins day by day.

    Empty where no plan has a schedule of these days.
    """
    since = pd.Timestamp(first_day - timedelta(weeks=weeks))
    left = set(pd.date_range(since, pd.Timestamp(first_day), inclusive="left"))
    parts = []
    for info in plans(store):
        mine = left & set(_days(info))
        if mine:
            rows = read_plan(store, info.plan_id, SCHEDULE.name, filters=[("day", "in", sorted(mine))])
            parts.append(rows)
            left -= mine
    return pd.concat(parts, ignore_index=True) if parts else SCHEDULE.empty()


def weeks_back(plan: Plan) -> int:
    """How many weeks before a horizon matter to the plan: to fairness, rest, averages and rolling limits."""
    laws = [site.labour for site in plan.centre.sites.values()]
    rolling = [each for law in laws for each in (law.nights_max, law.free_weekends, law.free_sundays)]
    averages = [law.reference_weeks for law in laws if law.average_week_h is not None]
    return max(REST_WEEKS, plan.soft.fairness.weeks, *averages, *(each.weeks for each in rolling if each))


def _days(info: PlanInfo) -> pd.DatetimeIndex:
    """The local days that a plan has a schedule of."""
    if SCHEDULE.name not in info.tables:
        return pd.DatetimeIndex([])
    return pd.date_range(info.facts["first_day"], periods=int(info.facts["schedule_days"]))
