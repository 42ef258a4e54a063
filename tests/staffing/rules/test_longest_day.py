"""The longest day counts paid hours: breaks are paid, meals are not."""

from tests.staffing.rules.hand import broken, law, shift


def test_a_day_of_ten_paid_hours_is_reported_where_nine_are_allowed() -> None:
    assert broken(shift("2026-10-05 09:00", 10, meal_after=5)) == [("longest day", "ana", "10-05")]


def test_the_unpaid_meal_does_not_make_the_day_longer() -> None:
    assert broken(shift("2026-10-05 09:00", 8), at=law(day_max_h=8)) == []
