"""The weeks before the horizon count: for rest, days in a row, and hours of a week that began before it."""

from datetime import date

from staffing.audit import audit
from tests.staffing.rules.hand import absences, agents, broken, centre, law, shift, table, week_of


def test_the_first_shift_keeps_the_rest_after_the_last_one_before_the_horizon() -> None:
    late = [shift("2026-10-04 14:30")]
    assert broken(shift("2026-10-05 08:00"), past=late) == [("daily rest", "ana", "10-05")]
    assert broken(shift("2026-10-05 11:00"), past=late) == []
    assert broken(shift("2026-10-05 08:00")) == []


def test_a_rest_that_was_too_short_before_the_horizon_is_nothing_to_mend_now() -> None:
    short = [shift("2026-10-02 14:30"), shift("2026-10-03 08:00")]
    assert broken(shift("2026-10-06 10:00"), past=short) == []


def test_days_in_a_row_are_counted_across_the_start() -> None:
    past = week_of("09:00", "10-01", "10-02", "10-03", "10-04", hours=4)
    ahead = week_of("09:00", "10-05", "10-06", "10-07", hours=4)
    both = broken(*ahead, past=past, at=law(weekly_rest_h=0))
    assert both == [("consecutive days", "ana", "10-07")]
    assert broken(*ahead[:2], past=past, at=law(weekly_rest_h=0)) == []


def test_a_run_that_was_too_long_already_is_reported_on_its_first_day_ahead_only() -> None:
    past = week_of("09:00", *(f"09-{d}" for d in (28, 29, 30)), *(f"10-0{d}" for d in (1, 2, 3, 4)), hours=4)
    ahead = week_of("09:00", "10-05", "10-06", hours=4)
    assert broken(*ahead, past=past, at=law(weekly_rest_h=0)) == [("consecutive days", "ana", "10-05")]


def test_the_weekly_rest_is_due_seven_days_after_the_last_one_before_the_horizon() -> None:
    past = week_of("12:00", "10-01", "10-02", "10-03", "10-04", hours=4)
    ahead = week_of("12:00", "10-05", "10-06", "10-07", hours=4)
    assert broken(*ahead, past=past, at=law(consecutive_days_max=9)) == [("weekly rest", "ana", "10-07")]
    assert broken(*ahead, at=law(consecutive_days_max=9)) == []


def wednesday(*shifts: list[dict[str, object]], past: list[list[dict[str, object]]]) -> list[str]:
    """Rules broken when the horizon begins on Wednesday the 7th."""
    found = audit(
        table(*shifts), agents(), centre(), absences=absences(),
        first_day=date(2026, 10, 7), days=5, before=table(*past),
    )  # fmt: skip
    return [f"{row.rule} {row.day:%m-%d}" for row in found.itertuples()]


def test_hours_and_days_of_the_first_week_are_used_up_by_what_was_worked_in_it() -> None:
    past = week_of("09:00", "10-05", "10-06")
    three = week_of("09:00", "10-07", "10-08", "10-09")
    assert wednesday(*three, past=past) == []
    four = [*three, shift("2026-10-10 09:00")]
    assert wednesday(*four, past=past) == ["contract hours 10-10", "longest week 10-10"]
