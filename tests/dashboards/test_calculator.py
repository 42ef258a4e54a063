"""The calculator's page answers from the URL, and says what a situation lacks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboards.calculator_goals import Goal, answer, goals
from tests.dashboards.conftest import sentence as sentence_as_drawn
from tests.dashboards.conftest import texts

Show = Callable[..., AppTest]
PAGE = "planning_calculator"
NO_MORE = {"level": "none", "level_2": "none", "abandonment": "none", "occupancy": "none"}


def sentence(app: AppTest) -> str:
    return sentence_as_drawn(app).replace("\u00a0", " ")


def test_the_published_case_by_its_address(show: Show, store: Path) -> None:
    """200 Erlang, 70 % in 30 s, patience 60 s: 154 agents (domain 5); 154 / .7 = 220."""
    url = {
        "contacts": "2400",
        "aht": "300",
        "patience": "60",
        "within": "30",
        "planned": "30",
        "unplanned": "0",
    }
    said = sentence(show(PAGE, store, model="erlang-a", **(url | NO_MORE | {"level": "70"})))
    assert said.startswith("154 agents on contact meet every target; 70 % in 30 s decides. With 153: 6")
    assert said.endswith("On the payroll: 220.0 people.")


def test_given_agents_are_judged(show: Show, store: Path) -> None:
    """100 calls in half an hour of 180 s by 14 agents: 88.8 % in 20 s (PyPI, pyworkforce 0.1.0)."""
    url = {"contacts": "200", "aht": "180", "agents": "14", "level": "90", "within": "20", "level_2": "none"}
    said = sentence(show(PAGE, store, model="erlang-c", occupancy="none", **url))
    assert said.startswith(
        "14 agents on contact. They miss 1 of 1 target: 88.8 % in 20 s (1.2 points short)."
    )


def test_a_queue_that_grows_for_ever(show: Show, store: Path) -> None:
    url = {"contacts": "200", "aht": "180", "agents": "9", "asa": "20"} | NO_MORE
    app = show(PAGE, store, model="erlang-c", **url)
    assert "ASA without end" in sentence(app)


@pytest.mark.parametrize("model", ["erlang-a", "erlang-b", "erlang-c", "chat"])
def test_every_model_draws(show: Show, store: Path, model: str) -> None:
    app = show(PAGE, store, model=model)
    assert not app.exception
    assert "agents on contact meet every target" in sentence(app)


def test_without_a_target_the_page_says_what_is_lacking(show: Show, store: Path) -> None:
    app = show(PAGE, store, **NO_MORE)
    assert not app.exception
    assert "No target is given" in texts(app)


def test_a_blank_field_is_named(show: Show, store: Path) -> None:
    app = show(PAGE, store, aht="none")
    assert "AHT: the cell is empty" in texts(app)


@pytest.mark.parametrize(("text", "said"), [("much", "“much” is no number"), ("nan", "“nan” is no number")])
def test_bad_numbers_in_the_address_are_refused_in_words(
    show: Show, store: Path, text: str, said: str
) -> None:
    app = show(PAGE, store, contacts=text)
    assert not app.exception
    assert said in texts(app)


def test_a_typed_number_goes_to_the_address_and_the_usual_one_leaves_it(show: Show, store: Path) -> None:
    app = show(PAGE, store)
    field = next(each for each in app.number_input if each.label == "AHT, s")
    usual, before = field.value, sentence(app)
    field.set_value(600.0).run()
    assert app.query_params["aht"] == "600"
    assert sentence(app) != before
    next(each for each in app.number_input if each.label == "AHT, s").set_value(usual).run()
    assert "aht" not in app.query_params
    assert sentence(app) == before


def row(**cells: object) -> pd.Series:
    return pd.Series({"agents_rostered": 20.0, "offered_per_h": 100.0, "asa_s": 9.0, **cells})


ASKED = (Goal("target_service_level", "service_level", "80 % in 20 s", 0.8, "in 20 s", True),)


class TestTheAnswer:
    def test_a_miss_too_small_for_one_digit_is_still_a_miss(self) -> None:
        own = row(agents_on_contact=10.0, binding="target_service_level", service_level=0.81)
        near = pd.DataFrame([row(agents_on_contact=9.0, service_level=0.79996), own])
        assert "80.0 % in 20 s (!!0.004 points short!!)" in answer(own, near, asked=ASKED).replace(
            "\u00a0", " "
        )

    def test_nothing_offered(self) -> None:
        own = row(agents_on_contact=0.0, binding=None, service_level=float("nan"), offered_per_h=0.0)
        assert answer(own, pd.DataFrame([own]), asked=ASKED) == "Nothing is offered, so **nobody** is needed."

    def test_the_targets_of_a_situation(self) -> None:
        asked = pd.Series({"target_service_level": 0.8, "answer_within_s": 20.0, "target_service_level_2": None,
                           "max_abandonment": 0.05, "max_asa_s": 30.0, "max_occupancy": None})  # fmt: skip
        assert [goal.words for goal in goals(asked)] == ["80 % in 20 s", "abandonment ≤ 5 %", "ASA ≤ 30 s"]
