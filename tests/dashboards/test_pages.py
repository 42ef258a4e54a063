"""Every page answers its question from the data, in every state of a plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboards.conftest import ROOT, sentence, texts

PAGES = (
    "executive_contract", "executive_why", "planning_forecast", "planning_accuracy", "planning_events", "planning_history",
    "planning_requirement", "planning_cost", "planning_coverage",
    "planning_schedule", "planning_service", "planning_calculator", "quality_scorecards",
    "planning_schedule_quality", "planning_fairness", "planning_changes", "planning_hours",
    "quality_raters", "quality_comparison",
)  # fmt: skip
NEEDS_PEOPLE = (
    "planning_requirement", "planning_cost", "planning_coverage", "planning_schedule", "planning_service",
    "planning_schedule_quality", "planning_fairness", "planning_changes", "planning_hours",
)  # fmt: skip
Show = Callable[..., AppTest]


@pytest.mark.parametrize("module", PAGES)
def test_a_page_says_its_answer_and_its_origin(show: Show, store: Path, module: str) -> None:
    app = show(module, store)
    assert not app.exception
    assert len(sentence(app)) > 30
    assert "made 4 Oct 2026, 21:03 UTC" in texts(app)
    assert "synthetic sample: every row is invented" in texts(app)


def test_the_app_starts_on_the_contract(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_STORE", str(store))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    assert "Are we in contract?" in texts(app)


def test_the_contract_names_the_planted_misses(show: Show, store: Path) -> None:
    app = show("executive_contract", store)
    assert "2 of 5 queues" in sentence(app)  # two of five voice queues were drawn below 80 % in 20 s
    assert "▼" in texts(app)


def test_the_contract_of_the_site_without_planted_misses_is_met(show: Show, store: Path) -> None:
    said = sentence(show("executive_contract", store, site="TYO"))
    assert said.startswith("Six of six targets met.")


def test_the_week_before_the_planted_misses_was_in_contract(show: Show, store: Path) -> None:
    assert sentence(show("executive_contract", store, week="2026-09-21")).startswith(
        "Seven of seven targets met."
    )


def test_the_forecast_names_the_week_of_the_peak(show: Show, store: Path) -> None:
    said = sentence(show("planning_forecast", store))  # contacts are drawn 1.9 times as many from 23 November
    assert "the week of 23 Nov" in said


def test_the_requirement_explains_the_interval_in_the_url(show: Show, store: Path) -> None:
    app = show(
        "planning_requirement",
        store,
        site="LIS",
        language="de",
        channel="voice",
        day="2026-10-06",
        at="10:30",
    )
    assert sentence(app).startswith("At 10:30 we need")
    assert "Why " in texts(app)
    assert "Tue 6 Oct 2026, Lisbon time" in texts(app)


def test_the_requirement_says_how_it_was_staffed_why_not_fewer_and_what_a_busier_day_takes(
    show: Show, store: Path
) -> None:
    said = texts(show("planning_requirement", store, site="LIS", language="pt", channel="voice"))
    assert "planned for the mean forecast · staffed through the day, exact state" in said
    assert "falls to" in said
    assert "needed on the 90\u00a0% day" in said
    assert "People at work" in said
    assert "What is left at the end of the day?" not in said


def test_deferred_work_shows_its_backlog_under_the_requirement(show: Show, store: Path) -> None:
    app = show("planning_requirement", store, site="LIS", language="pt", channel="email")
    assert not app.exception
    assert "What is left at the end of the day?" in texts(app)
    assert "none is late (95 % in 8 business hours)" in texts(app)
    assert "staffed through the day" not in texts(app)


def test_a_plan_made_before_one_fewer_was_known_is_still_drawn(show: Show, early_store: Path) -> None:
    app = show("planning_requirement", early_store, site="LIS", language="pt", channel="voice")
    assert not app.exception
    said = texts(app)
    assert "Answered in 20\u00a0s" in said
    assert all(part not in said for part in ("falls to", "% day", "exact state"))
    assert not show("executive_contract", early_store).exception
    cost = show("planning_cost", early_store)
    assert not cost.exception
    assert "Answered within 20 s" in texts(cost)
    assert "Answered within 60 s" not in texts(cost)


def test_the_cost_of_one_site_in_another_week(show: Show, store: Path) -> None:
    said = texts(show("planning_cost", store, site="CAI", week="2026-10-12"))
    assert "Cairo · planned week 42, 12–18 Oct 2026" in said
    assert "in the contract" in said


def test_a_day_after_the_schedule_has_a_requirement_without_one(show: Show, store: Path) -> None:
    said = sentence(
        show("planning_requirement", store, site="LIS", language="pt", channel="voice", day="2026-11-23")
    )
    assert said.endswith("This day has no schedule yet.")


def test_the_evening_drawn_short_is_named(show: Show, store: Path) -> None:
    said = sentence(show("planning_coverage", store, site="LIS"))
    assert "hours short" in said
    assert any(f"{at} is most short" in said for at in ("18:00", "18:30", "19:00", "19:30"))


def test_the_queue_drawn_to_fail_is_the_worst(show: Show, store: Path) -> None:
    said = sentence(show("planning_service", store))
    assert "1 of 8 queues will probably miss" in said
    assert "Arabic voice at Cairo" in said


def test_a_single_queue_shows_its_targets_by_day(show: Show, store: Path) -> None:
    app = show("planning_service", store, site="LIS", language="pt", channel="voice")
    assert "How likely is each day to meet its targets?" in texts(app)
    assert "Portuguese voice at Lisbon meets 80 % in 20 s" in sentence(app)


@pytest.mark.parametrize("module", NEEDS_PEOPLE)
def test_a_plan_without_people_says_so(show: Show, daily_store: Path, module: str) -> None:
    app = show(module, daily_store)
    assert not app.exception
    assert 'class="state"' in texts(app)


@pytest.mark.parametrize(
    "module", ["executive_contract", "planning_forecast", "planning_calculator", "quality_scorecards"]
)
def test_a_plan_without_people_still_shows_what_it_knows(show: Show, daily_store: Path, module: str) -> None:
    app = show(module, daily_store)
    assert not app.exception
    assert len(sentence(app)) > 30


def test_a_name_from_a_file_is_never_read_as_html(show: Show, store: Path) -> None:
    assert "<week>" not in texts(show("planning_forecast", store))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ({"site": "<b>MARS"}, "“&lt;b&gt;MARS” is not among the choices for site"),
        ({"from_": "yesterday"}, "“yesterday” is no date"),
        ({"from_": "1999-01-01"}, "The dates must lie within"),
    ],
)
def test_bad_text_in_the_url_is_refused_in_words(
    show: Show, store: Path, url: dict[str, str], said: str
) -> None:
    app = show("planning_forecast", store, **url)
    assert not app.exception
    assert said in texts(app)


def test_no_store_says_what_to_do(show: Show, tmp_path: Path) -> None:
    app = show("executive_contract", tmp_path)
    assert not app.exception
    assert "No plan is published yet" in texts(app)
    assert "planner plan plan.yaml" in texts(app)
