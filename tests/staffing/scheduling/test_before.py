"""The last weeks' shifts tell how agents come into the horizon."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.domain.timegrid import around_the_clock
from staffing.flags import NIGHT, WEEKEND
from staffing.labour import Limits, People
from staffing.last_weeks import flagged, used_days, used_h, weekly_h
from staffing.scheduling.before import LONG_AGO, LastShifts, ends_before, last_shifts, too_early
from staffing.scheduling.clock import Clock
from tests.staffing.rules.hand import MONDAY, SPAIN, ZONE, absences, agents, centre, shift, table, week_of

CLOCK = Clock(ZONE, 30, MONDAY, 7)
SPANISH = Limits(rest_h=12, long_rest_h=36)


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


def test_ends_are_listed_once_in_order() -> None:
    both = last(shift("2026-10-04 14:30"), shift("2026-10-04 09:00", agent_id="bea", language="it"))
    everyone = np.ones(2, bool)
    assert list(ends_before(both, everyone, 1)) == [-13, -2]
    assert list(ends_before(both, everyone, 2)) == []


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
