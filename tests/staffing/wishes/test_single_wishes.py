"""Wishes for starts and days, each on a schedule by hand: what is asked, what is missed, and by how much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.centre import Centre
from staffing.wishes import (
    day_of_work,
    day_off,
    days_off_in_pairs,
    floor,
    forward_rotation,
    preferred_start,
    premiums,
    steady_starts,
)
from tests.staffing.rules.hand import SPAIN
from tests.staffing.wishes.hand import absences, asked_days, centre, finished, missed, shift, wishes


@pytest.mark.parametrize(
    ("start", "away_h"),
    [("08:00", 0.0), ("10:00", 0.0), ("07:30", 0.5), ("12:00", 2.0), ("20:00", 10.0), ("23:00", 9.0)],
)
def test_a_start_outside_its_band_is_missed_by_the_hours_to_it_round_the_clock(
    start: str, away_h: float
) -> None:
    done = finished(shift(f"2026-10-06 {start}"), asked=wishes(("start", "all", "08:00", "10:00")))
    assert missed(preferred_start.WISH, done) == ([("ana", "10-06", away_h)] if away_h else [])
    assert asked_days(preferred_start.WISH, done) == ["10-06"]


@pytest.mark.parametrize(
    ("start", "away_h"), [("23:00", 0.0), ("01:30", 0.0), ("03:00", 1.0), ("21:00", 1.0)]
)
def test_a_band_may_pass_midnight(start: str, away_h: float) -> None:
    done = finished(shift(f"2026-10-06 {start}"), asked=wishes(("start", "all", "22:00", "02:00")))
    assert [amount for *_, amount in missed(preferred_start.WISH, done)] == ([away_h] if away_h else [])


def test_the_wish_that_names_fewer_days_counts() -> None:
    asked = wishes(("start", "tue", "12:00", "13:00"), ("start", "all", "08:00", "10:00"))
    done = finished(shift("2026-10-06 12:00"), shift("2026-10-07 12:00"), asked=asked)
    assert missed(preferred_start.WISH, done) == [("ana", "10-07", 2.0)]


def test_a_wish_holds_only_within_its_days() -> None:
    asked = wishes(("day off", "tue", None, None, None, "2026-10-10", "2026-10-31"))
    done = finished(shift("2026-10-06 09:00"), shift("2026-10-13 09:00"), asked=asked)
    assert missed(day_off.WISH, done) == [("ana", "10-13", 1.0)]


def test_a_day_off_asked_for_while_away_is_not_asked() -> None:
    asked = wishes(("day off", "2026-10-06"), ("work", "2026-10-07"))
    done = finished(
        shift("2026-10-08 09:00"), asked=asked, away=absences(("ana", "2026-10-06", "2026-10-07", "leave"))
    )
    assert asked_days(day_off.WISH, done) == asked_days(day_of_work.WISH, done) == []


def test_a_day_wished_for_work_is_missed_when_it_is_free() -> None:
    asked = wishes(("work", "2026-10-06"), ("work", "2026-10-07"))
    done = finished(shift("2026-10-07 09:00"), asked=asked)
    assert missed(day_of_work.WISH, done) == [("ana", "10-06", 1.0)]


def test_starts_of_a_week_are_held_against_their_middle() -> None:
    starts = ("10-05 08:00", "10-06 09:00", "10-07 12:00", "10-12 20:00")
    done = finished(*(shift(f"2026-{start}") for start in starts))
    assert missed(steady_starts.WISH, done) == [("ana", "10-05", 1.0), ("ana", "10-07", 3.0)]


def test_a_week_at_one_clock_time_is_steady_though_the_clock_changes() -> None:
    done = finished(*(shift(f"2026-10-{day} 09:00") for day in ("24", "25", "26")))
    assert missed(steady_starts.WISH, done) == missed(forward_rotation.WISH, done) == []


def test_a_start_earlier_than_the_day_before_is_missed_also_after_the_weeks_before() -> None:
    done = finished(
        shift("2026-10-05 09:00"),
        shift("2026-10-06 10:00"),
        shift("2026-10-08 08:00"),
        before=(shift("2026-10-04 12:00"),),
    )
    assert missed(forward_rotation.WISH, done) == [("ana", "10-05", 3.0)]
    assert asked_days(forward_rotation.WISH, done) == ["10-05", "10-06"]


def test_a_free_day_between_two_worked_ones_is_alone() -> None:
    days = ("10-05", "10-07", "10-10")
    done = finished(*(shift(f"2026-{day} 09:00") for day in days))
    assert missed(days_off_in_pairs.WISH, done) == [("ana", "10-06", 1.0)]


def test_a_day_of_leave_is_no_free_day_alone() -> None:
    away = absences(("ana", "2026-10-06", "2026-10-06", "leave"))
    done = finished(shift("2026-10-05 09:00"), shift("2026-10-07 09:00"), away=away)
    assert missed(days_off_in_pairs.WISH, done) == []


def paid(**premium: float) -> Centre:
    """The centre at 20 an hour, with premiums."""
    there = centre(replace(SPAIN, **premium))
    return replace(there, sites={"SVQ": replace(there.sites["SVQ"], cost_per_paid_hour=20)})


def test_a_sunday_costs_its_premium_by_the_clock_and_a_meal_none() -> None:
    at = paid(sunday_premium=0.5)
    done = finished(shift("2026-10-10 20:00", 8, meal_after=6), at=at)
    assert missed(premiums.WISH, done) == [("ana", "10-10", 3.5 * 0.5 * 20 + 0.5 * 0.5 * 20)]
    assert missed(premiums.WISH, finished(shift("2026-10-10 20:00", 8, meal_after=5), at=at)) == [
        ("ana", "10-10", 4 * 0.5 * 20)
    ]


def test_premiums_that_meet_add_up() -> None:
    at = paid(night_premium=0.25, sunday_premium=0.5, holiday_premium=1.0)
    done = finished(shift("2026-10-11 22:00", 2, meal_after=None), at=at, holidays=(date(2026, 10, 11),))
    assert missed(premiums.WISH, done) == [("ana", "10-11", 2 * 1.75 * 20)]


def test_an_agents_own_hour_is_what_counts() -> None:
    people = finished().worked.agents.assign(cost_per_hour=[30.0, None])
    done = finished(shift("2026-10-11 12:00", 2, meal_after=None), at=paid(sunday_premium=0.5), people=people)
    assert missed(premiums.WISH, done) == [("ana", "10-11", 30.0)]


def test_hours_below_a_floor_are_counted_while_the_queue_is_open() -> None:
    there = centre()
    queues = {key: replace(queue, floor=1 if key.language == "es" and key.channel == "voice" else 0)
              for key, queue in there.queues.items()}  # fmt: skip
    done = finished(shift("2026-10-05 09:15", 8, meal_after=None), at=replace(there, queues=queues))
    rows = missed(floor.WISH, done)
    assert len(rows) == 14
    assert rows[0] == ("SVQ · es · voice", "10-05", 15 - 8)
    assert {amount for *_, amount in rows[1:]} == {15.0}
