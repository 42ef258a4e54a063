"""No legal schedule costs less than the bound, whatever the prices it was computed at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import ABSENCES
from staffing.scheduling.bound import Ascent, WeekDual, climb, mixes_of, within
from staffing.scheduling.case import Case
from staffing.scheduling.duty import serve
from staffing.scheduling.master import starting_prices
from staffing.scheduling.problem import Roster, empty_roster
from staffing.scheduling.segments import segments
from staffing.scheduling.values import scratch_for
from staffing.scheduling.week import best_week
from tests.staffing.scheduling.planted import SPAIN, Planted, centre_of, cost_of, planted
from tests.staffing.scheduling.solving import case, solved, violations


def hungry(seed: int, number: int = 12, **changes: object) -> Planted:
    """A requirement near the planted one but not on it: cover must miss it here and there."""
    plan = planted(seed, number, centre=centre_of(**changes))  # type: ignore[arg-type]
    luck = np.random.default_rng(seed).uniform(0.3, 1.8, len(plan.requirement))
    needed = plan.requirement.assign(agents_scheduled=plan.requirement["agents_scheduled"] * luck)
    return Planted(plan.centre, plan.agents, plan.absences, plan.schedule, needed, plan.first_day, plan.days)


def random_roster(found: Case, rng: np.random.Generator) -> Roster:
    """Everybody works the best week at gains of their own, drawn at random: legal, and good for nothing."""
    roster, room = empty_roster(found.problem), scratch_for(found.problem)
    shape = (len(found.problem.shifts.shares), *found.problem.demand.need.shape)
    for w in range(len(found.problem.week_day) - 1):
        for a in range(len(found.agents)):
            best_week(
                found.problem, rng.normal(0, 2, shape), roster, (a, w, int(rng.integers(1 << 30))), room
            )
            serve(found.problem, roster, a, w, room)
    return roster


def cost_in(plan: Planted, schedule: pd.DataFrame) -> float:
    assert violations(schedule, plan).empty
    return cost_of(schedule, plan)


@pytest.mark.parametrize("labour_breaks", [15, 10])
@pytest.mark.parametrize("seed", range(4))
def test_the_bound_at_random_prices_is_below_every_audited_roster(seed: int, labour_breaks: int) -> None:
    plan = hungry(seed, labour=replace(SPAIN, break_min=labour_breaks))
    found, rng = case(plan), np.random.default_rng(seed)
    dual = WeekDual(found.problem, 0, float(found.idle_base.sum()))
    shape = (len(found.problem.shifts.shares), *found.problem.demand.need.shape)
    costs = [cost_in(plan, segments(found, random_roster(found, rng))) for _ in range(3)]
    bounds = [
        dual.answer(within(rng.normal(0, scale, shape), found.problem)).value for scale in (0, 1, 4, 20)
    ]
    assert max(bounds) <= min(costs)


@pytest.mark.parametrize("w", [0, 1])
@pytest.mark.parametrize("seed", range(3))
def test_the_surplus_is_the_direction_in_which_the_bound_rises(seed: int, w: int) -> None:
    """The bound is concave in the prices, and the surplus a supergradient: nights of the week before too."""
    plan = planted(seed, 8, centre=centre_of(opens=(0, 24)), days=14)
    found, rng = case(plan), np.random.default_rng(seed)
    dual = WeekDual(found.problem, w, float(found.idle_base[:, w].sum()))
    shape = (len(found.problem.shifts.shares), *found.problem.demand.need.shape)
    prices = [within(rng.normal(0, scale, shape), found.problem) for scale in (0.5, 2, 5)]
    for here in prices:
        for there in prices:
            answer = dual.answer(here)
            step = np.zeros(shape)
            step[..., slice(*dual.week)] = (there - here)[..., slice(*dual.week)]
            assert dual.answer(there).value <= answer.value + (answer.surplus * step).sum() + 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_of_the_climb_is_below_the_best_roster_and_above_its_beginning(seed: int) -> None:
    plan = hungry(seed)
    found, answer = case(plan), solved(plan, pairs_each=100)
    cost = cost_in(plan, answer.schedule)
    dual = WeekDual(found.problem, 0, float(found.idle_base.sum()))
    prices = starting_prices(dual, random_roster(found, np.random.default_rng(seed)))
    begin = dual.answer(within(prices, found.problem)).value
    best, top = climb(dual, prices, cost=cost, ascent=Ascent(steps=150))
    assert begin < best <= cost
    assert dual.answer(top).value == pytest.approx(best)


def test_a_schedule_that_was_planted_at_no_cost_leaves_a_bound_of_nothing() -> None:
    plan = planted(3, 15, centre=centre_of())
    assert cost_in(plan, plan.schedule) == pytest.approx(0)
    assert (solved(plan).report["bound"] == 0).all()


def test_prices_of_nothing_leave_only_penalties_that_nobody_avoids() -> None:
    """At prices of zero agents are free, so need is met in whole numbers, and every contract is used."""
    plan = hungry(1)
    found = case(plan)
    dual = WeekDual(found.problem, 0, float(found.idle_base.sum()))
    none = np.zeros((len(found.problem.shifts.shares), *found.problem.demand.need.shape))
    reward = dual.answer(none).value
    grid = np.arange(0, 60) / 2
    need, (under, under_more, over, over_more, _) = found.problem.demand.need, found.problem.demand.prices
    short, excess = np.maximum(need[..., None] - grid, 0), np.maximum(grid - need[..., None], 0)
    cheap, little = np.minimum(short, 0.1 * need[..., None]), np.minimum(excess, 0.25 * need[..., None])
    price = under * cheap + under_more * (short - cheap) + over * little + over_more * (excess - little)
    assert reward == pytest.approx(price.min(axis=2).sum(), abs=1e-4)


def test_an_agent_is_made_of_two_halves_or_three_thirds() -> None:
    assert mixes_of(np.array([1.0])).agents.tolist() == [0.0]
    assert mixes_of(np.array([1.0, 0.5])).agents.tolist() == [0.0, 0.5]
    assert mixes_of(np.array([1.0, 2 / 3])).agents == pytest.approx([0, 2 / 3, 4 / 3])


def test_a_sunday_night_shift_may_serve_monday_without_making_the_bound_wrong() -> None:
    """An early bound of the sketch forgot the night over the week seam, and a roster undercut it."""
    plan = planted(5, 1, centre=centre_of(opens=(0, 24)), days=14)
    ana = plan.agents.assign(contract="full", languages="es", channels="voice")
    leave = pd.DataFrame(
        {
            "agent_id": ana["agent_id"],
            "first_day": ["2026-10-13"],
            "last_day": ["2026-10-17"],
            "reason": "leave",
        }
    )
    night = pd.date_range("2026-10-11T20:00Z", "2026-10-12T04:30Z", freq="30min", inclusive="left").as_unit(
        "us"
    )
    needed = pd.DataFrame(
        {
            "site": "SVQ",
            "language": "es",
            "channel": "voice",
            "interval_start": night,
            "agents_scheduled": 1.0,
        }
    )
    plan = Planted(plan.centre, ana, ABSENCES.check(leave), plan.schedule, needed, plan.first_day, plan.days)
    answer = solved(plan)
    assert violations(answer.schedule, plan).empty
    assert answer.schedule["end"].max() == pd.Timestamp("2026-10-12T04:30Z")
    sunday, monday = answer.report.itertuples(index=False)
    assert monday.agents == 0
    assert monday.bound <= monday.cost < 60  # the meal and the break; nobody at all would cost 494
    assert sunday.bound <= sunday.cost
