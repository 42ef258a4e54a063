"""Everybody at work at one moment has a seat, those at home aside."""

from dataclasses import replace

import pytest

from planner.domain.centre import Centre, Site
from staffing.rules.seats import at_once
from tests.staffing.rules.hand import broken, centre, shift

BOTH = [
    shift("2026-10-05 09:00", 4, meal_after=None),
    shift("2026-10-05 11:00", 4, meal_after=None, agent_id="bea", language="it"),
]


def with_seats(seats: int | None, remote_share: float = 0.0) -> Centre:
    plan = centre()
    return replace(plan, sites={"SVQ": replace(plan.sites["SVQ"], seats=seats, remote_share=remote_share)})


def test_who_comes_when_all_seats_are_taken_is_named() -> None:
    assert broken(*BOTH, at=with_seats(1)) == [("seats", "bea", "10-05")]
    assert broken(*BOTH, at=with_seats(2)) == []
    assert broken(*BOTH, at=with_seats(None)) == []


def test_half_the_people_at_home_halve_the_seats_needed() -> None:
    assert broken(*BOTH, at=with_seats(1, remote_share=0.5)) == []


def test_a_seat_is_free_again_when_a_shift_ends() -> None:
    later = shift("2026-10-05 13:00", 4, meal_after=None, agent_id="bea", language="it")
    assert broken(BOTH[0], later, at=with_seats(1)) == []


def test_a_seat_is_kept_over_the_meal() -> None:
    over_lunch = shift("2026-10-05 13:00", 4, meal_after=None, agent_id="bea", language="it")
    assert broken(shift("2026-10-05 09:00"), over_lunch, at=with_seats(1)) == [("seats", "bea", "10-05")]


@pytest.mark.parametrize(
    ("seats", "share", "people"),
    [(100, 0.25, 133), (100, 0.0, 100), (30, 0.4, 50), (0, 0.5, 0), (5, 1.0, None)],
)
def test_seats_and_the_share_at_home_give_the_most_at_work(
    seats: int, share: float, people: int | None
) -> None:
    site = centre().sites["SVQ"]
    assert isinstance(site, Site)
    assert at_once(replace(site, seats=seats, remote_share=share)) == people
