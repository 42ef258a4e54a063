"""A weekly rest of 36 hours is due in every seven local days."""

from tests.staffing.rules.hand import broken, law, shift


def week(*starts: str) -> list[list[dict[str, object]]]:
    return [shift(start, 4, meal_after=None) for start in starts]


def test_one_free_day_between_a_late_and_an_early_shift_is_too_short_to_be_a_weekly_rest() -> None:
    # Tuesday and Wednesday, Thursday free (23:00 to 08:00 are 33 hours), Friday to Monday: seven days.
    late = week("2026-10-06 19:00", "2026-10-07 19:00")
    early = week("2026-10-09 08:00", "2026-10-10 08:00", "2026-10-11 08:00", "2026-10-12 08:00")
    assert broken(*late, *early) == [("weekly rest", "ana", "10-12")]


def test_the_same_free_day_is_a_weekly_rest_when_the_shifts_leave_36_hours() -> None:
    late = week("2026-10-06 19:00", "2026-10-07 19:00")
    noon = week("2026-10-09 11:00", "2026-10-10 11:00", "2026-10-11 11:00", "2026-10-12 11:00")
    assert broken(*late, *noon) == []


def test_where_24_hours_are_enough_one_free_day_always_is() -> None:
    late = week("2026-10-06 19:00", "2026-10-07 19:00")
    early = week("2026-10-09 08:00", "2026-10-10 08:00", "2026-10-11 08:00", "2026-10-12 08:00")
    assert broken(*late, *early, at=law(weekly_rest_h=24)) == []


def test_tuesday_to_saturday_every_week_rests_on_sunday_and_monday() -> None:
    days = ["06", "07", "08", "09", "10", "13", "14", "15", "16", "17"]
    assert broken(*week(*(f"2026-10-{day} 19:00" for day in days))) == []
