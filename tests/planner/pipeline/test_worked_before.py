"""The weeks before a horizon come from the published plans, day by day from the latest."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd

from planner.pipeline.worked_before import worked_before
from planner.store import Store
from tests.planner.pipeline.published_plans import NOW, published, week
from tests.staffing.scheduling.planted import MONDAY

WEEK = timedelta(weeks=1)


def test_nothing_published_is_nothing_worked(tmp_path: Path) -> None:
    assert worked_before(Store(tmp_path), MONDAY, weeks=8).empty


def test_the_later_plan_wins_on_the_days_it_has_and_leaves_the_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    long, short = week(seed=1, days=14), week(seed=2)
    published(store, long, long.schedule)
    published(store, short, short.schedule, now=NOW + WEEK)
    found = worked_before(store, MONDAY + 2 * WEEK, weeks=8)
    second = pd.Timestamp(MONDAY + WEEK)
    expected = [short.schedule, long.schedule[long.schedule["day"] >= second]]
    both = pd.concat(expected).sort_values(["agent_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(found.sort_values(["agent_id", "start"], ignore_index=True), both)


def test_no_day_of_the_horizon_and_none_too_long_ago(tmp_path: Path) -> None:
    store, plan = Store(tmp_path), week(days=14)
    published(store, plan, plan.schedule)
    days = worked_before(store, MONDAY + timedelta(days=10), weeks=1)["day"]
    assert days.min().date() >= MONDAY + timedelta(days=3)
    assert days.max().date() < MONDAY + timedelta(days=10)
