"""Today's list and the agents' page: what waits, whom to coach, and no figure from a few evaluations."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.store import Store, publish
from tests.dashboards import small_lists
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_centre import MADE_AT, YAML, facts, tables

Show = Callable[..., AppTest]


@pytest.fixture(scope="module")
def scored_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small centre with two agents of Lisbon scored, and three matters of two sites."""
    folder = tmp_path_factory.mktemp("scored")
    made = tables() | small_lists.tables()
    publish(Store(folder), made, yaml_text=YAML, facts=facts(True), seed=7, now=MADE_AT)
    return folder


def test_what_cannot_wait_is_said_first_and_of_the_chosen_site_alone(show: Show, scored_store: Path) -> None:
    app = show("quality_today", scored_store, site="LIS")
    assert not app.exception
    assert sentence(app).startswith("1 critical error in the last 7 days.")
    said = texts(app)
    assert said.index("Compliance errors · 1") < said.index("Open disputes · 1")
    assert "Data protection failed; 83 of 100 before it counts; evaluation E5" in said
    assert "open for 12 days; evaluation E7" in said
    assert "E9" not in said  # Cairo's


def test_a_site_without_matters_says_so_and_names_the_others(show: Show, scored_store: Path) -> None:
    app = show("quality_today", scored_store, site="TYO")
    assert sentence(app).startswith("Nothing waits at ")
    assert "And at the other sites?" in texts(app)


def test_who_is_to_be_coached_stands_with_score_chance_and_item(show: Show, scored_store: Path) -> None:
    app = show("quality_agents", scored_store, site="LIS")
    assert not app.exception
    assert sentence(app).startswith("1 agent to coach")
    said = texts(app)
    assert re.search(r"99\s%", said)
    for part in ("Rui Sá", "74.1", "Right answer", "Where does Rui Sá stand?"):
        assert part in said


def test_nine_evaluations_of_an_agent_show_an_interval_and_no_figure(show: Show, scored_store: Path) -> None:
    app = show("quality_agents", scored_store, site="LIS", agent="LIS-2")
    said = texts(app)
    assert "Fewer than 20 evaluations: no figure, only the interval." in said
    assert "87.3" not in said
    assert "70–95" in said  # the item's interval; its 88 is not shown


@pytest.mark.parametrize("module", ["quality_today", "quality_agents"])
def test_without_evaluations_the_page_says_what_to_import(show: Show, store: Path, module: str) -> None:
    app = show(module, store)
    assert not app.exception
    assert "Import evaluations" in texts(app)
