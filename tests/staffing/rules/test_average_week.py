"""The mean week of a rolling reference period, with the weeks before the horizon."""

from dataclasses import replace

import pytest

from planner.domain.centre import Centre, Contract
from staffing.labour import People
from staffing.rules.average_week import week_h
from tests.staffing.rules.hand import MONDAY, SPAIN, absences, agents, broken, centre, table, week_of

LONG = Contract("full", 48, 6, (8, 10))
DAYS = ["10-05", "10-06", "10-07", "10-08", "10-09", "10-10"]
LAW = {"average_week_h": 40, "reference_weeks": 2, "week_max_h": 48, "weekly_rest_h": 24}


def at(**changes: object) -> Centre:
    return centre(labour=replace(SPAIN, **(LAW | changes)), full=LONG)


def before(*days: str) -> list[list[dict[str, object]]]:
    return week_of("09:00", *days)


def test_a_week_of_48_hours_is_lawful_after_one_of_32_only() -> None:
    four, five = ["09-28", "09-29", "09-30", "10-01"], ["09-28", "09-29", "09-30", "10-01", "10-02"]
    ahead = week_of("09:00", *DAYS)
    assert broken(*ahead, at=at(), past=before(*four)) == []
    assert broken(*ahead, at=at(), past=before(*five)) == [("average week", "ana", "10-10")]
    assert broken(*ahead, at=at(average_week_h=None), past=before(*five)) == []


def test_weeks_that_are_not_known_count_as_the_contract_but_no_more_than_the_average() -> None:
    assert broken(*week_of("09:00", *DAYS), at=at()) == [("average week", "ana", "10-10")]
    assert broken(*week_of("09:00", *DAYS[:5]), at=at()) == []


def test_a_week_of_leave_counts_as_the_contract() -> None:
    away = absences(("ana", "2026-09-28", "2026-10-03", "leave"))
    past = before("09-21")
    ahead = week_of("09:00", *DAYS)
    assert broken(*ahead, at=at(), past=past) == []
    assert broken(*ahead, at=at(), past=past, away=away) == [("average week", "ana", "10-10")]


def people(past_days: list[str], weeks: int, **changes: object) -> People:
    plan, who = at(**changes), agents()
    contracts = tuple(plan.contracts[name] for name in who["contract"])
    past = table(*before(*past_days)) if past_days else table()
    return People(who, absences(), plan.sites["SVQ"], contracts, (), MONDAY, 7 * weeks, past)


def test_the_engine_gets_what_the_period_leaves() -> None:
    left = week_h(people(["09-28", "09-29", "09-30", "10-01"], 1))
    assert left[0] == pytest.approx([80 - 32])


def test_no_choice_within_the_weeks_hours_breaks_the_average() -> None:
    who = people(["09-21", "09-22", "09-28", "09-29", "09-30", "10-01", "10-02"], 4, reference_weeks=3)
    left = week_h(who)[0]
    hours = [40.0, 16.0, 40.0, *left]  # a week not known, two known ones, then as much as is allowed
    for last in range(3, 7):
        assert sum(hours[last - 2 : last + 1]) <= 3 * 40 + 1e-9


def test_without_an_average_there_is_no_limit() -> None:
    assert (week_h(people([], 2, average_week_h=None)) == float("inf")).all()
