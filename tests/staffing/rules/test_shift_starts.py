"""Shifts start when a pattern of their contract does, and meals lie in its window."""

from dataclasses import replace

import pytest

from planner.domain.centre import Contract, ShiftPattern
from tests.staffing.rules.hand import SPAIN, broken, centre, shift

EIGHT = centre(SPAIN, full=Contract("full", 40, 5, (8.0,)))


def at(pattern: ShiftPattern) -> list[tuple[str, str, str]]:
    """What is broken by a shift from 9:00 with its meal after four hours."""
    return broken(shift("2026-10-05 09:00"), at=replace(EIGHT, shift_patterns=(pattern,)))


def test_a_listed_start_is_the_only_one_there_is() -> None:
    free = ShiftPattern("8 h", 8.0, break_from_h=24)
    assert at(free) == []
    assert at(replace(free, starts_min=(7 * 60, 9 * 60))) == []
    assert at(replace(free, starts_min=(7 * 60, 14 * 60))) == [("shift starts", "ana", "10-05")]


@pytest.mark.parametrize(("clock", "step", "fine"), [("09:30", 30, True), ("09:30", 60, False)])
def test_without_a_list_the_step_counts_from_midnight(clock: str, step: int, fine: bool) -> None:
    plan = replace(EIGHT, shift_patterns=(ShiftPattern("8 h", 8.0, step, break_from_h=24),))
    found = broken(shift(f"2026-10-05 {clock}"), at=plan)
    assert found == ([] if fine else [("shift starts", "ana", "10-05")])


def test_a_meal_outside_its_window_is_reported() -> None:
    free = ShiftPattern("8 h", 8.0, break_from_h=24)
    assert at(replace(free, meal_window_h=(3.5, 5.0))) == []
    assert at(replace(free, meal_window_h=(4.5, 5.0))) == [("meal window", "ana", "10-05")]
    assert at(replace(free, meal_window_h=(2.0, 3.5))) == [("meal window", "ana", "10-05")]


def test_where_two_patterns_have_the_hours_either_window_will_do() -> None:
    early = ShiftPattern("early 8 h", 8.0, meal_window_h=(2.0, 3.0), break_from_h=24)
    late = ShiftPattern("late 8 h", 8.0, meal_window_h=(3.5, 5.0), break_from_h=24)
    assert broken(shift("2026-10-05 09:00"), at=replace(EIGHT, shift_patterns=(early, late))) == []
