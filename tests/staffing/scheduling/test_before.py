"""The last weeks' shifts tell how agents come into the horizon."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.domain.timegrid import around_the_clock
from staffing.flags import NIGHT, WEEKEND
from staffing.labour import Limits, People
from staffing.last_weeks import flagged, used_days, used_h, weekly_h
from staffing.scheduling.around import GAP, RESTED, WORKED
from staffing.scheduling.before import LONG_AGO, LastShifts, entry_of, last_shifts, too_early
from staffing.scheduling.clock import Clock
from staffing.scheduling.problem import NEXT_DAY
from staffing.scheduling.stretches import stretches
from tests.staffing.rules.hand import MONDAY, SPAIN, ZONE, absences, agents, centre, shift, table, week_of

CLOCK = Clock(ZONE, 30, MONDAY, 7)
SPANISH = Limits(rest_h=12, long_rest_h=36, stretch_days=6, consecutive_days=6)


def people(*past: list[dict[str, object]]) -> People:
    plan, who = centre(SPAIN, hours=around_the_clock(ZONE)), agents()
    contracts = tuple(plan.contracts[name] for name in who["contract"])
    return People(who, absences(), plan.sites["SVQ"], contracts, (), MONDAY, 7, table(*past))


def last(*past: list[dict[str, object]]) -> LastShifts:
    return last_shifts(people(*past), [SPANISH, SPANISH], CLOCK)


def test_nobody_known_comes_in_rested() -> None:
    found = last()
    assert list(found.days_ago) == [0, 0]
    assert list(found.end) == [LONG_AGO, LONG_AGO]
    assert not found.since_rest.any()


def test_the_last_shift_is_told_by_its_day_and_its_end() -> None:
    found = last(shift("2026-10-02 09:00"), shift("2026-10-03 14:00"))
    assert list(found.days_ago) == [2, 0]
    assert found.end[0] == -51  # 22:30 on the third is 25.5 hours before Monday
    late = last(shift("2026-10-04 22:00", 6))
    assert (late.days_ago[0], late.end[0]) == (1, 9)  # until 04:30 on Monday


def test_days_since_the_weekly_rest_go_on_over_a_free_day_too_short_for_it() -> None:
    late = week_of("19:00", "09-29", "09-30", hours=4)  # until 23:30
    early = week_of("08:00", "10-02", "10-03", "10-04", hours=4)  # after 32.5 hours
    found = last(*late, *early)
    assert (found.since_rest[0], found.in_a_row[0]) == (6, 3)
    noon = week_of("12:00", "10-02", "10-03", "10-04", hours=4)
    assert last(*late, *noon).since_rest[0] == 3


def test_nights_in_a_row_end_with_a_day_shift() -> None:
    nights = week_of("22:00", "10-01", "10-02", hours=6)
    assert last(*nights).nights[0] == 2
    assert last(*nights, shift("2026-10-03 18:00", 4)).nights[0] == 0


def test_a_start_too_soon_after_the_last_shift_is_forbidden_on_the_first_days_only() -> None:
    found = last(shift("2026-10-04 14:30"))  # until 23:00; with 12 hours, nothing before 11:00
    begins = np.tile(np.arange(0, 48 * 7, 2).reshape(7, 24), (2, 1, 1))
    early = too_early(found, begins, np.array([24.0, 24.0]))
    assert list(np.flatnonzero(early[0, 0])) == list(range(11))
    assert not early[0, 1:].any()
    assert not early[1].any()


def into(
    *past: list[dict[str, object]], clocks: tuple[int, ...] = (16, 24)
) -> tuple[int, int, int, np.ndarray]:
    """How Ana comes in, days she may still work in a row, her class, and her banned starts (day x start).

    Starts are at these half-hours of every day.
    """
    begins = np.array([[48 * day + clock for clock in clocks] for day in range(7)])
    found = entry_of(last(*past), [SPANISH, SPANISH], np.stack([begins, begins]), an_hour=2)
    how, place, second = (int(n) for n in found.state[0])
    steps, more = stretches([SPANISH])[0, 0, NEXT_DAY], 0
    while steps[place] >= 0:
        place, more = int(steps[place]), more + 1
    return how, more, second, found.banned[0]


SIX = ("09-28", "09-29", "09-30", "10-01", "10-02", "10-03")


def test_after_six_days_and_a_long_sunday_off_monday_is_free_to_work() -> None:
    how, more, second, banned = into(*week_of("09:00", *SIX, hours=4))  # Saturday until 13:30
    assert (how, more, second) == (GAP, 0, 0)
    assert not banned.any()


def test_after_six_days_and_a_late_saturday_monday_begins_when_the_weekly_rest_is_over() -> None:
    how, more, second, banned = into(*week_of("18:00", *SIX, hours=4))  # until 22:30: 36 hours are 10:30
    assert (how, more, second) == (GAP, 0, 0)
    assert [list(day) for day in banned[:2]] == [[True, False], [False, False]]


def test_while_the_stretch_has_room_a_short_day_off_goes_on_with_it() -> None:
    how, more, second, banned = into(*week_of("18:00", "10-02", "10-03", hours=4))
    assert (how, more, second) == (GAP, 4, 1)
    assert not banned.any()


def test_who_worked_yesterday_comes_in_at_work() -> None:
    past = week_of("18:00", *SIX[2:], "10-04", hours=4)  # five days, until 22:30: twelve hours are 10:30
    how, more, second, banned = into(*past)
    assert (how, more, second) == (WORKED, 1, 0)
    assert [list(day) for day in banned[:3]] == [[True, False], [True, False], [False, False]]


def test_two_days_off_are_a_rest() -> None:
    how, _, second, banned = into(*week_of("18:00", *SIX[:5], hours=4))
    assert (how, second, banned.any()) == (RESTED, 0, False)


def test_hours_and_days_of_the_week_are_used_from_its_monday() -> None:
    who = people(*week_of("09:00", "10-02", "10-05", "10-06"))
    later = replace(who, first_day=date(2026, 10, 7))
    assert used_h(later)[0] == pytest.approx([16.0, 0.0])
    assert list(used_days(later)[0]) == [2, 0]
    assert used_h(who)[0] == pytest.approx([0.0])


def test_weeks_before_the_first_shift_of_anybody_are_not_known() -> None:
    found = weekly_h(people(*week_of("09:00", "09-22", "10-01")), weeks=4)
    assert np.isnan(found[:, 0]).all()
    assert list(found[0, 1:]) == [8.0, 8.0, 0.0]
    assert list(found[1, 1:]) == [0.0, 0.0, 0.0]


def test_flags_are_counted_by_week_and_a_weekend_once() -> None:
    past = [*week_of("22:00", "09-22", "09-23", hours=6), *week_of("09:00", "10-03", "10-04", hours=6)]
    assert list(flagged(people(*past), NIGHT, weeks=3)[0]) == [2, 0, 0]
    assert list(flagged(people(*past), WEEKEND, weeks=3)[0]) == [0, 1, 0]
