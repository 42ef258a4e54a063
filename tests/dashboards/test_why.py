"""Why was service not as planned: the largest cause in words, bars that meet, the worst queue first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.filters import Scope
from dashboards.published import Published
from dashboards.why_card import figure
from dashboards.why_tables import queues_of
from planner.scorecards.contract_promises import promise_of
from planner.scorecards.contract_why import split
from tests.dashboards.conftest import sentence, texts

WEEK = pd.Timestamp("2026-09-28")
Show = Callable[..., AppTest]


@pytest.fixture
def week(plan: Published) -> pd.DataFrame:
    rows = plan.table("EXPLAINED")
    return rows[(rows["period"] == "week") & (rows["period_start"] == WEEK)]


def test_the_sentence_names_what_was_planted(show: Show, store: Path) -> None:
    said = sentence(show("executive_why", store, language="ar"))
    assert "The largest part is Absence" in said.replace("<b>", "").replace("</b>", "")
    assert "Absence took 17.0" in said
    assert "Volume" in sentence(show("executive_why", store, language="tr"))


def test_a_day_alone_can_be_asked_for(show: Show, store: Path) -> None:
    app = show("executive_why", store, language="ar", week="2026-09-28", day="2026-09-30")
    assert not app.exception
    assert "30 Sep 2026" in texts(app)


def test_every_bar_begins_where_the_one_before_ended(week: pd.DataFrame, plan: Published) -> None:
    found = split(week, Scope(channel="voice"), measure="service_level")
    assert found is not None
    promise = promise_of(next(iter(plan.centre.queues.values())), "service_level")
    fig = figure(found, promise)
    bars = [trace for trace in fig.data if trace.type == "bar"]
    dots = [trace for trace in fig.data if trace.type == "scatter"]
    assert dots[0].x[0] == pytest.approx(found.planned)
    assert bars[0].base[0] == pytest.approx(found.planned)
    for before, after in pairwise(bars):
        assert before.base[0] + before.x[0] == pytest.approx(after.base[0])
    assert bars[-1].base[0] + bars[-1].x[0] == pytest.approx(found.actual)
    assert dots[-1].x[0] == pytest.approx(found.actual)


def test_what_hurts_is_orange_whichever_way_is_better(week: pd.DataFrame) -> None:
    for measure in ("service_level", "abandonment"):
        found = split(week, Scope(channel="voice"), measure=measure)
        assert found is not None
        volume, *_, schedule = [bar.marker.color for bar in figure(found, None).data if bar.type == "bar"][:3]
        assert volume != schedule


def test_the_queue_that_lost_most_contacts_stands_first(week: pd.DataFrame) -> None:
    found = queues_of(week, Scope(channel="voice"), measure="service_level")
    lost = [(each.actual - each.planned) * each.offered for _, each in found]
    assert lost == sorted(lost)
    assert len({key for key, _ in found}) == len(found) > 2


def test_a_plan_that_knows_nothing_of_the_past_says_so(show: Show, early_without: Path) -> None:
    said = texts(show("executive_why", early_without))
    assert "No plan of the past is known" in said


@pytest.fixture
def early_without(tmp_path: Path) -> Path:
    from tests.dashboards.small_centre import write_store

    write_store(tmp_path, without=("EXPLAINED",))
    return tmp_path


def test_definitions_stand_side_by_side(show: Show, store: Path) -> None:
    said = texts(show("executive_why", store))
    assert "Which definition gives which service level?" in said
    assert "in the contract" in said
