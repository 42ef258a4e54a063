"""The longest week caps paid hours from Monday to Sunday, whatever the contract allows."""

from planner.domain.centre import Contract
from tests.staffing.rules.hand import HOURS, SPAIN, agents, broken, centre, shift

LONG = {"full": Contract("full", 48, 6, HOURS)}
SIX = [shift(f"2026-10-{day:02d} 09:00") for day in range(5, 11)]


def test_six_days_of_eight_hours_break_a_week_of_40_hours_on_its_last_day() -> None:
    assert broken(*SIX, at=centre(SPAIN, **LONG)) == [("longest week", "ana", "10-10")]


def test_five_days_of_eight_hours_do_not() -> None:
    assert broken(*SIX[:5], at=centre(SPAIN, **LONG), people=agents()) == []


def test_hours_of_another_week_do_not_count() -> None:
    later = [shift(f"2026-10-{day:02d} 09:00") for day in range(13, 16)]
    assert broken(*SIX[:3], *later, at=centre(SPAIN, **LONG)) == []
