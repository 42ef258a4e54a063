"""The patience page: what the contact log tells, or in words why nothing is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.planning_patience import answer
from planner.behaviour.estimates import behaviour_of
from planner.domain.centre import QueueKey
from planner.store import Store, publish
from tests.dashboards.conftest import sentence, texts
from tests.planner.behaviour.counted import counted, waiting
from tests.planner.config.test_plan import SMALL

PT, NO = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "no", "voice")
FACTS = {"first_day": "2026-03-02", "history_to": "2026-03-01T22:00:00+00:00"}


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    """A store whose plan holds patience: many Portuguese, few Norwegian contacts."""
    times = counted(waiting(PT, contacts=3000, mean_s=180), waiting(NO, contacts=60, mean_s=180))
    tables = behaviour_of(times).tables()
    publish(
        Store(tmp_path), tables, yaml_text=SMALL, facts=FACTS, seed=1, now=datetime(2026, 3, 2, tzinfo=UTC)
    )
    return tmp_path


def test_the_page_says_patience_and_what_it_rests_on(show, measured: Path) -> None:  # type: ignore[no-untyped-def]
    app: AppTest = show("planning_patience", measured, language="pt")
    assert not app.exception
    assert "by an exponential fit" in sentence(app)
    assert "left before an answer" in sentence(app)
    assert "Português" in texts(app)


def test_few_abandoned_are_unknown(show, measured: Path) -> None:  # type: ignore[no-untyped-def]
    app: AppTest = show("planning_patience", measured, language="no")
    assert sentence(app).startswith("Patience is unknown")


def test_without_a_contact_log_the_page_says_so(show, store: Path) -> None:  # type: ignore[no-untyped-def]
    assert "No patience in this plan" in texts(show("planning_patience", store))


def test_a_weibull_is_named() -> None:
    times = counted(waiting(PT, contacts=9000, mean_s=100, shape=1.8))
    said = answer(behaviour_of(times).patience.iloc[0])
    assert "by a Weibull fit" in said
