"""Pauses keep what the law asks for wherever in their windows they begin."""

from dataclasses import replace
from itertools import pairwise, product

import pytest

from planner.domain.centre import LabourRules, ShiftPattern
from planner.domain.labour_rules import PausesDue
from staffing.labour import Limits
from staffing.pauses import Pause, pauses_of, spaced

EIGHT, SIX, TEN = (ShiftPattern(f"{paid:g} h", paid) for paid in (8.0, 6.0, 10.0))
GERMAN = Limits(pauses_due=(PausesDue(6, 30), PausesDue(9, 45)), part_min=15, row_h=6, pause_min=15)
BRAZIL = Limits(row_h=3, pause_min=20, apart_least_min=60, apart_most_min=240)
THREE = (Pause("break", 10, 0, 120), Pause("meal", 30, 120, 240), Pause("break", 10, 200, 400))


def works(pauses: tuple[Pause, ...], starts: tuple[int, ...], span_min: int) -> list[int]:
    """Minutes of work before, between and after the pauses, begun at these minutes."""
    begins = [*starts, span_min]
    ends = [0, *(start + pause.minutes for start, pause in zip(starts, pauses))]
    return [begin - end for begin, end in zip(begins, ends)]


def choices(pauses: tuple[Pause, ...], interval_min: int) -> product:
    return product(*(range(p.earliest_min, p.latest_min + 1, interval_min) for p in pauses))


@pytest.mark.parametrize("interval_min", [15, 30])
@pytest.mark.parametrize(("least", "most"), [(0, 120), (60, 240), (60, 120), (90, 100), (30, 90), (45, 150)])
def test_any_choice_of_starts_keeps_the_work_between_pauses(interval_min: int, least: int, most: int) -> None:
    limits = Limits(apart_least_min=least, apart_most_min=most)
    found = spaced(THREE, span_min=420, limits=limits, interval_min=interval_min)
    anywhere = tuple(
        replace(p, earliest_min=0, latest_min=420) if p.activity == "break" else p for p in THREE
    )
    possible = [
        starts
        for starts in choices(anywhere, interval_min)
        if all(least <= work <= most for work in works(THREE, starts, 420))
    ]
    assert (found is None) == (not possible)
    for starts in choices(found or (), interval_min) if found else []:
        assert all(least <= work <= most for work in works(THREE, starts, 420))


def test_windows_are_left_as_they_are_where_nothing_is_asked() -> None:
    assert spaced(THREE, span_min=420, limits=Limits(), interval_min=15) == THREE


def test_windows_keep_room_where_the_law_leaves_some() -> None:
    found = spaced(
        THREE, span_min=420, limits=Limits(apart_least_min=60, apart_most_min=240), interval_min=15
    )
    assert found is not None
    assert all(pause.latest_min > pause.earliest_min for pause in found)


def law(**changes: object) -> LabourRules:
    return LabourRules(day_max_h=10, **changes)  # type: ignore[arg-type]


def minutes(pattern: ShiftPattern, labour: LabourRules, limits: Limits) -> list[tuple[str, int]]:
    found = pauses_of(pattern, labour=labour, limits=limits, interval_min=15)
    assert found is not None
    return [(pause.activity, pause.minutes) for pause in found]


def test_a_meal_grows_to_the_pauses_that_the_hours_call_for() -> None:
    no_breaks = law(break_min=30, meal_min=30)
    assert minutes(EIGHT, no_breaks, GERMAN) == [("meal", 30)]
    assert minutes(TEN, no_breaks, GERMAN) == [("meal", 45)]


def test_breaks_long_enough_are_a_part_of_the_pauses_due_and_short_ones_are_not() -> None:
    assert minutes(TEN, law(break_min=15, meal_min=30), GERMAN) == [("meal", 30), ("break", 15)]
    short = law(break_min=30, meal_min=30, short_breaks=(10,))
    assert minutes(TEN, short, GERMAN) == [("meal", 45), ("break", 10)]


def test_a_shift_without_a_meal_gets_one_where_the_pauses_due_ask_for_it() -> None:
    seven = ShiftPattern("7 h", 7.0, meal_from_h=9)
    assert minutes(seven, law(break_min=15, meal_min=30), GERMAN) == [("meal", 30), ("break", 15)]


def test_six_hours_by_nr_17_work_an_hour_before_the_first_pause_and_after_the_last() -> None:
    labour = law(break_min=20, meal_min=20, short_breaks=(10, 10))
    found = pauses_of(SIX, labour=labour, limits=BRAZIL, interval_min=15)
    assert found is not None
    assert [pause.activity for pause in found] == ["break", "meal", "break"]
    span_min = 360 + found[1].minutes
    for starts in choices(found, 15):
        for before, after in pairwise([*works(found, starts, span_min)]):
            assert min(before, after) >= 60


def test_a_window_in_which_no_interval_begins_gives_no_shift() -> None:
    narrow = ShiftPattern("8 h", 8.0, meal_window_h=(3.6, 3.7))
    assert pauses_of(narrow, labour=law(), limits=Limits(), interval_min=30) is None
    assert pauses_of(narrow, labour=law(), limits=Limits(), interval_min=10) is not None
