"""The bound of whole people: below every checked roster, at the optimum of small teams, above what prices prove."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.centre import LabourRules
from staffing.scheduling.ascent import Climb, bound_of
from staffing.scheduling.case import Case
from staffing.scheduling.price import penalties
from staffing.scheduling.schedule import ScheduleSettings, schedule
from staffing.scheduling.segments import segments
from staffing.scheduling.whole.bound import whole_bound
from staffing.scheduling.whole.programme import Programme
from tests.staffing.scheduling.exact.test_solve import by_trying, tiny
from tests.staffing.scheduling.planted import Planted, centre_of, planted
from tests.staffing.scheduling.solving import case, solved
from tests.staffing.scheduling.test_ascent import fortnight, idle_of, known
from tests.staffing.scheduling.test_bound import cost_in

ENOUGH_S = 600.0  # every programme here is solved to its end in less than a second or two


def whole(found: Case, seconds: float = ENOUGH_S) -> float:
    return whole_bound(found.problem, idle_of(found), seconds=seconds)


def by_prices(found: Case) -> float:
    climb = Climb(rounds=200)
    return bound_of(found.problem, known(found, 0), idle_of(found), climb=climb).value


@pytest.mark.parametrize("seed", range(3))
def test_no_audited_roster_with_nights_and_seams_costs_less(seed: int) -> None:
    plan = fortnight(seed, number=5)
    found = case(plan)
    costs = [cost_in(plan, segments(found, known(found, n))) for n in range(3)]
    assert -np.inf < whole(found, seconds=5.0) <= min(costs)


@pytest.mark.parametrize("minutes", [15, 30])
def test_breaks_that_leave_half_an_agent_are_counted_in_halves(minutes: int) -> None:
    plan = planted(4, 6, centre=centre_of(labour=LabourRules(break_min=minutes)), days=7)
    found = case(plan)
    assert len(found.problem.shifts.shares) == (2 if minutes == 15 else 1)
    made = solved(plan, pairs_each=60, bound_steps=50)
    assert by_prices(found) - 0.1 <= whole(found, seconds=20.0) <= float(made.report["cost"].sum()) + 1e-6


def uneven(seed: int, number: int) -> Planted:
    """A week and a need, in whole people, that the planted ones cannot meet evenly."""
    plan = planted(seed, number, centre=centre_of(), days=7)
    luck = np.random.default_rng(seed).uniform(0.6, 1.4, len(plan.requirement))
    asked_for = (plan.requirement["agents_scheduled"] * luck).round()
    return replace(plan, requirement=plan.requirement.assign(agents_scheduled=asked_for))


def asked(seed: int, people: int) -> np.ndarray:
    """A need (Spanish, Italian) of two days of 26 half-hours, fractions as from Erlang's formulas."""
    return np.round(np.random.default_rng(seed).uniform(0, people, (2, 2, 26)) * 0.7, 1)


@pytest.mark.parametrize(("seed", "languages"), [(1, ("es", "es")), (2, ("es", "es;it"))])
def test_it_lies_between_the_prices_bound_and_the_least_cost_of_all_rosters(
    seed: int, languages: tuple[str, ...]
) -> None:
    need = asked(seed, len(languages))
    found = case(tiny(need, languages))
    least = by_trying(need, languages)
    proved = whole(found)
    assert by_prices(found) - 0.1 <= proved <= least
    assert proved == pytest.approx(least, rel=2e-3)


def test_whole_people_cost_more_than_prices_can_prove() -> None:
    found = case(uneven(4, 4))
    assert by_prices(found) + 10 < whole(found)


def test_nobody_who_could_work_costs_what_nobody_on_duty_costs() -> None:
    found = case(planted(3, 4, centre=centre_of(), days=7))
    none = found.problem.staff._replace(days_left=np.zeros_like(found.problem.staff.days_left))
    problem = found.problem._replace(staff=none)
    empty = penalties(problem.demand, np.zeros_like(problem.demand.need)).sum()
    assert whole_bound(problem, np.array([7.0]), seconds=1.0) == pytest.approx(empty + 7.0)


def test_a_report_never_claims_less_with_the_time_to_prove_more() -> None:
    plan = uneven(4, 4)
    reports = [
        schedule(
            plan.requirement, plan.agents, plan.centre, absences=plan.absences,
            first_day=plan.first_day, days=plan.days,
            settings=ScheduleSettings(1, seconds_per_site=600, pairs_each=40, bound_steps=30, prove_seconds=seconds),
        ).report
        for seconds in (0.0, 20.0)
    ]  # fmt: skip
    without, proved = (report["bound"].sum() for report in reports)
    assert without < proved <= reports[0]["cost"].sum()
    assert reports[0]["cost"].equals(reports[1]["cost"])


def test_a_programme_is_solved_in_whole_numbers() -> None:
    """Two kinds of things of 3 and 5 into 7: fractions would earn 7, whole ones 6."""
    programme = Programme(constant=100.0)
    columns = programme.add_columns(np.array([-3.0, -5.0]), 10.0)
    programme.at_most(columns, 7.0, np.array([3.0, 5.0]))
    assert programme.bound(60.0) == pytest.approx(94.0)


def test_a_programme_without_a_solution_is_no_bound() -> None:
    programme = Programme()
    columns = programme.add_columns(np.zeros(1), 1.0)
    programme.put(programme.add_rows(1, 2.0, 2.0), columns, 1.0)
    with pytest.raises(RuntimeError, match="no solution"):
        programme.bound(60.0)
