"""What is odd in the history, counted and said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboards.findings_card import SHAPING, days_of, finding_words, grouped, marked_days
from dashboards.planning_history import answer, done_words
from planner.domain.forecast_tables import FINDINGS
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_centre import YAML
from tests.dashboards.small_forecast import findings

Show = Callable[..., AppTest]


def typed() -> pd.DataFrame:
    return FINDINGS.check(findings())


def test_a_finding_that_queues_share_stands_once() -> None:
    from planner.config import plan_from_text

    found = grouped(typed(), plan_from_text(YAML).centre)
    assert found["kind"].tolist() == ["closed_day", "gap"]  # the newest first
    assert found["queues"].tolist() == [5, 1]
    assert found["whose"].tolist() == ["5 queues", "Lisbon, Português · Portuguese, voice"]
    said = finding_words(found.iloc[0]).replace("\u00a0", " ")
    assert said == "Wed 5 Aug 2026: closed, −100 %, left out (5 queues)"


def test_days_are_counted_once_for_each_queue() -> None:
    both = pd.concat([typed(), typed().assign(kind="outlier")])
    assert days_of(typed(), "left out") == 5 + 4
    assert days_of(both, "left out") == 5 + 4
    assert days_of(typed(), "weighs less") == 0


def test_the_answer_counts_what_does_not_teach_as_it_came() -> None:
    assert answer(typed()) == "Of the days of 5 queues, **9** are left out."
    mixed = pd.concat(
        [typed(), typed().head(2).assign(treatment="weighs less", first_day=pd.Timestamp("2026-08-05"))]
    )
    assert answer(mixed) == "Of the days of 5 queues, **9** are left out and **2** weigh less."
    mine = typed().assign(decided_by=["Eva", *["the program"] * 5])
    assert answer(mine).endswith("1 finding a planner decided.")


def test_where_nothing_was_found_every_day_teaches() -> None:
    assert answer(FINDINGS.empty()).startswith("**Nothing odd was found.**")
    assert answer(typed().assign(treatment="said")).startswith("**Every known day teaches as it came.**")


def test_the_page_shows_the_whole_history(show: Show, store: Path) -> None:
    app = show("planning_history", store)
    assert not app.exception
    assert "15 Jun – 4 Oct 2026" in texts(app)  # sixteen weeks before the plan
    assert "9 are left out" in sentence(app)
    assert "Nothing was decided by hand" in texts(app)


def test_a_language_without_findings(show: Show, store: Path) -> None:
    assert sentence(show("planning_history", store, language="ja")).startswith("Nothing odd was found.")


def test_a_day_of_many_findings_is_marked_once() -> None:
    both = pd.concat([typed(), typed().assign(treatment="said")]).assign(whose="<b>")
    marks = marked_days(both).set_index("day")
    assert len(marks) == 1 + 4
    assert marks["shaping"].all()
    words = marks.loc["2026-08-05", "words"]
    assert words.endswith("and 7 more")  # five queues twice, three of them named
    assert "(&lt;b&gt;)" in words


def test_every_way_of_shaping_the_history_has_words() -> None:
    assert all("**7**" in done_words(way, 7) for way in SHAPING)
