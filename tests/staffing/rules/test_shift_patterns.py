"""A shift has the paid hours, the meal and the paid breaks of one of its contract's patterns."""

from dataclasses import replace

import pandas as pd

from planner.domain.centre import Contract, ShiftPattern
from tests.staffing.rules.hand import SPAIN, broken, centre, shift

STRICT = replace(
    centre(SPAIN, full=Contract("full", 40, 5, (8.0,))), shift_patterns=(ShiftPattern("full 8 h", 8.0),)
)


def eight_hours(break_min: int) -> list[dict[str, object]]:
    """Eight hours with a meal after four and a paid break at the end of the sixth."""
    first, meal, last = shift("2026-10-05 09:00")
    pause = last["start"] + pd.Timedelta(hours=2)
    back = pause + pd.Timedelta(minutes=break_min)
    rest = last | {"activity": "break", "language": None, "channel": None, "start": pause, "end": back}
    return [first, meal, last | {"end": pause}, rest, last | {"start": back}]


def test_a_shift_with_hours_meal_and_break_of_its_pattern_is_fine() -> None:
    assert broken(eight_hours(15), at=STRICT) == []


def test_a_shift_without_its_paid_break_is_reported() -> None:
    assert broken(shift("2026-10-05 09:00"), at=STRICT) == [("shift patterns", "ana", "10-05")]
    assert broken(eight_hours(10), at=STRICT) == [("shift patterns", "ana", "10-05")]


def test_a_shift_of_hours_that_no_pattern_has_is_reported() -> None:
    six = shift("2026-10-05 09:00", 6, meal_after=None)
    assert broken(six, at=STRICT) == [("shift patterns", "ana", "10-05")]


def test_a_shift_without_its_meal_is_reported() -> None:
    generous = replace(
        STRICT, sites={"SVQ": replace(STRICT.sites["SVQ"], labour=replace(SPAIN, break_after_h=9))}
    )
    assert broken(shift("2026-10-05 09:00", meal_after=None), at=generous) == [
        ("shift patterns", "ana", "10-05")
    ]
