"""Pauses: none works longer in a row than the law allows, and short pauses do not end a row."""

import pandas as pd

from tests.staffing.rules.hand import broken, law, shift


def with_break(minutes: int) -> list[dict[str, object]]:
    """A shift of seven hours from 9:00 with a paid break after four."""
    whole = shift("2026-10-05 09:00", 7, meal_after=None)[0]
    pause = whole["start"] + pd.Timedelta(hours=4)
    end = pause + pd.Timedelta(minutes=minutes)
    rest = {"activity": "break", "language": None, "channel": None, "start": pause, "end": end}
    return [whole | {"end": pause}, whole | rest, whole | {"start": end}]


def test_seven_hours_without_a_pause_are_reported_where_one_is_due_after_six() -> None:
    assert broken(shift("2026-10-05 09:00", 7, meal_after=None)) == [("pauses", "ana", "10-05")]


def test_six_hours_without_a_pause_are_allowed() -> None:
    assert broken(shift("2026-10-05 09:00", 6, meal_after=None)) == []


def test_a_meal_too_early_leaves_too_many_hours_after_it() -> None:
    assert broken(shift("2026-10-05 09:00", 8, meal_after=1.5)) == [("pauses", "ana", "10-05")]


def test_a_break_of_fifteen_minutes_ends_the_row_and_one_of_ten_does_not() -> None:
    assert broken(with_break(15)) == []
    assert broken(with_break(10)) == [("pauses", "ana", "10-05")]


def test_a_meal_shorter_than_the_law_asks_is_reported() -> None:
    assert broken(shift("2026-10-05 09:00", 8), at=law(meal_min=60)) == [("pauses", "ana", "10-05")]
