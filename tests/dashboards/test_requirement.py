"""Why so many: the sum must come out."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.planning_requirement import answer, with_schedule, worst
from dashboards.published import Published
from dashboards.requirement_sum import sum_lines
from planner.domain.centre import QueueKey

KEY = QueueKey("LIS", "pt", "voice")


@pytest.fixture
def row(plan: Published) -> pd.Series:
    needed = plan.table("REQUIREMENT")
    mine = needed[
        (needed["site"] == KEY.site)
        & (needed["language"] == KEY.language)
        & (needed["channel"] == KEY.channel)
    ]
    return mine.iloc[10]


def test_each_line_follows_from_the_one_above(plan: Published, row: pd.Series) -> None:
    site = plan.centre.sites["LIS"]
    lines = {
        line.words: line.value for line in sum_lines(row, plan.centre.queues[KEY], site.shrinkage_in(10))
    }
    needs = [float(value) for words, value in lines.items() if words.endswith("needs")]
    assert float(lines["On contact: the largest"]) == max(needs)
    at_work = (
        row["agents_on_contact"]
        / (1 - site.shrinkage_in(10).planned_at_work)
        / (1 - site.shrinkage_in(10).unplanned)
    )
    assert float(lines["At work"]) == pytest.approx(at_work, abs=0.3)  # the invented table rounds the shares


def test_the_largest_shortage_is_shown_first() -> None:
    day = pd.DataFrame(
        {"at": ["08:00", "08:30", "09:00"], "agents_scheduled": [9.0, 8.0, 5.0], "scheduled": [9.0, 5.0, 4.0]}
    )
    assert worst(day) == "08:30"
    assert worst(day.assign(scheduled=float("nan"))) == "08:00"


def test_the_answer_names_the_longest_run_and_the_most_over() -> None:
    day = pd.DataFrame({
        "at": ["08:00", "08:30", "09:00", "09:30"], "agents_scheduled": [9.0, 8.0, 5.0, 5.0],
        "scheduled": [8.0, 5.0, 7.0, 5.0],
    })  # fmt: skip
    said = answer(day, "08:30", interval_min=30)
    assert "8.0 people at work**; 5.0 are scheduled, !!3.0 short!!" in said
    assert "between 08:00 and 09:00; 09:00 has 2.0 too many" in said


def test_coverage_lends_its_scheduled_people(plan: Published) -> None:
    from dashboards.filters import Scope

    scope = Scope(*KEY)
    rows = with_schedule(plan, scope, scope.of(plan.table("REQUIREMENT")))
    cover = scope.of(plan.table("COVERAGE"))
    assert rows["scheduled"].sum() == cover["scheduled"].sum()
    assert rows["scheduled"].notna().sum() == len(cover)
