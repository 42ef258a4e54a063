"""What a plan costs: the hour by contract, the schedule by site and queue, a point of service by region."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from planner.config import Plan
from planner.domain.problems import InputError, Problem
from planner.domain.tables import ABSENCES, COST_CURVE, SERVICE_CHECK
from planner.pipeline.handing_on import public_holidays
from planner.pipeline.horizon import Horizon
from planner.store import PlanInfo, Store, read_plan
from staffing.costing.hour import hourly_costs
from staffing.costing.plan import Planned, plan_costs
from staffing.costing.points import point_costs
from staffing.pay_hours import Payroll

READ = ("COST_CURVE", "SCHEDULE", "PAY_HOURS", "AGENTS", "ABSENCES", "FORECAST", "SERVICE_CHECK")
ONCE = "service_level"  # the only target that varied in plans published long ago
OF_SITES = ("SCHEDULE", "PAY_HOURS", "AGENTS", "FORECAST")


def costed(plan: Plan, made: Mapping[str, pd.DataFrame], *, horizon: Horizon) -> dict[str, pd.DataFrame]:
    """HOURLY_COST and COST_OF_POINT; with a schedule also COST_OF_PLAN and COST_BY_QUEUE.

    Empty where no hour has a price. `made` has FORECAST, COST_CURVE and, of a schedule, SCHEDULE,
    PAY_HOURS, AGENTS, ABSENCES and SERVICE_CHECK.
    """
    centre = plan.centre
    hours = hourly_costs(centre)
    if hours.empty:
        return {}
    found = {"HOURLY_COST": hours}
    found["COST_OF_POINT"] = point_costs(made.get("COST_CURVE", COST_CURVE.empty()), centre)
    if not {"PAY_HOURS", "FORECAST"} <= set(made):
        return found
    named = {name: _priced(made[name], hours) for name in OF_SITES if name in made}
    holidays = {code: public_holidays(site, horizon) for code, site in centre.sites.items()}
    absences = made.get("ABSENCES", ABSENCES.empty())
    payroll = Payroll(named["AGENTS"], absences, horizon.first_day, horizon.schedule_days, holidays)
    check = made.get("SERVICE_CHECK", SERVICE_CHECK.empty())
    planned = Planned(named["SCHEDULE"], named["PAY_HOURS"], named["FORECAST"], check)
    return found | plan_costs(planned, centre, payroll=payroll, capacity=plan.capacity)


def published_costs(plan: Plan, store: Store, info: PlanInfo) -> dict[str, pd.DataFrame]:
    """The same of a published plan's schedule, by the prices of `plan`, its own or another.

    InputError where `plan` does not know a site or contract of the schedule's people.
    """
    made = {name: read_plan(store, info.plan_id, name) for name in READ if name in info.tables}
    if "target" not in made.get("COST_CURVE", COST_CURVE.empty()):
        made["COST_CURVE"] = made["COST_CURVE"].assign(target=ONCE)
    if "AGENTS" in made:
        _refuse_strangers(made["AGENTS"], plan)
    first = date.fromisoformat(info.facts["first_day"])
    horizon = Horizon(first, int(info.facts["forecast_days"]), int(info.facts.get("schedule_days", 0)))
    return costed(plan, made, horizon=horizon)


def _refuse_strangers(agents: pd.DataFrame, plan: Plan) -> None:
    known = {"site": plan.centre.sites, "contract": plan.centre.contracts}
    strange = [(name, code) for name in known for code in agents[name].unique() if code not in known[name]]
    if strange:
        raise InputError(
            Problem(
                "other_plan",
                f"people of the schedule have the {name} “{code}”, which this plan does not know",
            )
            for name, code in strange
        )


def _priced(frame: pd.DataFrame, hours: pd.DataFrame) -> pd.DataFrame:
    """The rows of sites whose hour has a price: of the others the cost is not known, which is not nothing."""
    return frame[frame["site"].isin(hours["site"])]
