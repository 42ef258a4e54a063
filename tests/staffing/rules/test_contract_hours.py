"""Contract hours and days of a week; a day of leave counts as worked, an unavailable day does not."""

from tests.staffing.rules.hand import absences, agents, broken, centre, law, shift

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
