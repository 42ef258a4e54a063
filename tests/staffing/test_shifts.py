"""Patterns become shifts with pauses that the law and the pattern allow."""

from dataclasses import replace

import pytest

from planner.domain.centre import Contract, LabourRules, ShiftPattern, Site
from planner.domain.timegrid import around_the_clock
from staffing.labour import Limits, every_rule, limits_of
from staffing.shifts import Shift, shifts

EIGHT, SIX, FOUR = (ShiftPattern(f"{paid:g} h", paid) for paid in (8.0, 6.0, 4.0))
CONTRACT = Contract("any", 40, 5, (8.0, 6.0, 4.0))
SPAIN = LabourRules(
    daily_rest_h=12, weekly_rest_h=36, day_max_h=9, break_after_h=6, break_min=15, meal_min=30
)
PORTUGAL = LabourRules(day_max_h=8, break_after_h=5, break_min=60, meal_min=60)
BRAZIL = LabourRules(day_max_h=6, break_after_h=3, break_min=20, meal_min=20, short_breaks=(10, 10))


def first(pattern: ShiftPattern, law: LabourRules, interval_min: int = 30) -> Shift | None:
    """The shift of a pattern that starts at midnight, None where the law allows none."""
    site = Site("S", "S", "ES", "UTC", around_the_clock("UTC"), labour=law)
    limits = limits_of(CONTRACT, site=site, rules=every_rule())
    found = shifts(CONTRACT, patterns=(pattern,), labour=law, limits=limits, interval_min=interval_min)
    return found[0] if found else None


def pauses(shift: Shift | None) -> list[tuple[str, int, int, int]]:
    assert shift is not None
    return [(p.activity, p.minutes, p.earliest_min, p.latest_min) for p in shift.pauses]


def test_eight_hours_in_spain_have_a_meal_in_the_window_and_a_paid_break_after_it() -> None:
    assert pauses(first(EIGHT, SPAIN)) == [("meal", 30, 210, 300), ("break", 15, 390, 450)]
    assert first(EIGHT, SPAIN).span_min == 510  # type: ignore[union-attr]


def test_six_hours_in_spain_have_a_paid_break_only() -> None:
    assert pauses(first(SIX, SPAIN)) == [("break", 15, 90, 240)]


def test_six_hours_in_portugal_have_an_hour_off_for_the_law_asks_for_it_after_five() -> None:
    assert pauses(first(SIX, PORTUGAL)) == [("meal", 60, 150, 210)]
    assert pauses(first(FOUR, PORTUGAL)) == []


def test_a_meal_of_twenty_minutes_fills_an_interval_of_thirty_and_breaks_keep_their_minutes() -> None:
    found = pauses(first(SIX, BRAZIL))
    assert [(activity, minutes) for activity, minutes, _, _ in found] == [
        ("break", 10),
        ("meal", 30),
        ("break", 10),
    ]
    assert found[1][2:] == (180, 180)  # three hours before it and three after


def test_a_day_longer_than_the_law_allows_has_no_shift() -> None:
    assert first(EIGHT, BRAZIL) is None


def test_a_pattern_whose_meal_cannot_break_the_row_in_time_has_no_shift() -> None:
    assert first(replace(EIGHT, meal_window_h=(5.5, 6.0)), PORTUGAL) is None
    assert first(replace(EIGHT, meal_from_h=9, break_from_h=9), replace(SPAIN, break_after_h=3)) is None


def test_a_meal_window_at_the_end_of_a_short_shift_leaves_an_hour_of_work() -> None:
    five = Contract("any", 25, 5, (5.0,))
    site = Site("S", "S", "ES", "UTC", around_the_clock("UTC"), labour=SPAIN)
    limits = limits_of(five, site=site, rules=every_rule())
    pattern = ShiftPattern("5 h", 5.0, meal_from_h=4.5, break_from_h=9)
    found = shifts(five, patterns=(pattern,), labour=SPAIN, limits=limits, interval_min=30)
    assert pauses(found[0]) == [("meal", 30, 210, 240)]


def test_breaks_that_do_not_fit_between_pauses_leave_no_shift() -> None:
    assert (
        first(replace(EIGHT, meal_window_h=(0.5, 1.0)), replace(SPAIN, short_breaks=(90, 90, 90, 90, 90, 90)))
        is None
    )


def test_a_pattern_belongs_to_the_contracts_that_have_its_hours() -> None:
    part = Contract("part", 20, 5, (4.0,))
    found = shifts(part, patterns=(EIGHT, FOUR), labour=SPAIN, limits=Limits(), interval_min=30)
    assert {shift.pattern for shift in found} == {"4 h"}
    assert [shift.start_min for shift in found] == list(range(0, 1440, 30))


@pytest.mark.parametrize("law", [SPAIN, PORTUGAL, BRAZIL])
@pytest.mark.parametrize("interval_min", [15, 30])
@pytest.mark.parametrize("pattern", [EIGHT, SIX, FOUR])
def test_pauses_never_meet_and_lie_inside_the_shift(
    pattern: ShiftPattern, law: LabourRules, interval_min: int
) -> None:
    shift = first(pattern, law, interval_min)
    if shift is None:
        assert pattern.paid_h > law.day_max_h
        return
    edges = [
        0,
        *(t for p in shift.pauses for t in (p.earliest_min, p.latest_min + p.minutes)),
        shift.span_min,
    ]
    assert edges == sorted(edges)
    assert all(p.earliest_min <= p.latest_min and p.earliest_min % interval_min == 0 for p in shift.pauses)


def test_listed_starts_are_the_only_ones() -> None:
    pattern = ShiftPattern("8 h", 8.0, starts_min=(7 * 60, 14 * 60 + 30))
    site = Site("S", "S", "ES", "UTC", around_the_clock("UTC"), labour=SPAIN)
    limits = limits_of(CONTRACT, site=site, rules=every_rule())
    found = shifts(CONTRACT, patterns=(pattern,), labour=SPAIN, limits=limits, interval_min=30)
    assert [shift.start_min for shift in found] == [420, 870]
