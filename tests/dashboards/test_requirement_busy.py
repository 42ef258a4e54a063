"""People on a busier day: each agent on contact takes as many people as in the plan."""

from __future__ import annotations

import pandas as pd

from dashboards.requirement_busy import drawn_levels, levels_of, with_busy_days

ROWS = pd.DataFrame({
    "agents_on_contact": [10.0, 0.0], "agents_scheduled": [12.5, 0.0],
    "agents_p50": [10.0, 0.0], "agents_p75": [11.0, 0.0], "agents_p90": [12.0, 1.0],
})  # fmt: skip


def test_people_at_work_follow_the_plans_shrinkage() -> None:
    rows = with_busy_days(ROWS)
    assert rows.loc[0, ["people_p50", "people_p75", "people_p90"]].tolist() == [12.5, 13.75, 15.0]


def test_a_busy_day_may_need_people_where_the_planned_one_needs_nobody() -> None:
    assert with_busy_days(ROWS).loc[1, ["people_p50", "people_p90"]].tolist() == [0, 1.25]


def test_a_day_that_needs_nobody_says_nothing_of_busier_ones() -> None:
    assert with_busy_days(ROWS[1:])[["people_p50", "people_p90"]].isna().all(axis=None)


def test_a_plan_that_does_not_know_busy_days_gets_none() -> None:
    early = ROWS[["agents_on_contact", "agents_scheduled"]]
    assert levels_of(with_busy_days(early)) == []
    assert levels_of(with_busy_days(early.assign(agents_p50=float("nan")))) == []


def test_the_day_planned_for_is_not_drawn_twice() -> None:
    rows = with_busy_days(ROWS)
    assert drawn_levels(rows, planned="offered") == ["p75", "p90"]
    assert drawn_levels(rows, planned="p90") == ["p50", "p75"]
