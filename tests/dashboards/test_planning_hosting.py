"""Where should we serve each language: sums by hand, the map, and the page with a plan, with a part, and with none."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.hiring_words import Names
from dashboards.hosting_map import APART, bow, places
from dashboards.hosting_plan import HostingView, matrix, moves, pools, sites, targets
from dashboards.hosting_words import answer, line_name, saved, strip
from dashboards.published import Published
from planner.config.zone_places import zone_place
from planner.pipeline.hosting import newest_hosting
from planner.store import Store
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_centre import YAML
from tests.dashboards.small_hosting import facts, tables, write_hosting


def chosen(channels: str | None = None, before: str = "today") -> HostingView:
    return HostingView(tables(), facts(""), channels, before)


@pytest.fixture
def names(plan: Published) -> Names:
    return Names(plan.centre)


@pytest.fixture(scope="session")
def hosting_folder(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hosting") / "store"
    shutil.copytree(store, folder)
    write_hosting(folder, yaml_text=YAML)
    return folder


def test_shares_of_a_line_add_up_before_and_after() -> None:
    rows = matrix(chosen()).groupby("line")[["before", "proposed"]].sum()
    assert rows.to_numpy() == pytest.approx(1.0)
    both = matrix(chosen()).set_index(["line", "site"])
    assert both.loc[("pt", "CAI"), "proposed"] == pytest.approx(0.4)  # 40 of 100 h
    assert matrix(chosen("voice")).set_index(["line", "site"]).loc[
        ("pt", "CAI"), "proposed"
    ] == pytest.approx(0.5)


def test_what_a_line_loses_is_what_it_gains() -> None:
    (row,) = moves(chosen()).to_dict("records")
    assert (row["line"], row["site_from"], row["site_to"], row["hours"]) == ("pt", "LIS", "CAI", 40.0)
    assert moves(chosen("chat")).empty


def test_the_saving_is_of_the_whole_cost() -> None:
    before, after = 40 * (10 * 17 + 3 * 8 + 2 * 21), 40 * (7 * 17 + 5 * 8 + 2 * 21) + 10_400 / 52
    assert saved(chosen(), "today") == pytest.approx(1 - after / before)


def test_a_pool_counts_who_speaks_two() -> None:
    (row,) = pools(chosen()).to_dict("records")
    assert (row["skills"], row["people"], row["both"]) == ("de;pt", 4.5, 1.0)


def test_sites_stand_beside_what_they_were() -> None:
    rows = sites(chosen()).set_index("site")
    assert rows.loc["LIS", ["before_people", "people", "free"]].tolist() == [10.0, 7.0, 3.0]
    assert len(targets(chosen("chat"))) == 1


def test_the_answer_names_saving_service_and_the_largest_move(names: Names) -> None:
    said = answer(chosen(), names)
    assert "less than today’s queues" in said
    assert "every language meets every target" in said
    assert "Portuguese, 40 h of handling a week from Lisbon to Cairo" in said
    assert [figure.value for figure in strip(chosen())][2:4] == ["14", "2 + 1"]


def test_a_line_is_named_in_the_readers_language() -> None:
    assert line_name("en New York", "en") == "English (New York)"
    assert line_name("pt", "pt") == "Portuguese"


def test_sites_lie_where_they_are_and_apart(plan: Published) -> None:
    spots = places(plan.centre)
    assert spots["LIS"][0] < spots["CAI"][0] < spots["TYO"][0]
    assert all(math.dist(spots[a], spots[b]) > 0.9 * APART for a, b in combinations(spots, 2))
    assert zone_place("UTC") is None
    x, y = bow((0.0, 0.0), (1.0, 0.0))
    assert (x[0], y[0], round(x[-1], 9), round(y[-1], 9)) == (0.0, 0.0, 1.0, 0.0)
    assert max(y) > 0


def test_the_newest_plan_knows_whether_a_forecast_is_newer(hosting_folder: Path, tmp_path: Path) -> None:
    found = newest_hosting(Store(hosting_folder))
    assert found is not None
    assert not found.newer
    assert newest_hosting(Store(tmp_path)) is None
    shutil.copytree(hosting_folder / "hosting", tmp_path / "hosting")
    moved = newest_hosting(Store(tmp_path))
    assert moved is not None
    assert not moved.newer  # there is no forecast at all


def test_the_page_says_where_and_why(hosting_folder: Path, show: Callable[..., AppTest]) -> None:
    app = show("planning_hosting", hosting_folder)
    assert not app.exception
    assert "Portuguese, 40 h" in sentence(app)
    said = texts(app)
    assert "the contract names Lisbon" in said
    assert "only Tokyo could serve it" in said
    assert "German + Portuguese" in said
    assert "0.4 not to be found" in said


def test_one_channel_against_every_language_apart(hosting_folder: Path, show: Callable[..., AppTest]) -> None:
    app = show("planning_hosting", hosting_folder, channel="chat", against="dedicated")
    assert not app.exception
    assert "Nothing moves" in sentence(app)


def test_without_a_hosting_plan_the_page_says_how_to_make_one(
    store: Path, show: Callable[..., AppTest]
) -> None:
    app = show("planning_hosting", store)
    assert not app.exception
    assert "planner hosting STORE" in texts(app)
