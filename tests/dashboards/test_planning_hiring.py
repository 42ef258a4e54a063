"""Can we staff the peak: sums by hand, and the page with a capacity plan, with a part of it, and with none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.hiring_chart import class_rows, drawing, lead_lines, numbered
from dashboards.hiring_levers import lever_name
from dashboards.hiring_weeks import (
    Asked,
    HiringPlan,
    by_channel,
    by_month,
    by_week,
    fullest,
    gap,
    lever_rows,
    overdue,
    paid,
    part_of,
    risks,
    to_decide,
    too_late,
)
from dashboards.hiring_words import Names, answer, strip
from dashboards.published import Published
from planner.pipeline.capacity_plans import newest_capacity
from planner.store import Store
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_capacity import FACTS, WEEKS, cost_frame, tables, write_capacity
from tests.dashboards.small_centre import YAML


def chosen(
    site: str | None = None, language: str | None = None, *, level: str = "p75", on: str = "2026-10-05"
) -> HiringPlan:
    return part_of(tables(), Asked(site, language, level, pd.Timestamp(on)), FACTS)


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


def test_another_level_is_held_against_the_same_people() -> None:
    """At 90 % 1.2 times as much is needed: what is served stays, the table says what is short."""
    busy = chosen("LIS", "de", level="p90")
    assert busy.supply["short_h"].tolist() == pytest.approx([0, 0, 0, 240, 160, 0])
    assert by_week(busy)["need_p90"].iloc[3] == pytest.approx(18)
    assert busy.planned == "p75"


def test_what_is_overdue_is_said_with_its_day(names: Names) -> None:
    early, late = chosen(), chosen(on="2026-10-15")
    assert overdue(early).empty
    assert overdue(late)["skills"].tolist() == ["de"]
    said = answer(late, names)
    assert (
        "!!4 people should have been decided already!!, the first for German in Lisbon by Mon 12 Oct." in said
    )
    assert "No class is left" not in said


def test_where_hiring_is_too_late_it_says_since_when(names: Names) -> None:
    """A class takes five weeks: for the week of 26 October it had to be decided by 21 September."""
    assert too_late(chosen())["week"].tolist() == [WEEKS[3], WEEKS[4]]
    assert (
        "Hiring can no longer help German in Lisbon in the week of 26 Oct: a class should have been decided by Mon 21 Sep"
        in answer(chosen(), names)
    )
    assert too_late(chosen(on="2026-09-01")).empty


def test_need_by_channel_is_in_equivalents_of_the_greatest_week() -> None:
    rows = by_channel(chosen())
    assert rows["channel"].tolist() == ["voice"]
    assert rows.loc[0, ["p50", "p75", "p90"]].tolist() == pytest.approx([36, 40, 48])  # 1,600 h of 40
    assert rows.loc[0, "week"] == WEEKS[3]
    assert rows.loc[0, "mean"] == pytest.approx((4 * 1400 + 2 * 1600) / 6 / 40)


def test_levers_add_up_over_sites_and_say_where_they_bite() -> None:
    rows = lever_rows(chosen().levers).set_index("response")
    held = rows.loc["held"]
    assert (held["short_change_h"], held["paid_change"]) == pytest.approx((150, -3_000))
    assert held["chance"] == pytest.approx((0.2 * 600 + 0.5 * 200) / 800)
    assert (held["bites_site"], held["bites_h"]) == ("LIS", 90)
    assert lever_name(held) == "Hiring freeze of 8 weeks"
    own = pd.concat([held.drop(["named", "lever"]), pd.Series({"named": True, "lever": "winter"})])
    assert lever_name(own) == "winter"


def test_the_fullest_week_and_what_a_seat_is_worth() -> None:
    (row,) = fullest(chosen().seats).to_dict("records")
    assert (row["site"], row["taken"], row["binds"], row["worth"]) == ("LIS", 20.0, 2, 300.0)


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
    assert found.tables["CAPACITY"]["decide_by"].notna().any()
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


def test_an_older_plan_may_be_chosen_and_another_level(
    show: Callable[..., AppTest], hiring_store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "store"
    shutil.copytree(hiring_store, folder)
    first = newest_capacity(Store(folder))
    assert first is not None
    write_capacity(folder, yaml_text=YAML, made_at=first.made_at + pd.Timedelta(days=7))
    app = show("planning_hiring", folder, capacity=first.plan_id, level="p90")
    assert not app.exception
    said = texts(app)
    assert "a newer capacity plan is published" in said
    assert "held against the 90\u00a0% day" in said
    assert "What would one thing more do?" in said
    assert "Are there seats for all?" in said


def test_without_a_capacity_plan_the_page_says_how_to_make_one(
    show: Callable[..., AppTest], store: Path
) -> None:
    app = show("planning_hiring", store)
    assert not app.exception
    assert "planner capacity STORE" in texts(app)
