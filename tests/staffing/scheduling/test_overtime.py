"""Overtime: worked where it saves more than it costs, never more than contract, leave and law leave room for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Contract, LabourRules
from planner.domain.rates import Rates, SiteRates
from planner.domain.tables import ABSENCES, AGENTS, SCHEDULE
from staffing.pay_hours import Payroll, pay_hours
from staffing.scheduling.exact.solve import Patience, exact
from staffing.scheduling.known import known
from staffing.scheduling.problem import WHICH
from staffing.scheduling.roster_cost import total_cost
from staffing.scheduling.schedule import Schedule
from staffing.scheduling.whole.bound import whole_bound
from tests.staffing.scheduling.planted import MONDAY, Planted, centre_of, planted
from tests.staffing.scheduling.solving import case, solved, violations

LAW = LabourRules(daily_rest_h=11, weekly_rest_h=24, week_max_h=60, break_min=15)


def with_overtime(plan: Planted, *, most: float = 1.0, law: LabourRules = LAW) -> Planted:
    """The plan with overtime of so many shifts for everybody."""
    contracts = {
        name: replace(contract, overtime_h=most * contract.shift_h[0])
        for name, contract in plan.centre.contracts.items()
    }
    sites = {code: replace(site, labour=law) for code, site in plan.centre.sites.items()}
    return replace(plan, centre=replace(plan.centre, contracts=contracts, sites=sites))


def short(seed: int = 1, number: int = 8, days: int = 14) -> Planted:
    """Two weeks in which three tenths more are needed than the contracts hold."""
    plan = planted(seed, number, centre=centre_of(labour=LAW), days=days)
    rows = plan.requirement.assign(agents_scheduled=plan.requirement["agents_scheduled"] * 1.3)
    return replace(plan, requirement=rows)


def weeks(plan: Planted, found: Schedule) -> pd.DataFrame:
    """Paid hours, contract hours and overtime of each agent and week."""
    payroll = Payroll(plan.agents, plan.absences, plan.first_day, plan.days, {})
    hours = pay_hours(found.schedule, plan.centre, payroll=payroll)
    return hours[hours["period"] == "week"]


@pytest.fixture(scope="module")
def both() -> tuple[Planted, Schedule, Planted, Schedule]:
    without = short()
    plan = with_overtime(without)
    return without, solved(without, pairs_each=80), plan, solved(plan, pairs_each=80)


def test_people_work_overtime_where_too_few_are_there(
    both: tuple[Planted, Schedule, Planted, Schedule],
) -> None:
    without, plain, plan, found = both
    assert violations(found.schedule, plan).empty
    assert not violations(found.schedule, without).empty  # the same shifts without the contract's leave to
    worked = weeks(plan, found)
    assert worked["overtime_h"].sum() > 40
    most = worked["agent_id"].map(plan.agents.set_index("agent_id")["contract"]).map(plan.centre.contracts)
    assert (worked["overtime_h"] <= most.map(lambda contract: contract.overtime_h) + 1e-9).all()
    before, after = (float(each.report["under_h"].sum()) for each in (plain, found))
    assert after < before - 15
    assert found.report["cost"].sum() < 0.95 * plain.report["cost"].sum()
    assert weeks(without, plain)["overtime_h"].sum() == 0


def test_no_schedule_with_overtime_costs_less_than_its_bounds(
    both: tuple[Planted, Schedule, Planted, Schedule],
) -> None:
    plan, found = both[2:]
    cost = float(found.report["cost"].sum())
    assert 0 < found.report["bound"].sum() <= cost
    posed = case(plan)
    idle = posed.idle_base.sum(axis=0).astype(float)
    assert whole_bound(posed.problem, idle, seconds=10.0) <= cost


def test_nobody_works_overtime_without_need() -> None:
    plan = with_overtime(planted(2, 8, centre=centre_of(labour=LAW), days=7))
    assert weeks(plan, solved(plan, pairs_each=60))["overtime_h"].sum() == 0


def test_a_week_with_leave_has_no_overtime() -> None:
    plan = with_overtime(short(3, 6, days=7))
    away = [
        {"agent_id": name, "first_day": MONDAY, "last_day": MONDAY, "reason": "leave"}
        for name in plan.agents["agent_id"]
    ]
    plan = replace(plan, absences=ABSENCES.check(pd.DataFrame(away)))
    found = solved(plan, pairs_each=60)
    assert violations(found.schedule, plan).empty
    paid = found.schedule[found.schedule["activity"] != "meal"]
    assert paid.groupby("agent_id")["day"].nunique().max() <= 4


def test_the_longest_week_of_the_law_leaves_no_room() -> None:
    plan = with_overtime(short(3, 6, days=7), law=replace(LAW, week_max_h=40))
    worked = weeks(plan, solved(plan, pairs_each=60))
    full = plan.agents.set_index("agent_id")["contract"].loc[worked["agent_id"]].to_numpy() == "full"
    assert worked.loc[full, "overtime_h"].sum() == 0
    assert worked.loc[~full, "overtime_h"].sum() > 0


def saturday(hours: float, *, premium: float = 0.5, overtime_h: float = 4.0) -> Planted:
    """One agent, five shifts of 4 h asked for, and on Saturday one agent for so many hours from ten."""
    made = centre_of(labour=LAW, opens=(8, 20))
    contract = Contract("half", 20, 5, (4.0,), overtime_h)
    rates = Rates(sites={"SVQ": SiteRates("Iberia", overtime_premium=premium)})
    made = replace(made, contracts={"half": contract}, rates=rates)
    agents = pd.DataFrame(
        {"agent_id": ["ana"], "site": "SVQ", "contract": "half", "languages": "es", "channels": "voice"}
    )
    asked = [
        {
            "site": "SVQ", "language": "es", "channel": "voice", "agents_scheduled": 1.0,
            "interval_start": (pd.Timestamp(MONDAY + timedelta(days=d)).tz_localize("Europe/Madrid")
            + pd.Timedelta(minutes=600 + 30 * n)).tz_convert("UTC"),
        }
        for d, number in [*((d, 8) for d in range(5)), (5, round(2 * hours))] for n in range(number)
    ]  # fmt: skip
    rows = pd.DataFrame(asked)
    rows["interval_start"] = rows["interval_start"].dt.as_unit("us")
    return Planted(made, AGENTS.check(agents), ABSENCES.empty(), SCHEDULE.empty(), rows, MONDAY, 7)


@pytest.mark.parametrize(("hours", "days"), [(1, 5), (4, 6)])
def test_a_sixth_shift_is_worked_when_it_saves_more_than_four_hours_cost(hours: float, days: int) -> None:
    """An hour short costs 76 (a tenth at 40, the rest at 80), half an agent short in the half-hour of a break
    18 (a tenth of one at 20, four at 40), one too many 12 an hour, an hour of overtime 10 x 1.5.
    """
    plan = saturday(hours)
    found = solved(plan, pairs_each=60)
    assert found.schedule["day"].nunique() == days
    assert violations(found.schedule, plan).empty
    worked = 4 * 15.0 if days == 6 else 0.0
    missed = 18 * days + (0 if days == 6 else 76 * hours)
    assert found.report["cost"].sum() == pytest.approx(worked + missed, abs=0.01)


def test_a_dearer_hour_is_not_worth_it() -> None:
    assert solved(saturday(4, premium=8.0), pairs_each=60).schedule["day"].nunique() == 5


def test_the_exact_answer_knows_overtime_too() -> None:
    found = case(saturday(4))
    answer = exact(found, patience=Patience(work=30, seconds=300))
    assert answer is not None
    assert answer.proven
    assert (answer.roster.shift >= 0).sum() == 6
    assert answer.cost == pytest.approx(total_cost(found, answer.roster))
    assert answer.cost == pytest.approx(60 + 18 * 6, abs=0.01)


def test_a_published_sixth_shift_is_read_as_overtime() -> None:
    plan = saturday(4)
    made, posed = solved(plan, pairs_each=60).schedule, case(plan)
    roster = known(posed, made).roster
    which = posed.problem.shifts.starts[0, np.arange(7), np.maximum(roster.shift[0], 0), WHICH]
    worked = [posed.shifts[m] for m, place in zip(which, roster.shift[0]) if place >= 0]
    assert sorted(shift.overtime for shift in worked) == [False] * 5 + [True]
    assert total_cost(posed, roster) == pytest.approx(60 + 18 * 6, abs=0.01)


def test_overtime_of_two_shifts_is_two_shifts_at_most() -> None:
    plan = with_overtime(
        short(5, 5, days=14), most=2.0, law=replace(LAW, weekly_rest_h=0, consecutive_days_max=14)
    )
    found = solved(plan, pairs_each=60)
    assert violations(found.schedule, plan).empty
    days = found.schedule.assign(week=found.schedule["day"].dt.isocalendar().week)
    assert days.groupby(["agent_id", "week"])["day"].nunique().max() == 6  # a day more, not two
