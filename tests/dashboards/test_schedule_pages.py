"""The scheduling pages say what was planted, and survive plans that know less."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.conftest import sentence, texts

Show = Callable[..., AppTest]
NEW = ("planning_fairness", "planning_changes", "planning_hours")


def test_quality_says_the_gap_in_its_three_measures(show: Show, store: Path) -> None:
    app = show("planning_schedule_quality", store)
    # six site-weeks of 1,240 penalty above 1,187: 318 of 7,440; at 40 an hour 7.95 h of 2,580 h needed
    assert "8.0 agent-hours better" in sentence(app)
    said = texts(app)
    assert "4.3\u00a0%" in said
    assert "0.31\u00a0%" in said
    assert "gap small" in said


def test_quality_lists_every_rule_and_sends_to_the_counsel(show: Show, store: Path) -> None:
    said = texts(show("planning_schedule_quality", store))
    assert all(name in said for name in ("daily rest", "weekly rest", "free Sundays", "skills", "seats"))
    assert "check with your counsel" in said
    assert "▼" not in said


def test_quality_of_one_site_counts_its_own_hours(show: Show, store: Path) -> None:
    assert "of the 860 hours needed" in sentence(show("planning_schedule_quality", store, site="LIS"))


def test_fairness_names_who_carries_most(show: Show, store: Path) -> None:
    app = show("planning_fairness", store, site="LIS")
    assert "92\u00a0% of people are within 1.5 shifts" in sentence(app)
    assert "1 person carries more" in sentence(app)
    assert "+3.7" in sentence(app)  # six where the group of twelve has 28: 6 - 28/12


def test_fairness_says_what_was_granted_and_which_language_is_short(show: Show, store: Path) -> None:
    said = texts(show("planning_fairness", store, site="LIS"))
    assert "▼ 40\u00a0%" in said
    assert "German" in said
    assert "carries more than twice the site" in said


def test_nobody_has_nights(show: Show, store: Path) -> None:
    said = sentence(show("planning_fairness", store, site="LIS", measure="nights"))
    assert said.startswith("Nobody has nights")


def test_changes_count_people_and_shifts(show: Show, store: Path) -> None:
    said = sentence(show("planning_changes", store))
    assert said.startswith("3 people of 36")
    assert "1 person gains, loses or swaps a shift" in said


def test_a_site_without_changes_says_so(show: Show, store: Path) -> None:
    assert sentence(show("planning_changes", store, site="TYO")).startswith("Nothing changed.")


def test_hours_add_up_over_people_and_weeks(show: Show, store: Path) -> None:
    said = sentence(show("planning_hours", store))
    assert said.startswith("2,884 paid hours")  # 36 people, two weeks of 40 h, one person two more in each
    assert "360 h at night and 576 h on Sundays" in said
    assert "4.0 h are overtime, of 1 person" in said
    week = sentence(show("planning_hours", store, site="LIS", week="2026-10-05"))
    assert week.startswith("482 paid hours")


def test_the_day_says_its_shifts_and_who_is_absent(show: Show, store: Path) -> None:
    said = texts(show("planning_schedule", store, site="LIS", day="2026-10-08"))
    assert "× full 8 h" in said
    assert "Leave" in said  # LIS-11 would be off anyway, and is on leave
    assert "Day off" in said


def test_coverage_tells_languages_apart_until_one_is_chosen(show: Show, store: Path) -> None:
    whole = texts(show("planning_coverage", store, site="LIS"))
    assert "Which language is short, and when?" in whole
    one = texts(show("planning_coverage", store, site="LIS", language="pt"))
    assert "Which language is short, and when?" not in one


@pytest.mark.parametrize("module", NEW)
def test_a_plan_from_before_these_tables_says_the_next_step(
    show: Show, early_store: Path, module: str
) -> None:
    app = show(module, early_store)
    assert not app.exception
    assert 'class="state"' in texts(app)
    assert "planner " in texts(app)


def test_the_schedule_of_an_early_plan_is_still_drawn(show: Show, early_store: Path) -> None:
    for view in ("Day", "Week"):
        app = show("planning_schedule", early_store, site="LIS", view=view)
        assert not app.exception
        assert "work on Monday" in sentence(app)


def test_a_plan_without_people_explains_its_empty_schedule_in_words_of_its_own(
    show: Show, daily_store: Path
) -> None:
    said = texts(show("planning_schedule", daily_store))
    assert "no shifts to show" in said
    assert "Coverage compares" not in said
