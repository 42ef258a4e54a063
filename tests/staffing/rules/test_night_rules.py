"""Night work: how long, how many in a row, how many in so many weeks."""

from planner.domain.labour_rules import Rolling
from tests.staffing.rules.hand import broken, night_law, shift, week_of


def test_a_shift_with_three_hours_in_the_night_is_night_work() -> None:
    short_nights = night_law(night_max_h=6)
    assert broken(shift("2026-10-05 16:30"), at=short_nights) == [("longest night", "ana", "10-05")]
    assert broken(shift("2026-10-05 16:00"), at=short_nights) == []  # until 00:30: 2.5 hours of night
    assert broken(shift("2026-10-05 22:00", 6), at=short_nights) == []


def test_the_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    back = night_law(night_max_h=6, night_work_h=5)
    assert broken(shift("2026-10-18 01:30"), at=back, days=28) == []  # 4.5 hours before 06:00
    assert broken(shift("2026-10-25 01:30"), at=back, days=28) == [("longest night", "ana", "10-25")]


def test_nights_in_a_row_are_counted_across_the_start_and_a_day_shift_ends_them() -> None:
    two = night_law(nights_in_a_row_max=2)
    nights = week_of("22:00", "10-05", "10-06", "10-07", hours=6)
    assert broken(*nights, at=two) == [("nights in a row", "ana", "10-07")]
    assert broken(*nights[:2], at=two) == []
    past = week_of("22:00", "10-04", hours=6)
    assert broken(*nights[:2], at=two, past=past) == [("nights in a row", "ana", "10-06")]
    day = shift("2026-10-06 18:00", 4, meal_after=None)
    assert broken(nights[0], day, nights[2], at=two) == []


def test_nights_of_a_rolling_number_of_weeks_hold_those_before_the_horizon() -> None:
    three = night_law(nights_max=Rolling(3, 2))
    past = week_of("22:00", "09-29", "09-30", hours=6)
    older = week_of("22:00", "09-22", "09-23", hours=6)
    ahead = week_of("22:00", "10-06", "10-07", hours=6)
    assert broken(*ahead, at=three, past=past) == [("nights", "ana", "10-07")]
    assert broken(ahead[0], at=three, past=past) == []
    assert broken(*ahead, at=three, past=older) == []
    assert broken(*ahead, at=night_law(), past=past) == []
