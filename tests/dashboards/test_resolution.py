"""The page of first-contact resolution: its answer, its choice of counts, and what it shows of few cases."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboards.fcr_counts import Chosen, shares_by
from dashboards.fcr_repeats import reasons
from dashboards.filters import Scope
from dashboards.quality_resolution import answer
from planner.domain.centre import QueueKey
from tests.dashboards.small_lists import counts
from tests.planner.scorecards.centres import centre

CENTRE = centre(QueueKey("LIS", "pt", "voice"), QueueKey("BOG", "es", "voice"))
WHOLE = pd.DataFrame({"value": [0.9, 0.97]}, index=["fcr_repeat_7d", "fcr_no_escalation"])


def test_the_choice_keeps_its_month_client_and_place() -> None:
    whole = Chosen(Scope(), None, None).of(counts())
    assert whole["anchors_7d"].sum() == 220
    assert Chosen(Scope(), "B", date(2026, 9, 1)).of(counts())["anchors_7d"].sum() == 10
    assert Chosen(Scope(language="pt"), None, None).of(counts())["anchors_7d"].sum() == 200


def test_shares_by_a_dimension_add_counts_and_begin_with_the_lowest() -> None:
    rows = shares_by(counts(), "site", measure="fcr_repeat_7d", centre=CENTRE)
    assert list(rows["name"]) == ["LIS", "BOG"]
    assert list(rows["value"]) == [0.9, 1.0]
    assert list(rows["n"]) == [200, 20]


def test_the_answer_names_both_questions_and_only_who_is_surely_below() -> None:
    languages = pd.DataFrame(
        {
            "language": ["sv", "pt", "nl"],
            "value": [0.7, 0.88, 0.95],
            "low": [0.6, 0.85, 0.9],
            "high": [0.8, 0.91, 0.99],
            "n": [90, 400, 300],
        }
    )
    said = answer(WHOLE, languages)
    assert "**90.0 % had no repeat within 7 days.**" in said.replace("\u00a0", " ")
    assert "97.0 % were not passed on" in said.replace("\u00a0", " ")
    assert "Swedish" in said
    assert "Portuguese" not in said
    few = languages.assign(n=[9, 400, 300])
    assert "Swedish" not in answer(WHOLE, few)


def test_without_an_elapsed_window_the_answer_says_so() -> None:
    said = answer(WHOLE.drop(index="fcr_repeat_7d"), pd.DataFrame({"language": [], "n": []}))
    assert said.startswith("No window of 7 days is over yet")


def test_the_reason_with_most_repeats_is_first() -> None:
    rows = pd.DataFrame(
        {
            "reason": ["payment", "return", "all"], "channel": "all", "next_channel": "all",
            "anchors": [100, 50, 150], "repeats": [5, 9, 14], "median_h": [30.0, 40.0, 35.0],
        }
    )  # fmt: skip
    assert list(reasons(rows, Scope())["reason"]) == ["return", "payment"]
