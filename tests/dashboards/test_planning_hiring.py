"""Can we staff the peak: sums by hand, and the page with a capacity plan, with a part of it, and with none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.hiring_chart import class_rows, drawing, lead_lines, numbered
from dashboards.hiring_weeks import HiringPlan, by_month, by_week, gap, paid, part_of, risks, to_decide
from dashboards.hiring_words import Names, answer, strip
from dashboards.published import Published
from planner.pipeline.capacity import newest_capacity
from planner.store import Store
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_capacity import WEEKS, cost_frame, tables, write_capacity
from tests.dashboards.small_centre import YAML


def chosen(site: str | None = None, language: str | None = None) -> HiringPlan:
    return part_of(tables(), site=site, language=language, level="p75", currency="EUR")


@pytest.fixture
def names(plan: Published) -> Names:
    return Names(plan.centre)


@pytest.fixture(scope="session")
def hiring_store(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hiring") / "store"
    shutil.copytree(store, folder)
    write_capacity(folder, yaml_text=YAML)
    return folder


def test_weeks_are_counted_in_full_time_equivalents() -> None:
    weeks = by_week(chosen())
    assert chosen().fte_h == pytest.approx(40)
    assert weeks["need_p75"].tolist() == pytest.approx([35, 35, 35, 40, 40, 35])
    assert weeks["need_p50"].iloc[0] == pytest.approx(31.5)
    assert weeks["short"].tolist() == pytest.approx([0, 0, 0, 3, 1, 0])


def test_a_beginner_is_drawn_at_what_the_work_is_worth_and_who_is_in_class_apart() -> None:
    weeks = by_week(chosen("LIS", "de"))
    assert weeks["experienced"].tolist() == pytest.approx([12] * 6)  # those of two languages whole
    assert weeks["in_training"].tolist() == pytest.approx([0, 0, 4, 4, 0, 0])
    assert weeks["on_ramp"].tolist() == pytest.approx([0, 0, 0, 0, 2, 2])


def test_a_language_takes_everybody_who_speaks_it_and_what_teaches_it() -> None:
    german = chosen("LIS", "de")
    assert set(german.heads["skills"]) == {"de", "de;pt"}
    assert set(german.classes["skills"]) == {"de"}
    assert german.courses["adds"].tolist() == ["de"]
    assert chosen("CAI").courses.empty


def test_months_add_up_row_by_row_and_in_the_whole() -> None:
    months = by_month(chosen().heads)
    flow = months["before"] + months["hired"] + months["taught_in"] - months["taught_away"] - months["left"]
    assert flow.tolist() == pytest.approx(months["employed"].tolist())
    status = months["in_training"] + months["on_ramp"] + months["experienced"]
    assert status.tolist() == pytest.approx(months["employed"].tolist())
    assert months["before"].tolist() == pytest.approx([37, 39, 37])
    assert months["employed"].tolist() == pytest.approx([39, 38, 38])
    assert months["month"].isna().tolist() == [False, False, True]


def test_the_weakest_language_comes_first_with_its_weakest_week() -> None:
    found = risks(chosen().supply)
    assert found["language"].tolist() == ["de", "ar", "pt"]
    worst = found.iloc[0]
    assert (worst["week"], worst["chance"], worst["short_h"]) == (WEEKS[3], 0.2, 120.0)
    assert (worst["weeks_below"], worst["weeks"]) == (2, 6)
    assert risks(chosen().supply.assign(chance=float("nan"))).empty


def test_what_is_paid_leaves_out_the_price_of_hours_short() -> None:
    assert paid(cost_frame()).tolist() == pytest.approx([137_300, 10_000])
    assert gap(cost_frame()) == pytest.approx(1_500 / 160_000)
    assert gap(cost_frame().iloc[:0]) is None


def test_only_what_is_open_is_to_be_decided() -> None:
    assert to_decide(chosen().classes)["site"].tolist() == ["LIS"]


def test_the_answer_says_people_short_class_and_chance(names: Names) -> None:
    said = answer(chosen(), names)
    assert said.startswith("**36 people now, 40 in the week of 19 Oct.**")
    assert "!!160 h are short!!" in said
    assert "most German in Lisbon in the week of 26 Oct (120 h)" in said
    assert "Decide first, **by Mon 12 Oct**: 4 people for German in Lisbon, on contact from 2 Nov." in said
    assert said.endswith("week is that of 26 Oct, German in Lisbon: chance 20\u00a0%.")


def test_where_nothing_is_short_and_nobody_is_hired_the_answer_says_so(names: Names) -> None:
    said = answer(chosen("LIS", "pt"), names)
    assert "people now, 19 at the end** of the 6 weeks" in said
    assert "No hour is short" in said
    assert "No class is left to decide." in said
    assert not any(figure.bad for figure in strip(chosen("LIS", "pt"), names))


def test_the_strip_counts_hires_with_those_decided(names: Names) -> None:
    hires = strip(chosen(), names)[1]
    assert hires.value == "7"
    assert hires.against == "2 classes, 1 of them decided; 3 people leave"


def test_the_gap_hangs_from_the_need_of_the_level(names: Names) -> None:
    plan = chosen()
    fig = drawing(by_week(plan), plan.classes, level="p75", names=names)
    lines = [trace for trace in fig.data if trace.type == "scatter" and trace.stackgroup is None]
    (place,) = [place for place, trace in enumerate(lines) if trace.fill == "tonexty"]
    low, top = lines[place - 1], lines[place]
    assert [up - down for up, down in zip(top.y, low.y, strict=True)] == pytest.approx([0, 0, 0, 3, 1, 0, 0])
    (bars,) = [trace for trace in fig.data if trace.type == "bar"]
    assert set(bars.y) == {"Lisbon · German", "Cairo · Arabic"}
    assert drawing(by_week(plan), plan.classes.iloc[:0], level="p75", names=names).data


def test_numbers_and_lead_times_keep_out_of_each_others_way(names: Names) -> None:
    first = chosen("LIS").classes
    days = ["decide_by", "first_day", "on_contact"]
    later = first.assign(**{day: first[day] + pd.Timedelta(weeks=1) for day in days})
    rows = class_rows(pd.concat([first, later]), names)
    assert len(numbered(rows, 26)) == 1
    assert len(numbered(rows, 6)) == 2
    lines = lead_lines(rows)
    assert lines["x"] == [pd.Timestamp("2026-10-12"), pd.Timestamp("2026-10-19"), None]


def test_the_newest_plan_knows_whether_history_grew(hiring_store: Path, tmp_path: Path) -> None:
    found = newest_capacity(Store(hiring_store))
    assert found is not None
    assert not found.grown
    assert "CAPACITY_NEED" not in found.tables
    assert newest_capacity(Store(tmp_path)) is None
    write_capacity(tmp_path, yaml_text=YAML)
    other = tmp_path / "moved"
    shutil.copytree(hiring_store / "history", other / "history")
    shutil.copytree(tmp_path / "capacity", other / "capacity")
    moved = newest_capacity(Store(other))
    assert moved is not None
    assert moved.grown


def test_the_page_shows_the_whole(show: Callable[..., AppTest], hiring_store: Path) -> None:
    app = show("planning_hiring", hiring_store)
    assert not app.exception
    assert sentence(app).startswith("36 people now, 40 in the week of 19 Oct.")
    said = texts(app)
    assert "all sites · all languages" in said
    assert "0.94\u00a0% above the least possible" in said
    assert "Whom to teach another language" in said
    assert "history was imported since" not in said


def test_the_page_shows_a_part(show: Callable[..., AppTest], hiring_store: Path) -> None:
    app = show("planning_hiring", hiring_store, site="CAI", language="ar")
    assert not app.exception
    assert "Cairo · " in texts(app)
    assert "No hour is short" in sentence(app)
    assert "all sites" not in texts(app)


def test_without_a_capacity_plan_the_page_says_how_to_make_one(
    show: Callable[..., AppTest], store: Path
) -> None:
    app = show("planning_hiring", store)
    assert not app.exception
    assert "planner capacity STORE" in texts(app)
