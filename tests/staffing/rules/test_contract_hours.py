"""Contract hours and days of a week; a day of leave counts as worked, an unavailable day does not."""

from dataclasses import replace
from datetime import date

from planner.domain.centre import Centre, Contract
from staffing.labour import People
from staffing.rules.contract_hours import RULE
from tests.staffing.rules.hand import HOURS, SPAIN, absences, agents, broken, centre, law, shift, table

SHORT = [shift(f"2026-10-{day:02d} 09:00", 4, meal_after=None) for day in range(5, 11)]


def test_a_sixth_day_is_reported_for_a_contract_of_five() -> None:
    assert broken(*SHORT) == [("contract hours", "ana", "10-10")]


def test_five_days_within_the_hours_are_fine() -> None:
    assert broken(*SHORT[:5]) == []


def test_hours_above_the_contract_are_reported_even_on_few_days() -> None:
    part = agents(contract="part")
    three = [shift(f"2026-10-{day:02d} 09:00", 8) for day in (5, 6, 7)]
    assert broken(*three, people=part) == [("contract hours", "ana", "10-07")]


def test_leave_takes_its_days_off_the_contract() -> None:
    away = absences(("ana", "2026-10-05", "2026-10-06", "leave"))
    four = [shift(f"2026-10-{day:02d} 09:00") for day in (7, 8, 9, 10)]
    assert broken(*four, away=away) == [("contract hours", "ana", "10-10")]
    assert broken(*four[:3], away=away) == []


def test_days_on_which_one_is_only_unavailable_do_not() -> None:
    away = absences(("ana", "2026-10-05", "2026-10-06", "unavailable"))
    five = [shift(f"2026-10-{day:02d} 09:00") for day in (7, 8, 9, 10, 11)]
    assert broken(*five, away=away) == []


def test_the_law_is_another_rule_than_the_contract() -> None:
    assert broken(*SHORT[:5], at=law(week_max_h=18)) == [("longest week", "ana", "10-09")]
    assert "full" in centre().contracts


def overtime(hours: float) -> Centre:
    """The same site, 48 h a week lawful, with overtime for the contract `full`."""
    full = Contract("full", 40, 5, HOURS, hours)
    return centre(replace(SPAIN, week_max_h=48), full=full)


FULL = [shift(f"2026-10-{day:02d} 09:00") for day in range(5, 11)]


def test_overtime_allows_its_hours_on_one_day_more() -> None:
    assert broken(*FULL, at=overtime(8)) == []
    assert broken(*FULL, at=overtime(4)) == [("contract hours", "ana", "10-10")]
    assert broken(*SHORT, at=overtime(4)) == []


def test_a_week_with_leave_has_no_overtime() -> None:
    away = absences(("ana", "2026-10-05", "2026-10-05", "leave"))
    assert broken(*FULL[1:5], at=overtime(8), away=away) == []
    assert broken(*FULL[1:], at=overtime(8), away=away) == [("contract hours", "ana", "10-10")]


def test_hours_worked_before_the_horizon_use_up_the_week_and_then_its_overtime() -> None:
    """The horizon begins on Friday; forty hours and four are worked already."""
    past = table(*FULL[:4], shift("2026-10-09 08:00", 10, meal_after=None))
    people = People(
        agents().iloc[:1], absences(), overtime(8).sites["SVQ"], (overtime(8).contracts["full"],),
        (), date(2026, 10, 10), 2, before=past,
    )  # fmt: skip
    assert RULE.week_h is not None
    assert RULE.overtime_h is not None
    assert (RULE.week_h(people)[0, 0], RULE.overtime_h(people)[0, 0]) == (0.0, 6.0)
