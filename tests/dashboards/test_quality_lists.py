"""Today's list and the agents' page: what waits, whom to coach, and no figure from a few evaluations."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from planner.domain.form_tables import AGENT_ITEMS
from planner.domain.quality_tables import AGENT_SCORES, TODAY
from planner.store import Store, publish
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_centre import MADE_AT, YAML, facts, tables
from tests.planner.scorecards.evaluated import scored

Show = Callable[..., AppTest]
AGENT = {"site": "LIS", "language": "pt", "last": "2026-09-30T09:00Z", "group": 0.9, "target": 0.85}
KNOWN = {"n": 30, "mean": 0.7, "posterior": 0.741, "low": 0.7, "high": 0.78, "p_below": 0.99, "coach": True,
         "weakest": "Right answer", "weakest_points": 6.5}  # fmt: skip
FEW = {"n": 9, "mean": None, "posterior": 0.873, "low": 0.8, "high": 0.94, "p_below": 0.3, "coach": False,
       "weakest": None, "weakest_points": None}  # fmt: skip
UNTOLD = dict.fromkeys(("low", "high", "target", "n", "chance"))
MATTER = {"site": "LIS", "language": "pt", "channel": "voice", "since": "2026-10-01T09:00Z", **UNTOLD}


def agents() -> pd.DataFrame:
    return AGENT_SCORES.check(pd.DataFrame([
        {"agent_id": "LIS-1", "name": "Rui Sá", **AGENT, **KNOWN}, {"agent_id": "LIS-2", "name": "Ana Luz", **AGENT, **FEW},
    ]))  # fmt: skip


def items() -> pd.DataFrame:
    told = {"item": "Right answer", "group": 0.9, "lost": 6.5}
    return AGENT_ITEMS.check(pd.DataFrame([
        {"agent_id": "LIS-1", "n": 30, "posterior": 0.61, "low": 0.5, "high": 0.7, **told},
        {"agent_id": "LIS-2", "n": 9, "posterior": 0.88, "low": 0.7, "high": 0.95, **told},
    ]))  # fmt: skip


def today() -> pd.DataFrame:
    return TODAY.check(pd.DataFrame([
        {**MATTER, "rank": 2, "kind": "dispute", "subject": "LIS-2", "name": "Ana Luz", "detail": None, "value": 12,
         "reference": "E7"},
        {**MATTER, "rank": 1, "kind": "compliance", "subject": "LIS-1", "name": "Rui Sá", "detail": "Data protection",
         "value": 0.83, "reference": "E5"},
        {**MATTER, "site": "CAI", "rank": 1, "kind": "compliance", "subject": "CAI-1", "name": "Mona", "detail": "Tone",
         "value": 0.5, "reference": "E9"},
    ]))  # fmt: skip


@pytest.fixture(scope="module")
def scored_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small centre with two agents of Lisbon scored, and three matters of two sites."""
    folder = tmp_path_factory.mktemp("scored")
    rows = [{"contact_id": f"c{n}", "rater_id": "R1", "agent_id": "LIS-1", "raw": 0.7} for n in range(30)]
    rows += [{"contact_id": f"d{n}", "rater_id": "R1", "agent_id": "LIS-2", "raw": 0.9} for n in range(9)]
    made = tables() | {
        "EVALUATION_SCORES": scored(rows, stream="random"),
        "AGENT_SCORES": agents(),
        "AGENT_ITEMS": items(),
        "TODAY": today(),
    }
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
