"""What stands, sorted by how it stands: segments as they are, whole shifts, days off, and what may move."""

from datetime import date

import pandas as pd

from planner.domain.tables import LOCKED, SCHEDULE
from staffing.locks import Part, joined, locked_part
from staffing.standing import Standing
from tests.staffing.scheduling.planted import MONDAY, centre_of, planted

PLAN = planted(5, 12, centre=centre_of(), first_day=MONDAY, days=14)
ZONES = {"SVQ": "Europe/Madrid"}


def first_week() -> pd.DataFrame:
    part = Part(last_day=date(2026, 10, 11))
    return locked_part(PLAN.schedule, part, agents=PLAN.agents, zones=ZONES)


def whole(agent: str) -> pd.DataFrame:
    row = {"agent_id": agent, "site": "SVQ", "day": "2026-10-05", "activity": "shift"}
    times = {"start": "2026-10-05T07:00Z", "end": "2026-10-05T15:30Z"}
    return LOCKED.check(pd.DataFrame([row | times]))


def test_every_locked_row_stands_in_exactly_one_way() -> None:
    locked = joined(whole("a001"), first_week())
    standing = Standing(locked, PLAN.schedule)
    parts = [standing.segments, standing.shifts, standing.days_off]
    assert sum(map(len, parts)) == len(locked)
    assert min(map(len, parts)) > 0
    assert set(standing.shifts["agent_id"]) == {"a001"}


def test_locked_and_movable_rows_are_all_that_is_published() -> None:
    standing = Standing(first_week(), PLAN.schedule)
    both = pd.concat([standing.segments, standing.movable]).sort_values(
        ["agent_id", "start"], ignore_index=True
    )
    asked = PLAN.schedule.sort_values(["agent_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(both[SCHEDULE.present(both)], asked, check_like=True)


def test_a_locked_segment_without_a_pattern_is_still_a_row_of_schedule() -> None:
    bare = first_week().drop(columns=["shift", "language", "channel"])
    assert set(Standing(bare).segments["shift"]) == {"locked"}


def test_only_the_days_of_a_horizon_and_the_rows_of_a_site_stand_in_it() -> None:
    standing = Standing(first_week(), PLAN.schedule).within(date(2026, 10, 10), 3)
    assert {f"{day:%m-%d}" for day in standing.locked["day"]} == {"10-10", "10-11"}
    assert {f"{day:%m-%d}" for day in standing.published["day"]} <= {"10-10", "10-11", "10-12"}
    assert standing.of_site("LIS").is_empty
    assert not standing.of_site("SVQ").is_empty
