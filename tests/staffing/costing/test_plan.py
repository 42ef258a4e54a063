"""What a schedule costs: a week counted by hand, and identities that hold for any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import pandas as pd
import pytest

from planner.domain.capacity import Attrition, Capacity, HiringKind, SiteCapacity
from planner.domain.centre import Centre
from planner.domain.cost_tables import MONEY
from planner.domain.rates import Pay, Rates, SiteRates
from planner.domain.tables import SERVICE_CHECK
from staffing.costing.plan import Planned, plan_costs
from staffing.pay_hours import Payroll, pay_hours
from tests.staffing.rules.hand import MONDAY, SPAIN, absences, agents, centre, shift, table, week_of
from tests.staffing.scheduling.planted import centre_of, planted

LAW = replace(SPAIN, night_premium=0.25, sunday_premium=0.5, holiday_premium=1.0)
PAY = MappingProxyType({"full": Pay.of_wage(40.0, loading=0.25), "part": Pay(60.0)})  # 25 and 30 in EUR
RATES = Rates(
    MappingProxyType(
        {"SVQ": SiteRates("Iberia", "PLN", PAY, overtime_premium=0.5, seat_per_month_local=365.25)}
    ),
    MappingProxyType({"PLN": 2.0}),
)
NOBODY_LEAVES = Capacity()
FORECAST = pd.DataFrame(
    {
        "site": "SVQ",
        "language": ["es", "it", "es"],
        "channel": ["voice", "voice", "chat"],
        "interval_start": pd.Timestamp("2026-10-06 08:00", tz="UTC"),
        "offered": [200.0, 50.0, 10.0],
    }
)
Shift = list[dict[str, object]]


def costs(
    *shifts: Shift,
    at: Centre | None = None,
    people: pd.DataFrame | None = None,
    away: pd.DataFrame | None = None,
    capacity: Capacity = NOBODY_LEAVES,
    check: pd.DataFrame | None = None,
) -> dict[str, pd.DataFrame]:
    """The costs of two weeks of hand-written shifts; 12 October is a holiday."""
    here = at or replace(centre(labour=LAW), rates=RATES)
    holidays = {"SVQ": frozenset({date(2026, 10, 12)})}
    payroll = Payroll(
        agents() if people is None else people, absences() if away is None else away, MONDAY, 14, holidays
    )
    schedule = table(*shifts)
    hours = pay_hours(schedule, here, payroll=payroll)
    planned = Planned(schedule, hours, FORECAST, SERVICE_CHECK.empty() if check is None else check)
    return plan_costs(planned, here, payroll=payroll, capacity=capacity)


def row(found: dict[str, pd.DataFrame], period: str = "week", name: str = "COST_OF_PLAN") -> pd.Series:
    rows = found[name]
    return rows[(rows["period"] == period) & (rows["period_start"] == pd.Timestamp(MONDAY))].iloc[0]


def test_a_week_of_two_people_by_hand() -> None:
    # Ana, full (25 EUR/h): Monday to Friday 8 h; Saturday 8 h from 22:00 without a meal: 8 h night, 6 h Sunday,
    # 8 h above her 40. Bea, part (30 EUR/h): two shifts of 4 h, one day of paid leave (4 h), 8 h of 20 unused.
    bea = {"agent_id": "bea", "language": "it"}
    found = costs(
        *week_of("09:00", "10-05", "10-06", "10-07", "10-08", "10-09"),
        shift("2026-10-10 22:00", 8, meal_after=None),
        shift("2026-10-05 09:00", 4, meal_after=None, **bea),
        shift("2026-10-06 09:00", 4, meal_after=None, **bea),
        away=absences(("bea", "2026-10-07", "2026-10-07", "leave")),
    )
    first = row(found)
    assert first[["paid_h", "leave_h", "unused_h"]].tolist() == [56, 4, 8]
    assert first[["overtime_h", "night_h", "sunday_h", "holiday_h"]].tolist() == [8, 8, 6, 0]
    assert first["wages"] == 48 * 25 + 8 * 30
    assert first[["leave", "unused"]].tolist() == [4 * 30, 8 * 30]
    assert first["overtime"] == 8 * 25 * 0.5
    assert first["night"] == 8 * 25 * 0.25
    assert first["sunday"] == 6 * 25 * 0.5
    assert first["seats_taken"] == 2
    assert first["seats"] == pytest.approx(2 * 365.25 / 2 * 7 / (365.25 / 12))  # 2 seats, 182.625 EUR a month
    assert first["total"] == pytest.approx(1440 + 120 + 240 + 100 + 50 + 75 + 84)
    assert first["fte"] == pytest.approx(68 / 40)
    assert first["per_fte"] == pytest.approx(first["total"] / 1.7)
    assert first["contacts"] == 260
    assert first["per_contact"] == pytest.approx(2109 / 260)
    assert (first["currency"], first["region"]) == ("PLN", "Iberia")
    assert first["total_local"] == pytest.approx(2 * 2109)


def test_a_holiday_and_a_sunday_that_meet_are_both_paid() -> None:
    both = replace(centre(labour=LAW), rates=RATES)
    found = costs(
        shift("2026-10-11 20:00", 8, meal_after=None), at=both
    )  # four hours of Sunday, four of the holiday
    first = row(found)
    assert first["sunday"] == 4 * 25 * 0.5
    assert first["holiday"] == 4 * 25 * 1.0
    assert first["night"] == 6 * 25 * 0.25


def test_money_of_a_shift_goes_to_the_queues_of_that_shift_and_idle_hours_to_those_of_the_week() -> None:
    chat = shift("2026-10-06 09:00", 8, meal_after=None, channel="chat")
    found = costs(
        shift("2026-10-10 22:00", 8, meal_after=None), chat, people=agents().query("agent_id == 'ana'")
    )
    queues = found["COST_BY_QUEUE"].query("period == 'week' and contact_h > 0").set_index("channel")["total"]
    seats = 365.25 / 2 * 7 / (365.25 / 12)
    rest = 24 * 25 + seats  # 24 of 40 hours are not scheduled; spread over 8 hours each
    assert queues["voice"] == pytest.approx(8 * 25 + 8 * 25 * 0.25 + 6 * 25 * 0.5 + rest / 2)
    assert queues["chat"] == pytest.approx(8 * 25 + rest / 2)


def test_a_week_of_which_a_part_is_planned_owes_that_part() -> None:
    here = replace(centre(labour=LAW), rates=RATES)
    payroll = Payroll(
        agents().query("agent_id == 'ana'"), absences(), date(2026, 10, 7), 14, {}
    )  # a Wednesday
    none = table()
    planned = Planned(none, pay_hours(none, here, payroll=payroll), FORECAST, SERVICE_CHECK.empty())
    sites = plan_costs(planned, here, payroll=payroll, capacity=NOBODY_LEAVES)["COST_OF_PLAN"]
    weeks = sites[sites["period"] == "week"]
    assert weeks["days"].tolist() == [5, 7, 2]
    assert weeks["unused_h"].tolist() == pytest.approx([40 * 5 / 7, 40, 40 * 2 / 7])
    assert sites.query("period == 'total'")[["unused_h", "fte", "people"]].iloc[0].tolist() == pytest.approx(
        [80, 1, 1]
    )
    assert weeks["contacts"].sum() == 0  # Tuesday's contacts are not of these days


def test_nobody_hired_later_and_nobody_gone_is_paid() -> None:
    people = agents().query("agent_id == 'ana'")
    later = people.assign(hire_date=pd.Timestamp("2026-10-09"), leave_date=pd.NaT)  # three days of the week
    first = row(costs(people=later))
    assert first["unused_h"] == pytest.approx(40 * 3 / 7)
    assert first["people"] == pytest.approx(3 / 7)
    gone = people.assign(hire_date=pd.NaT, leave_date=pd.Timestamp("2026-10-01"))
    assert row(costs(people=gone))["total"] == 0


def test_days_without_pay_are_not_owed() -> None:
    away = absences(("ana", "2026-10-05", "2026-10-07", "unavailable"))
    first = row(costs(people=agents().query("agent_id == 'ana'"), away=away))
    assert first["unused_h"] == pytest.approx(40 - 3 * 8)


def test_leavers_are_replaced_at_the_cost_of_their_kind() -> None:
    kinds = (
        HiringKind("temp", "full", cost=1.0, term_weeks=9),
        HiringKind("new", "full", 1, 10, 4, 3, 1000.0, 2000.0),
    )
    here = SiteCapacity(Attrition(per_month=0.05), kinds)
    capacity = Capacity(sites={"SVQ": here})
    first = row(costs(people=agents().query("agent_id == 'ana'"), capacity=capacity))
    leaves = 1 - 0.95 ** (12 * 7 / 365.25)
    assert first["hiring"] == pytest.approx(leaves * (1000 + 2000 / 10))
    assert first["training"] == pytest.approx(leaves * 3 * 40 * 25)


def test_contacts_that_abandon_are_not_handled() -> None:
    start = pd.Timestamp("2026-10-04 22:00", tz="UTC")  # midnight of Monday in Madrid
    check = pd.DataFrame(
        {
            "site": "SVQ", "language": "es", "channel": "voice", "level": "week", "interval_start": start,
            "measure": "abandonment", "value": [0.05],
        }
    )  # fmt: skip
    first = row(costs(shift("2026-10-05 09:00"), check=check))
    assert first[["contacts", "handled"]].tolist() == [260, 250]


def test_an_agents_own_rate_goes_before_that_of_the_contract() -> None:
    people = agents(cost_per_hour=31.0).query("agent_id == 'ana'")
    assert row(costs(shift("2026-10-05 09:00"), people=people))["wages"] == 8 * 31


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_queues_weeks_and_parts_add_up_to_the_total(seed: int) -> None:
    at = centre_of(opens=(0, 24))
    site = replace(at.sites["SVQ"], labour=LAW, cost_per_paid_hour=11.3)
    at = replace(at, sites={"SVQ": site}, rates=RATES)
    plan = planted(seed, 12, centre=at, first_day=MONDAY, days=14)
    idle = plan.agents["agent_id"].iloc[0]  # paid, and never on contact
    schedule = plan.schedule.assign(
        activity=np.where(plan.schedule["agent_id"] == idle, "training", plan.schedule["activity"])
    )
    payroll = Payroll(plan.agents, absences(), MONDAY, 14, {})
    planned = Planned(schedule, pay_hours(schedule, at, payroll=payroll), FORECAST, SERVICE_CHECK.empty())
    found = plan_costs(planned, at, payroll=payroll, capacity=NOBODY_LEAVES)
    sites, queues = found["COST_OF_PLAN"], found["COST_BY_QUEUE"]
    key = ["site", "period", "period_start"]
    whole = sites.set_index(key)["total"]
    assert queues.groupby(key)["total"].sum().to_dict() == pytest.approx(whole.to_dict(), rel=1e-12)
    assert sites[list(MONEY)].sum(axis=1).tolist() == pytest.approx(sites["total"].tolist(), rel=1e-12)
    weeks = sites[sites["period"] == "week"]
    assert weeks["total"].sum() == pytest.approx(whole.xs("total", level="period").sum(), rel=1e-12)
    assert (sites["total"] > 0).all()


def test_a_site_where_nobody_is_on_contact_keeps_its_cost() -> None:
    queues = costs()["COST_BY_QUEUE"]
    nowhere = queues[queues["channel"] == "none"].query("period == 'week'")
    assert nowhere["total"].sum() == pytest.approx(2 * (40 * 25 + 20 * 30))
