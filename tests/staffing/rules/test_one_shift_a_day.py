"""One shift a day, in one piece, booked on the local day it starts on."""

import pandas as pd

from planner.domain.timegrid import around_the_clock
from tests.staffing.rules.hand import ZONE, broken, centre, shift


def test_two_shifts_on_a_day_are_reported() -> None:
    morning = shift("2026-10-05 08:00", 2, meal_after=None)
    evening = shift("2026-10-05 20:00", 2, meal_after=None)
    assert broken(morning, evening) == [("one shift a day", "ana", "10-05")]


def test_segments_that_overlap_are_reported() -> None:
    first, again = (shift(f"2026-10-05 {hour}:00", 2, meal_after=None) for hour in ("09", "10"))
    assert broken(first, again) == [("one shift a day", "ana", "10-05")]


def test_segments_that_join_are_one_shift() -> None:
    first = shift("2026-10-05 09:00", 2, meal_after=None)
    second = shift("2026-10-05 11:00", 2, meal_after=None, channel="chat")
    assert broken(first, second) == []


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    night = centre(hours=around_the_clock(ZONE))
    assert broken(shift("2026-10-05 22:00"), at=night) == []
    tomorrow = [segment | {"day": pd.Timestamp("2026-10-06")} for segment in shift("2026-10-05 22:00")]
    assert broken(tomorrow, at=night) == [("one shift a day", "ana", "10-06")]
