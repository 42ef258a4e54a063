"""Free weekends and Sundays in a rolling number of weeks."""

from planner.domain.labour_rules import Rolling
from tests.staffing.rules.hand import broken, law, night_law, shift, week_of

SATURDAYS = ("09-19", "09-26", "10-03", "10-10")


def test_one_weekend_of_four_is_free_counted_with_those_before_the_horizon() -> None:
    one = law(free_weekends=Rolling(1, 4))
    worked = week_of("09:00", *SATURDAYS)
    assert broken(worked[3], at=one, past=worked[:3]) == [("free weekends", "ana", "10-10")]
    assert broken(worked[3], at=one, past=worked[1:3]) == []
    assert broken(shift("2026-10-09 09:00"), at=one, past=worked[:3]) == []


def test_a_weekend_is_worked_once_however_many_of_its_days_are() -> None:
    one = law(free_weekends=Rolling(1, 4))
    past = week_of("09:00", "09-26", "09-27", "10-03", "10-04")
    assert broken(shift("2026-10-10 09:00"), at=one, past=past) == []


def test_the_night_from_friday_takes_the_weekend() -> None:
    none = night_law(free_weekends=Rolling(1, 1))
    assert broken(shift("2026-10-09 21:00", 4, meal_after=None), at=none) == [
        ("free weekends", "ana", "10-09")
    ]
    assert broken(shift("2026-10-09 20:00", 4, meal_after=None), at=none) == []


def test_a_saturday_leaves_the_sunday_free_and_its_night_does_not() -> None:
    every = night_law(free_sundays=Rolling(1, 1))
    assert broken(shift("2026-10-10 10:00"), at=every) == []
    assert broken(shift("2026-10-10 20:00"), at=every) == [("free Sundays", "ana", "10-10")]
    assert broken(shift("2026-10-11 10:00"), at=every) == [("free Sundays", "ana", "10-11")]


def test_two_sundays_of_three_may_be_worked() -> None:
    one = law(free_sundays=Rolling(1, 3))
    past = week_of("09:00", "09-27", "10-04")
    assert broken(shift("2026-10-11 09:00"), at=one, past=past) == [("free Sundays", "ana", "10-11")]
    assert broken(shift("2026-10-11 09:00"), at=one, past=past[1:]) == []
