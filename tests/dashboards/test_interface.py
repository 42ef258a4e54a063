"""The page speaks the language of its address, and says nothing in English then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.language import speaking
from tests.dashboards.conftest import ROOT, sentence

APP = str(ROOT / "app.py")


@pytest.fixture
def app(store: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("PLANNER_STORE", str(store))

    def run(page: str, **url: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        for name, value in url.items():
            app.query_params[name] = value
        app.run()
        return app

    return run


def test_the_switch_offers_languages_by_their_own_names(app: Callable[..., AppTest]) -> None:
    drawn = app("contract")
    (switch,) = [box for box in drawn.selectbox if box.key == "choose-lang"]
    assert switch.options[:5] == ["English", "Español", "Português", "Deutsch", "Français"]
    assert switch.value == "en"


def test_the_address_decides_and_the_choice_goes_into_it(app: Callable[..., AppTest]) -> None:
    drawn = app("contract", lang="de")
    (switch,) = [box for box in drawn.selectbox if box.key == "choose-lang"]
    assert (switch.value, switch.label) == ("de", "Sprache")
    with speaking("de"):  # the test formats the page's choices once more, outside the page's thread
        switch.set_value("fr").run()
    assert drawn.query_params["lang"] in ("fr", ["fr"])


SPEAKS = """
from dashboards import {module}, interface, look, router
interface.speak_chosen()
look.style()
router.draw({module}.page, ({folder!r},))
"""


@pytest.mark.parametrize(
    ("lang", "begin"),
    [
        ("en", "At 18:30 we need"),
        ("de", "Um 18:30 werden"),
        ("es", "A las 18:30 hacen falta"),
        ("pt-BR", "Às 18:30 são"),
    ],
)
def test_the_answer_is_told_in_the_language(store: Path, lang: str, begin: str) -> None:
    drawn = AppTest.from_string(
        SPEAKS.format(module="planning_requirement", folder=str(store)), default_timeout=30
    )
    for name, value in {"lang": lang, "language": "pt", "day": "2026-10-06", "at": "18:30"}.items():
        drawn.query_params[name] = value
    drawn.run()
    assert not drawn.exception
    assert sentence(drawn).startswith(begin)


@pytest.mark.parametrize(
    "module", ["planning_coverage", "planning_forecast", "planning_schedule", "planning_events"]
)
def test_pages_are_drawn_in_german(store: Path, module: str) -> None:
    drawn = AppTest.from_string(SPEAKS.format(module=module, folder=str(store)), default_timeout=30)
    drawn.query_params["lang"] = "de"
    drawn.run()
    assert not drawn.exception
    assert not {" the ", " and ", " of "} & set(sentence(drawn).split())
