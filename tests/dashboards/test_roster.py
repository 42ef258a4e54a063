"""The schedule as people read it."""

from __future__ import annotations

from dashboards.filters import Scope
from dashboards.published import Published
from dashboards.roster import day_segments, people_of
from dashboards.week_grid import week_grid
from tests.dashboards.small_centre import FIRST_DAY


def test_a_shift_starts_and_ends_on_the_site_s_clock(plan: Published) -> None:
    people = people_of(plan.table("AGENTS"), Scope("TYO"))
    segments = day_segments(plan.table("SCHEDULE"), people, "Asia/Tokyo")
    assert segments["begin"].between(8, 12).any()
    assert ((segments["end_h"] - segments["begin"]) > 0).all()
    assert set(segments["site"]) == {"TYO"}


def test_a_week_of_five_shifts_has_forty_hours_without_meals(plan: Published) -> None:
    people = people_of(plan.table("AGENTS"), Scope("LIS"))
    segments = day_segments(plan.table("SCHEDULE"), people, "Europe/Lisbon")
    grid = week_grid(segments, people, contracts=plan.centre.contracts, monday=FIRST_DAY)
    assert (grid["hours"] == 40).all()
    assert (grid["contract_h"] == 40).all()
    assert ((grid.iloc[:, 1:8] != "").sum(axis=1) == 5).all()


def test_people_who_speak_the_language_are_found(plan: Published) -> None:
    agents = plan.table("AGENTS")
    german = people_of(agents, Scope("LIS", "de"))
    assert len(german) == agents.query("site == 'LIS'")["languages"].str.contains("de").sum()


def test_people_of_the_same_name_are_told_apart(plan: Published) -> None:
    agents = plan.table("AGENTS").assign(name="Ana Ribeiro")
    assert people_of(agents, Scope("LIS"))["name"].is_unique
