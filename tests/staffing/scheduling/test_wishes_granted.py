"""With a weight, wishes are granted more often and unwanted shifts shared more fairly, for little coverage."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from planner.domain.soft import Fairness, Soft, Weights
from planner.domain.tables import PREFERENCES, SCHEDULE
from staffing.fair_share import fairness, spreads
from staffing.finished import Finished
from staffing.granted import granted, missed_wishes
from staffing.scheduling.personal import Wishing
from staffing.scheduling.schedule import Given, ScheduleSettings, schedule
from staffing.worked import Worked
from tests.staffing.scheduling.planted import Planted, centre_of, cost_of, planted
from tests.staffing.scheduling.solving import violations
from tests.staffing.scheduling.wishing import HOLIDAY, finished, wishing

GROUP = Fairness(group=("contract",))


def drawn() -> tuple[Planted, pd.DataFrame]:
    """A planted fortnight of people who can all stand in for one another, every other wishing Wednesdays off."""
    plan = planted(5, 20, centre=centre_of(), days=14)
    plan = replace(plan, agents=plan.agents.assign(languages="es;it;ro", channels="voice;chat"))
    rows = [(agent, "day off", "wed") for agent in plan.agents["agent_id"][::2]]
    return plan, PREFERENCES.check(pd.DataFrame(rows, columns=["agent_id", "wish", "days"]))


def solved(plan: Planted, weights: Weights, wishes: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The SCHEDULE at these weights, with little effort."""
    given = Given(before=before, wishing=Wishing(wishes, Soft(weights, GROUP)))
    settings = ScheduleSettings(1, seconds_per_site=600, pairs_each=25, bound_steps=1)
    return schedule(
        plan.requirement, plan.agents, plan.centre, absences=plan.absences, first_day=plan.first_day,
        days=plan.days, settings=settings, given=given,
    ).schedule  # fmt: skip


def looked_at(plan: Planted, made: pd.DataFrame, wishes: pd.DataFrame, before: pd.DataFrame) -> Finished:
    contracts = plan.agents[["agent_id", "contract"]]
    named, past = (rows.merge(contracts, on="agent_id") for rows in (made, before))
    worked = Worked(named, plan.agents, plan.absences, plan.centre, plan.first_day, plan.days, before=past)
    return Finished(worked, wishes, Soft(fairness=GROUP), {})


def unfair_past(plan: Planted) -> pd.DataFrame:
    """The planted schedule four weeks earlier, without the weekends of every other agent."""
    early = {name: plan.schedule[name] - pd.Timedelta(weeks=4) for name in ("day", "start", "end")}
    past = plan.schedule.assign(**early)
    spared = past["agent_id"].isin(plan.agents["agent_id"][::2]) & (past["day"].dt.day_of_week >= 5)
    return SCHEDULE.check(past[~spared])


@pytest.mark.parametrize(
    ("weight", "wish"),
    [("day_off", "day off"), ("steady", "steady starts"), ("single_day_off", "days off in pairs")],
)
def test_a_weight_makes_what_is_missed_less(weight: str, wish: str) -> None:
    plan, wishes = drawn()
    none = SCHEDULE.empty()
    amounts = []
    for price in (0.0, 40.0):
        made = solved(plan, replace(Weights.none(), **{weight: price}), wishes, none)
        assert violations(made, plan).empty
        missed = missed_wishes(looked_at(plan, made, wishes, none))
        amounts.append(missed.loc[missed["wish"] == wish, "amount"].sum())
    assert amounts[1] < 0.5 * amounts[0]


def test_who_carried_fewer_weekends_carries_more_now() -> None:
    plan, wishes = drawn()
    before = unfair_past(plan)
    found = []
    for price in (0.0, 20.0):
        made = solved(plan, replace(Weights.none(), weekends=price), wishes, before)
        groups = spreads(fairness(looked_at(plan, made, wishes, before))).query("measure == 'weekend days'")
        found.append((groups["spread"] ** 2 * groups["n"]).sum() / groups["n"].sum())
    assert found[1] < 0.6 * found[0]


def test_the_usual_weights_cost_little_coverage_and_grant_more() -> None:
    plan, wishes = drawn()
    none = SCHEDULE.empty()
    made = {
        name: solved(plan, weights, wishes, none)
        for name, weights in (("off", Weights.none()), ("on", Weights()))
    }
    tables = {}
    for name, each in made.items():
        done = looked_at(plan, each, wishes, none)
        tables[name] = granted(missed_wishes(done), done).groupby("wish")[["granted", "price"]].sum()
    assert tables["on"]["price"].sum() < 0.9 * tables["off"]["price"].sum()
    assert tables["on"].loc["day off", "granted"] > tables["off"].loc["day off", "granted"]
    contract_cost = 10 * 40 * len(plan.agents)
    assert cost_of(made["on"], plan) - cost_of(made["off"], plan) < 0.1 * contract_cost


def test_the_price_of_wishes_in_the_report_is_that_found_in_the_schedule() -> None:
    """All but fairness, which the engine reckons from the need and the check from what was worked."""
    plan, wishes = wishing(seed=2, number=12)
    weights = replace(Weights(), weekends=0, nights=0, late=0, early=0)
    given = Given(wishing=Wishing(wishes, Soft(weights), {"SVQ": frozenset({HOLIDAY})}))
    made = schedule(
        plan.requirement, plan.agents, plan.centre, absences=plan.absences, first_day=plan.first_day,
        days=plan.days, settings=ScheduleSettings(1, seconds_per_site=600, pairs_each=10, bound_steps=1), given=given,
    )  # fmt: skip
    missed = missed_wishes(finished(plan, made.schedule, wishes, Soft(weights)))
    assert {"preferred start", "premiums", "steady starts"} <= set(missed["wish"])
    assert made.report["wishes"].sum() == pytest.approx(missed["price"].sum(), rel=1e-4)
