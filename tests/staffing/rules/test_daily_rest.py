"""Daily rest is counted in elapsed hours from the end of a shift to the start of the next."""

import pandas as pd

from planner.domain.timegrid import around_the_clock
from tests.staffing.rules.hand import ZONE, broken, centre, shift


def test_a_shift_eleven_and_a_half_hours_after_the_last_is_reported_where_twelve_are_due() -> None:
    found = broken(shift("2026-10-05 14:30"), shift("2026-10-06 10:30"))
    assert found == [("daily rest", "ana", "10-06")]


def test_twelve_hours_between_two_shifts_are_enough() -> None:
    assert broken(shift("2026-10-05 14:30"), shift("2026-10-06 11:00")) == []


def test_the_rest_between_sunday_and_monday_counts_too() -> None:
    found = broken(shift("2026-10-11 14:30"), shift("2026-10-12 08:00"))
    assert ("daily rest", "ana", "10-12") in found


def test_the_night_of_the_clock_change_in_autumn_is_an_hour_longer() -> None:
    night = centre(hours=around_the_clock(ZONE))
    # 22:30 to 09:30 is eleven hours by the clock, and twelve hours of rest.
    assert broken(shift("2026-10-24 14:00"), shift("2026-10-25 09:30"), at=night, days=28) == []
    assert broken(shift("2026-10-23 14:00"), shift("2026-10-24 09:30"), at=night, days=28) == [
        ("daily rest", "ana", "10-24")
    ]


def test_two_agents_need_no_rest_from_each_other() -> None:
    bea = shift("2026-10-05 19:00", 4, meal_after=None, agent_id="bea", language="it")
    assert broken(shift("2026-10-05 08:00"), bea) == []
    assert isinstance(bea[0]["start"], pd.Timestamp)
