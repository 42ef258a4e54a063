"""SCHEDULE and PAY_HOURS -> COST_OF_PLAN and COST_BY_QUEUE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from planner.domain.capacity import Capacity
from planner.domain.centre import Centre
from planner.domain.cost_tables import COST_BY_QUEUE, COST_OF_PLAN, HOURS, MONEY
from planner.domain.tables import QUEUE
from planner.domain.unit_costs import with_local, with_unit_costs
from staffing.costing.contacts import expected_contacts
from staffing.costing.hour import hour_of_agents
from staffing.costing.leavers import replacing
from staffing.costing.queues import shift_money, split_by_queue
from staffing.costing.seats import seat_money, seats_taken
from staffing.costing.weeks import agent_weeks
from staffing.pay_hours import Payroll, shift_hours

SITE_WEEK = ["site", "week"]
OF_AGENTS = [name for name in MONEY if name != "seats"]


@dataclass(frozen=True)
class Planned:
    """SCHEDULE, PAY_HOURS, FORECAST and SERVICE_CHECK (possibly empty) of the same days."""

    schedule: pd.DataFrame
    hours: pd.DataFrame
    forecast: pd.DataFrame
    check: pd.DataFrame


def plan_costs(
    planned: Planned, centre: Centre, *, payroll: Payroll, capacity: Capacity
) -> dict[str, pd.DataFrame]:
    """COST_OF_PLAN and COST_BY_QUEUE by name; the second adds up to the first."""
    people = agent_weeks(planned.hours, centre, payroll=payroll)
    people = people.join(replacing(people, capacity))
    people["total"] = people[OF_AGENTS].sum(axis=1)
    sites = _site_weeks(people, planned.schedule, centre, payroll)
    queues = split_by_queue(
        planned.schedule,
        people,
        _shifts(planned.schedule, centre, payroll),
        of_sites=sites[SITE_WEEK].assign(total=sites["seats"]),
    )
    contacts = expected_contacts(
        planned.forecast, planned.check, centre, days=(payroll.first_day, payroll.days)
    )
    return {
        "COST_OF_PLAN": _of_plan(sites, contacts, centre),
        "COST_BY_QUEUE": _by_queue(queues, contacts, centre),
    }


def _site_weeks(
    people: pd.DataFrame, schedule: pd.DataFrame, centre: Centre, payroll: Payroll
) -> pd.DataFrame:
    """Hours, people and money of every site and week."""
    sums = people.groupby(SITE_WEEK, as_index=False)[[*HOURS, *OF_AGENTS, "employed_days"]].sum()
    days = _days(payroll)
    sites = sums.merge(days, on="week").merge(seats_taken(schedule, centre), on=SITE_WEEK, how="left")
    sites["seats_taken"] = sites["seats_taken"].fillna(0.0)
    sites["seats"] = seat_money(sites, centre)
    return sites


def _days(payroll: Payroll) -> pd.DataFrame:
    """Planned days of every calendar week: week, days."""
    days = pd.date_range(payroll.first_day, periods=payroll.days).as_unit("us")
    weeks = (days - pd.to_timedelta(days.day_of_week, unit="D")).as_unit("us")
    return pd.Series(1, weeks).groupby(level=0).sum().rename_axis("week").rename("days").reset_index()


def _shifts(schedule: pd.DataFrame, centre: Centre, payroll: Payroll) -> pd.DataFrame:
    hours = shift_hours(schedule, centre, payroll=payroll)
    here = hours.merge(payroll.agents[["agent_id", "site"]], on="agent_id")
    return shift_money(here, hour_of_agents(payroll.agents, centre), centre)


def _of_plan(sites: pd.DataFrame, contacts: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    asked = contacts.groupby(SITE_WEEK, as_index=False)[["contacts", "handled"]].sum()
    weeks = sites.merge(asked, on=SITE_WEEK, how="left").fillna({"contacts": 0.0, "handled": 0.0})
    rows = _with_totals(weeks, ["site"], most=["seats_taken"])
    paid_h = rows["paid_h"] + rows["leave_h"] + rows["unused_h"]
    rows = rows.assign(
        people=rows["employed_days"] / rows["days"],
        fte=paid_h / (centre.rates.full_time_h * rows["days"] / 7),
        total=rows[list(MONEY)].sum(axis=1),
    )
    return COST_OF_PLAN.check(_with_money(rows, centre)[[c.name for c in COST_OF_PLAN.columns]])


def _by_queue(queues: pd.DataFrame, contacts: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Queues with contacts and nobody scheduled stay, at no cost and with no cost per contact."""
    weeks = queues.merge(contacts, on=[*QUEUE, "week"], how="outer").fillna(
        {"total": 0.0, "contact_h": 0.0, "contacts": 0.0, "handled": 0.0}
    )
    rows = _with_money(_with_totals(weeks, list(QUEUE)), centre)
    unit = ["per_contact", "per_contact_local"]
    rows[unit] = rows[unit].where(rows["contact_h"] > 0)
    return COST_BY_QUEUE.check(rows[[c.name for c in COST_BY_QUEUE.columns]])


def _with_totals(weeks: pd.DataFrame, key: Sequence[str], *, most: Sequence[str] = ()) -> pd.DataFrame:
    """Weeks, and all weeks together: sums, but the largest of `most`."""
    named = weeks.rename(columns={"week": "period_start"})
    summed = [name for name in named.columns if name not in (*key, "period_start", *most)]
    how = {"period_start": "min", **dict.fromkeys(summed, "sum"), **dict.fromkeys(most, "max")}
    whole = named.groupby(list(key), as_index=False, sort=False).agg(how)
    return pd.concat([named.assign(period="week"), whole.assign(period="total")], ignore_index=True)


def _with_money(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Costs with region, unit costs, and the same in the site's currency."""
    rates = {code: centre.rates.of(code) for code in centre.sites}
    named = rows.assign(
        region=rows["site"].map({code: each.region for code, each in rates.items()}),
        currency=rows["site"].map({code: each.currency or centre.currency for code, each in rates.items()}),
        for_one=rows["site"].map({code: centre.rates.units(code) for code in rates}).astype(float),
    )
    order = named["site"].map({code: place for place, code in enumerate(rates)}).argsort(kind="stable")
    return with_local(with_unit_costs(named.iloc[order]))
