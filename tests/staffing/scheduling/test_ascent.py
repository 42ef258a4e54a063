"""The bound over a horizon: below every checked roster, near the best one, and the same however it is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planner.domain.tables import ABSENCES
from staffing.scheduling.ascent import Bound, Climb, bound_of, by_week
from staffing.scheduling.case import Case
from staffing.scheduling.dual import HorizonDual
from staffing.scheduling.duty import bring_in_step
from staffing.scheduling.problem import FORBIDDEN, Problem, Roster
from staffing.scheduling.segments import segments
from staffing.scheduling.values import scratch_for
from tests.staffing.scheduling.planted import SPAIN, Planted, centre_of, planted
from tests.staffing.scheduling.solving import case
from tests.staffing.scheduling.test_bound import cost_in, hungry, random_roster

FEW = Climb(rounds=40)


def fortnight(seed: int, number: int = 8) -> Planted:
    """Two weeks around the clock, with a requirement that cover must miss here and there."""
    plan = planted(seed, number, centre=centre_of(opens=(0, 24), labour=SPAIN), days=14)
    luck = np.random.default_rng(seed).uniform(0.3, 1.8, len(plan.requirement))
    return replace(
        plan,
        requirement=plan.requirement.assign(agents_scheduled=plan.requirement["agents_scheduled"] * luck),
    )


def known(found: Case, seed: int) -> Roster:
    """A random legal roster with all its sums."""
    roster = random_roster(found, np.random.default_rng(seed))
    bring_in_step(found.problem, roster, scratch_for(found.problem))
    return roster


def idle_of(found: Case) -> np.ndarray:
    return np.asarray(found.idle_base.sum(axis=0), float)


@pytest.mark.parametrize("seed", range(3))
def test_no_audited_roster_over_a_week_seam_costs_less_than_the_bound(seed: int) -> None:
    plan = fortnight(seed)
    found = case(plan)
    costs = [cost_in(plan, segments(found, known(found, n))) for n in range(3)]
    bound = bound_of(found.problem, known(found, 0), idle_of(found), climb=FEW)
    assert bound.value <= min(costs)
    assert bound.value <= bound.mixture <= costs[0] + 1e-3
    assert bound.week.sum() == pytest.approx(bound.value)


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_at_random_prices_is_below_every_audited_roster(seed: int) -> None:
    plan, rng = fortnight(seed), np.random.default_rng(seed)
    found = case(plan)
    roster = known(found, seed)
    dual = HorizonDual(found.problem, roster, idle_of(found))
    shape = (len(found.problem.shifts.shares), *found.problem.demand.need.shape)
    bounds = [dual.answer(rng.normal(0, scale, shape)).value for scale in (0, 1, 4, 20)]
    assert max(bounds) <= cost_in(plan, segments(found, roster))


@pytest.mark.parametrize("seed", range(2))
def test_the_surplus_is_the_direction_in_which_the_bound_rises(seed: int) -> None:
    found, rng = case(fortnight(seed)), np.random.default_rng(seed)
    dual = HorizonDual(found.problem, known(found, 0), idle_of(found))
    shape = (1, *found.problem.demand.need.shape)
    shares = found.problem.shifts.shares[:, None, None]
    prices = [np.clip(rng.normal(0, scale, shape), -2, 20) * shares for scale in (0.5, 2, 5)]
    for here in prices:
        answer = dual.answer(here)
        for there in prices:
            rise = float((answer.surplus * (there - here)).sum())
            assert dual.answer(there).value <= answer.value + rise + 1e-3


def test_more_rounds_prove_more_and_the_order_of_agents_nothing() -> None:
    plan = hungry(1)
    found = case(plan)
    short, long = (
        bound_of(found.problem, known(found, 0), idle_of(found), climb=Climb(rounds=n)) for n in (5, 80)
    )
    assert short.value < long.value
    turned = replace(plan, agents=plan.agents.iloc[::-1].reset_index(drop=True))
    other = case(turned)
    again = bound_of(other.problem, known(other, 0), idle_of(other), climb=Climb(rounds=80))
    assert again.value <= long.mixture + 1e-3
    assert long.value <= again.mixture + 1e-3


def test_a_planted_schedule_of_no_cost_leaves_a_bound_of_nothing_or_less() -> None:
    plan = planted(3, 15, centre=centre_of())
    found = case(plan)
    assert cost_in(plan, plan.schedule) == pytest.approx(0)
    bound = bound_of(found.problem, known(found, 0), idle_of(found), climb=FEW)
    assert bound.value <= 1e-6


def alone(found: Case, agents: int) -> Problem:
    """The problem with the first agents only."""
    staff = found.problem.staff
    return found.problem._replace(staff=type(staff)(*(rows[:agents] for rows in staff)))


def test_one_agent_is_worth_exactly_what_the_best_of_all_rosters_earns() -> None:
    """Brute force over all pairs of shifts of two days, at random prices without shares."""
    plan = planted(2, 3, centre=centre_of(labour=replace(SPAIN, break_min=0)), days=2)
    found, rng = case(plan), np.random.default_rng(2)
    problem = alone(found, 1)
    dual = HorizonDual(
        problem, known(replace(found, problem=problem, agents=found.agents[:1]), 0), np.zeros(1)
    )
    assert len(problem.shifts.shares) == 1
    prices = np.clip(rng.normal(2, 4, (1, *problem.demand.need.shape)), -2, 20)
    staff, shifts = problem.staff, problem.shifts
    best = prices[0, staff.queues[0, : staff.queue_count[0]]].max(axis=0)
    c = int(staff.kind[0])

    def worth(d: int, i: int) -> float:
        m, begin, end = shifts.starts[c, d, i, :3]
        values = np.concatenate([best, np.zeros(100)])[begin:end]
        least = 0.0
        for first, last, whole, _ in shifts.pauses[m, : shifts.pause_count[m]]:
            least += min(values[n : n + whole].sum() for n in range(first, last + 1))
        return float(values.sum() - least + shifts.reward[m])

    def days_worked(first: int, second: int) -> float:
        if first >= 0 and second >= 0:
            gap = shifts.starts[c, 1, second, 1] - shifts.starts[c, 0, first, 2]
            if gap < 12 * 2:
                return -np.inf
        units = sum(shifts.units[shifts.starts[c, d, i, 0]] for d, i in ((0, first), (1, second)) if i >= 0)
        if units > staff.units_left[0, 0]:
            return -np.inf
        return sum(worth(d, i) for d, i in ((0, first), (1, second)) if i >= 0)

    every = [range(-1, int(shifts.offered[c, d])) if staff.free[0, d] else range(-1, 0) for d in range(2)]
    most = max(days_worked(first, second) for first in every[0] for second in every[1])
    assert most > 0
    earned = _least_penalty(problem, prices) - dual.answer(prices).value
    assert earned == pytest.approx(most, abs=1e-4)


def _least_penalty(problem: Problem, prices: np.ndarray) -> float:
    """Least penalty and price over whole numbers of agents up to 60, by trying all."""
    demand, least = problem.demand, np.full(problem.demand.need.shape, np.inf)
    under, under_more, over, over_more, floor = demand.prices
    for n in range(60):
        short, excess = np.maximum(demand.need - n, 0), np.maximum(n - demand.need, 0)
        cheap, little = np.minimum(short, demand.tier_under), np.minimum(excess, demand.tier_over)
        owed = under * cheap + under_more * (short - cheap) + over * little + over_more * (excess - little)
        owed = owed + floor * np.maximum(demand.floor - n, 0) + n * prices[0]
        least = np.minimum(least, owed)
    return float(least.sum())


def test_a_forbidden_day_and_a_day_that_must_be_worked_raise_the_bound() -> None:
    found = case(hungry(2))
    roster = known(found, 0)
    free = HorizonDual(found.problem, roster, idle_of(found))
    prices = np.full((len(found.problem.shifts.shares), *found.problem.demand.need.shape), 5.0)
    staff = found.problem.staff
    cost = staff.cost.copy()
    cost[:, :4] = FORBIDDEN
    barred = HorizonDual(found.problem._replace(staff=staff._replace(cost=cost)), roster, idle_of(found))
    must = staff.must.copy()
    must[:, 6] = (staff.free[:, 6]) & (staff.days_left[:, 0] > 0)
    held = HorizonDual(found.problem._replace(staff=staff._replace(must=must)), roster, idle_of(found))
    low = np.where(np.arange(prices.shape[2]) >= found.problem.day_begin[6], -4.0, prices)
    assert barred.answer(prices).value > free.answer(prices).value
    assert held.answer(low).value > free.answer(low).value


def test_a_night_over_the_week_seam_is_paid_by_who_works_it() -> None:
    """Weekly bounds grant Monday's early hours to everybody's Sunday night; the horizon does not."""
    plan = planted(5, 1, centre=centre_of(opens=(0, 24)), days=14)
    ana = plan.agents.assign(contract="full", languages="es", channels="voice")
    away = {"agent_id": ana["agent_id"], "first_day": ["2026-10-11"], "last_day": ["2026-10-12"]}
    leave = ABSENCES.check(pd.DataFrame(away | {"reason": "leave"}))
    early = pd.date_range("2026-10-11T22:00Z", periods=9, freq="30min").as_unit("us")
    queue = {"site": "SVQ", "language": "es", "channel": "voice", "interval_start": early}
    needed = pd.DataFrame(queue | {"agents_scheduled": 1.0})
    found = case(Planted(plan.centre, ana, leave, plan.schedule, needed, plan.first_day, plan.days))
    bound = bound_of(found.problem, known(found, 0), idle_of(found), climb=FEW)
    assert bound.value >= 9 * 20  # Monday's first hours stay without her, whatever else she does


@pytest.mark.parametrize("value", [-50.0, 30.0, 60.0, 100.0])
def test_the_rows_of_a_report_share_the_gap_and_none_has_a_bound_above_its_cost(value: float) -> None:
    costs, week = np.array([40.0, 0.0, 60.0]), np.array([55.0, -30.0, value - 25.0])
    rows = by_week(Bound(value, week, np.zeros((1, 1, 1)), 100.0, 1), costs)
    assert (rows >= -1e-9).all()
    assert (rows <= costs + 1e-9).all()
    assert rows.sum() == pytest.approx(max(value, 0.0))
