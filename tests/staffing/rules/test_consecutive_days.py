"""Days in a row: the first one too many is named, across the end of a week too."""

from tests.staffing.rules.hand import broken, law, shift

DAYS = ["07", "08", "09", "10", "11", "12"]  # Wednesday to Monday


def test_the_fifth_day_in_a_row_is_reported_where_four_are_allowed() -> None:
    shifts = [shift(f"2026-10-{day} 09:00", 4, meal_after=None) for day in DAYS]
    assert broken(*shifts, at=law(consecutive_days_max=4)) == [("consecutive days", "ana", "10-11")]


def test_six_days_over_two_weeks_are_allowed_where_the_law_allows_six() -> None:
    shifts = [shift(f"2026-10-{day} 09:00", 4, meal_after=None) for day in DAYS]
    assert broken(*shifts) == []


def test_a_free_day_begins_a_new_row() -> None:
    shifts = [shift(f"2026-10-{day} 09:00", 4, meal_after=None) for day in DAYS if day != "09"]
    assert broken(*shifts, at=law(consecutive_days_max=3)) == []
