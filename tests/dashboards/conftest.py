"""Stores of the small invented centre, written once a session."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboards.published import Published, open_plan
from tests.dashboards.small_centre import write_store

ROOT = Path(__file__).resolve().parents[2]
PAGE = """
from dashboards import {module}, look, router
look.style()
router.draw({module}.page, ({folder!r},))
"""
TOLD = (
    "FAIRNESS", "FAIRNESS_GROUPS", "WISHES", "MISSED_WISHES", "SHORTAGE", "CHANGES", "CHANGES_DAYS",
    "PAY_HOURS", "ABSENCES",
)  # fmt: skip
SCHEDULED = ("AGENTS", "SCHEDULE", "SCHEDULE_REPORT", "VIOLATIONS", "COVERAGE", "SERVICE_CHECK", *TOLD)
STAFFED = ("REQUIREMENT", "BACKLOG", "COST_CURVE")


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one whole plan."""
    folder = tmp_path_factory.mktemp("store")
    write_store(folder)
    return folder


@pytest.fixture(scope="session")
def daily_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as of an operation that knows its volume by day only: forecast and scorecards, no people."""
    folder = tmp_path_factory.mktemp("daily")
    write_store(folder, without=(*SCHEDULED, *STAFFED))
    return folder


@pytest.fixture(scope="session")
def early_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a plan as it was before one agent fewer, busy days, wishes, changes and the like were known."""
    folder = tmp_path_factory.mktemp("early")
    write_store(folder, without=TOLD)
    (made,) = (folder / "plans").glob("2*")
    needed = pd.read_parquet(made / "REQUIREMENT.parquet")
    known = [name for name in needed if not name.startswith(("fewer_", "agents_p"))]
    needed[known].to_parquet(made / "REQUIREMENT.parquet")
    costs = pd.read_parquet(made / "COST_CURVE.parquet")
    costs = costs[costs["target"] == "service_level"].drop(columns="target")
    costs.to_parquet(made / "COST_CURVE.parquet")
    about = json.loads((made / "manifest.json").read_text())
    del about["facts"]["staffing"]
    (made / "manifest.json").write_text(json.dumps(about))
    return folder


@pytest.fixture
def plan(store: Path) -> Published:
    """The whole plan, opened."""
    (folder,) = (store / "plans").glob("2*")
    return open_plan(str(store), folder.name)


@pytest.fixture(autouse=True)
def _no_cache() -> None:
    """Nothing remembered from another test."""
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def show() -> Callable[..., AppTest]:
    """Draws a page of a store with the given URL parameters."""

    def draw(module: str, folder: Path, **url: str) -> AppTest:
        app = AppTest.from_string(PAGE.format(module=module, folder=str(folder)), default_timeout=30)
        for name, value in url.items():
            app.query_params[name.rstrip("_")] = value
        return app.run()

    return draw


def texts(app: AppTest) -> str:
    """Everything a page says in HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))


def sentence(app: AppTest) -> str:
    """The answer sentence, without its marks."""
    import re

    (found,) = [element.proto.body for element in app.get("html") if 'class="say"' in element.proto.body]
    return re.sub("<[^>]+>", "", found)
