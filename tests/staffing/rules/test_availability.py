"""Absences, employment dates and the site an agent belongs to."""

import pandas as pd

from planner.domain.timegrid import around_the_clock
from tests.staffing.rules.hand import ZONE, absences, agents, broken, centre, shift

DAY = pd.Timestamp("2026-10-07")


def test_a_shift_on_a_day_of_absence_is_reported() -> None:
    away = absences(("ana", "2026-10-06", "2026-10-08", "unavailable"))
    assert broken(shift("2026-10-07 09:00"), away=away) == [("availability", "ana", "10-07")]
    assert broken(shift("2026-10-09 09:00"), away=away) == []


def test_a_night_shift_that_reaches_into_a_day_of_absence_is_reported() -> None:
    night = centre(hours=around_the_clock(ZONE))
    away = absences(("ana", "2026-10-08", "2026-10-08", "unavailable"))
    assert broken(shift("2026-10-07 22:00"), at=night, away=away) == [("availability", "ana", "10-08")]
    assert broken(shift("2026-10-07 15:30"), at=night, away=away) == []


def test_work_before_the_hire_and_after_the_leave_is_reported() -> None:
    three = [shift(f"2026-10-{day:02d} 09:00") for day in (6, 7, 8)]
    assert broken(*three, people=agents(hire_date=DAY)) == [("availability", "ana", "10-06")]
    assert broken(*three, people=agents(leave_date=DAY)) == [("availability", "ana", "10-08")]
    assert broken(three[1], people=agents(hire_date=DAY, leave_date=DAY)) == []


def test_nobody_unknown_and_nobody_of_another_site_is_scheduled() -> None:
    stranger = shift("2026-10-07 09:00", agent_id="zoe")
    assert ("availability", "zoe", "10-07") in broken(stranger)
    assert ("availability", "ana", "10-07") in broken(shift("2026-10-07 09:00"), people=agents(site="LIS"))
