"""Shifts lie within the hours in which the site is open."""

from tests.staffing.rules.hand import broken, shift


def test_a_shift_that_ends_after_closing_is_reported() -> None:
    assert broken(shift("2026-10-05 15:00")) == [("opening hours", "ana", "10-05")]


def test_a_shift_that_begins_before_opening_is_reported() -> None:
    assert broken(shift("2026-10-05 07:30")) == [("opening hours", "ana", "10-05")]


def test_a_shift_from_opening_to_just_before_closing_is_fine() -> None:
    assert broken(shift("2026-10-05 08:00"), shift("2026-10-07 14:30")) == []
