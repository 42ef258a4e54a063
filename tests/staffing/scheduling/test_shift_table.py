"""Shifts start by the local clock, last as long as they last, and follow one another with rest."""

from datetime import date

import numpy as np
import pytest

from planner.domain.timegrid import OpeningHours
from staffing.labour import Limits
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import (
    AFTER_LONG,
    AFTER_REST,
    BEGIN,
    CLASS,
    END,
    GROUP,
    LINE,
    NEXT_DAY,
    NEXT_GAP,
    WHICH,
)
from staffing.scheduling.shift_table import Kind, shift_table
from staffing.shifts import Shift

AUTUMN = Clock("Europe/Madrid", 30, date(2026, 10, 23), 5)  # the clock goes back on Sunday, the third day
LAW = Limits(week_h=40, week_days=5, rest_h=12, long_rest_h=36, stretch_days=6, consecutive_days=6)
EIGHT = tuple(Shift("8 h", start, 480, ()) for start in range(0, 1440, 60))


def test_a_day_of_clock_change_has_25_hours() -> None:
    assert np.diff(AUTUMN.day_begin)[:5].tolist() == [48, 48, 50, 48, 48]


def test_a_shift_at_nine_starts_at_nine_by_the_clock_before_and_after_the_change() -> None:
    assert (AUTUMN.starts(540) - AUTUMN.day_begin[:5]).tolist() == [18, 18, 20, 18, 18]


def test_a_time_that_the_clock_skips_is_no_start_that_day() -> None:
    spring = Clock("Europe/Madrid", 30, date(2026, 3, 28), 3)
    assert (spring.starts(150) >= 0).tolist() == [True, False, True]


@pytest.mark.parametrize("opens", [(8, 22), (0, 24)])
def test_offered_shifts_lie_in_opening_hours_and_leave_their_rest(opens: tuple[int, int]) -> None:
    hours = OpeningHours("Europe/Madrid", dict.fromkeys(range(7), ((opens[0] * 60, opens[1] * 60),)))
    table = shift_table([Kind(EIGHT, LAW, 10.0)], AUTUMN, AUTUMN.when(hours.is_open))
    for d in range(5):
        day = table.starts[0, d, : table.offered[0, d]]
        assert len(day) == (7 if opens == (8, 22) else 24)
        assert (day[:, END] - day[:, BEGIN] == 16).all()
        groups = table.groups[0, d, day[:, GROUP]]
        for column, back, rest_h in ((AFTER_REST, 1, 12), (AFTER_LONG, 2, 36)):
            if d < back:
                continue
            before = table.starts[0, d - back, : table.offered[0, d - back]]
            for start, most in zip(day, groups[:, column]):
                enough = start[BEGIN] - before[:, END] >= 2 * rest_h
                assert (before[:, CLASS] < most).tolist() == enough.tolist()


def test_a_kind_without_shifts_has_none_on_any_day() -> None:
    table = shift_table(
        [Kind((), LAW, 10.0), Kind(EIGHT, LAW, 10.0)],
        AUTUMN,
        AUTUMN.when(lambda moments: np.ones(len(moments), bool)),
    )
    assert table.offered[0].sum() == 0
    assert table.starts[1, 0, 0, WHICH] == 0


@pytest.mark.parametrize(("consecutive", "rest"), [(6, 36), (3, 36), (4, 0)])
def test_places_of_a_stretch_count_days_since_rest_and_days_in_a_row(consecutive: int, rest: float) -> None:
    limits = Limits(week_h=40, rest_h=12, long_rest_h=rest, stretch_days=6, consecutive_days=consecutive)
    table = shift_table(
        [Kind(EIGHT, limits, 10.0)], AUTUMN, AUTUMN.when(lambda moments: np.ones(len(moments), bool))
    )
    next_day, next_gap = table.stretch[0, 0, NEXT_DAY], table.stretch[0, 0, NEXT_GAP]
    place, days = 0, 1
    while next_day[place] >= 0:
        place, days = int(next_day[place]), days + 1
    assert days == consecutive
    assert (next_gap >= 0).all() == (rest == 0)


def test_night_work_is_measured_in_elapsed_hours_on_the_day_of_a_clock_change() -> None:
    # 01:00 to 06:00 are five hours, and six on the night in which the clock goes back.
    early = (Shift("8 h", 60, 480, ()),)
    kind = Kind(early, LAW, 10.0, night=(22, 6), night_work_h=5.5)
    table = shift_table([kind], AUTUMN, AUTUMN.when(lambda moments: np.ones(len(moments), bool)))
    lines = [int(table.groups[0, d, table.starts[0, d, 0, GROUP], LINE]) for d in range(5)]
    assert lines == [0, 0, 1, 0, 0]
