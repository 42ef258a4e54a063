"""What planners enter on the pages reaches the store, and only through the planner's own functions."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.override_effects import preview
from dashboards.override_form import preview_words
from dashboards.override_words import change_words
from dashboards.published import Published, open_plan
from planner.domain.forecast_tables import OVERRIDES, TEACHING
from planner.domain.override import Override
from planner.pipeline.editing import Desk, withdraw_override
from planner.store import Store, read_history
from tests.dashboards.conftest import sentence, texts
from tests.dashboards.small_forecast import forecast

Show = Callable[..., AppTest]


@pytest.fixture
def own_store(store: Path, tmp_path: Path) -> Path:
    """A copy of the store, which a test may write to."""
    return Path(shutil.copytree(store, tmp_path / "own"))


def saved(app: AppTest, name: str, reason: str = "a mailing goes out") -> AppTest:
    app.text_input(key="override-author").set_value(name)
    app.text_input(key="override-reason").set_value(reason).run()
    return app.button(key="override-save").click().run()


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [("share", 0.15, "+15 %"), ("share", -0.125, "−12.5 %"), ("contacts", -40.0, "−40 contacts a day"),
     ("exactly", 300.0, "exactly 300 contacts a day")],
)  # fmt: skip
def test_a_change_in_words(kind: str, value: float, said: str) -> None:
    assert change_words({"change": kind, "value": value}).replace("\u00a0", " ") == said


def test_nothing_can_be_saved_without_author_and_reason(show: Show, store: Path) -> None:
    app = show("planning_events", store)
    assert not app.exception
    assert app.button(key="override-save").disabled
    app.text_input(key="override-author").set_value("Eva").run()
    assert app.button(key="override-save").disabled


def test_a_change_is_saved_for_what_was_chosen_above_and_listed(show: Show, own_store: Path) -> None:
    app = show("planning_events", own_store, site="LIS", language="pt")
    app = saved(app, "Eva <b>Bold</b>")
    assert not app.exception
    (row,) = read_history(Store(own_store), OVERRIDES).to_dict("records")
    assert (row["site"], row["language"], row["channel"]) == ("LIS", "pt", "all")
    assert (row["change"], row["value"], row["author"]) == ("share", pytest.approx(0.1), "Eva <b>Bold</b>")
    said = texts(app)
    assert "takes effect with the next plan" in said
    assert "Eva &lt;b&gt;Bold&lt;/b&gt;" in said
    assert "<b>Bold" not in said
    assert "1 change by hand is in force" in sentence(app)
    assert "planners changed or decided something since" in said


def test_a_change_is_withdrawn_and_stays_in_the_list(show: Show, own_store: Path) -> None:
    app = saved(show("planning_events", own_store), "Eva")
    app.text_input(key="withdraw-author").set_value("Ada").run()
    app = app.button(key="withdraw-button").click().run()
    assert not app.exception
    (row,) = read_history(Store(own_store), OVERRIDES).to_dict("records")
    assert row["withdrawn_by"] == "Ada"
    assert "by Ada" in texts(app)
    assert "No change by hand is in force" in sentence(app)


def test_a_refusal_says_that_nothing_was_changed(show: Show, own_store: Path) -> None:
    app = show("planning_events", own_store)
    app = saved(app, "Eva", reason="x")
    (row,) = read_history(Store(own_store), OVERRIDES).to_dict("records")
    opened = open_plan(str(own_store), next((own_store / "plans").glob("2*")).name)
    now = pd.Timestamp.now(tz="UTC").to_pydatetime()
    withdraw_override(Desk(Store(own_store), opened.centre, now), row["override_id"], author="Bob")
    app.text_input(key="withdraw-author").set_value("Ada")
    app = app.button(key="withdraw-button").click().run()
    assert "Nothing was changed." in texts(app)
    assert "was withdrawn by Bob" in texts(app)


def test_days_do_not_teach_because_a_planner_said_so(show: Show, own_store: Path) -> None:
    app = show("planning_history", own_store, site="LIS")
    app.selectbox(key="teaching-from").set_value(0).run()  # the newest finding: 5 August, closed
    app.text_input(key="teaching-author").set_value("Eva")
    app.text_input(key="teaching-reason").set_value("half the site worked from home").run()
    app = app.button(key="teaching-save").click().run()
    assert not app.exception
    (row,) = read_history(Store(own_store), TEACHING).to_dict("records")
    assert (row["site"], row["language"], row["teaches"]) == ("LIS", "all", True)  # it was left out before
    assert row["first_day"] == row["last_day"] == pd.Timestamp("2026-08-05")
    assert "takes effect with the next plan" in texts(app)
    app.text_input(key="teaching-withdraw-author").set_value("Ada").run()
    app = app.button(key="teaching-withdraw-button").click().run()
    assert read_history(Store(own_store), TEACHING)["withdrawn_by"].tolist() == ["Ada"]
    assert "withdrawn by Ada" in texts(app)


def asked(change: str, value: float) -> Override:
    first, last = pd.Timestamp("2026-10-19").date(), pd.Timestamp("2026-10-25").date()
    return Override("asked", first, last, change, value, "", "", site="LIS", language="de")  # type: ignore[arg-type]


def planned_week() -> float:
    rows = forecast()
    mine = rows[(rows["site"] == "LIS") & (rows["language"] == "de")]
    start = mine["interval_start"].dt.tz_convert("Europe/Lisbon").dt.strftime("%Y-%m-%d")
    return float(mine.loc[start.between("2026-10-19", "2026-10-25"), "offered"].sum())


@pytest.mark.parametrize(
    ("change", "value", "after"),
    [("share", 0.1, 1.1 * planned_week()), ("contacts", 20.0, planned_week() + 7 * 2 * 20), ("exactly", 50.0, 7 * 2 * 50)],
    ids=["share", "contacts", "exactly"],
)  # fmt: skip
def test_the_preview_is_what_the_change_says(
    own_store: Path, change: str, value: float, after: float
) -> None:
    plan_id = next((own_store / "plans").glob("2*")).name
    found = preview(str(own_store), plan_id, asked(change, value))
    assert found.queues == 2
    assert found.changed["before"].sum() == pytest.approx(planned_week())
    assert found.changed["after"].sum() == pytest.approx(after)
    around = found.days[~found.days["day"].isin(found.changed["day"])]
    assert len(around) == 14
    assert (around["before"] - around["after"]).abs().max() == pytest.approx(0)
    assert "2 queues" in preview_words(found)


def test_a_preview_leaves_the_store_alone(plan: Published) -> None:
    before = {path: path.stat().st_mtime_ns for path in Path(plan.folder).rglob("*")}
    preview(plan.folder, plan.plan_id, asked("share", 0.1))
    assert {path: path.stat().st_mtime_ns for path in Path(plan.folder).rglob("*")} == before
