"""What may be said of a score: only what its interval and n allow."""

from __future__ import annotations

import pandas as pd

from dashboards.filters import Scope
from dashboards.published import Published
from dashboards.quality_fcr import reasons, resolutions
from dashboards.quality_scorecards import answer, items, of_period
from dashboards.scores import FEWEST, QUALITY, by_language

NO_ITEMS = pd.DataFrame({"language": [], "item": [], "value": []})


def scores(*rows: tuple[str, float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["language", "value", "low", "high", "n"])


def test_a_language_is_below_only_if_its_whole_interval_is() -> None:
    surely = scores(("tr", 0.78, 0.70, 0.86, 60), ("en", 0.90, 0.88, 0.92, 300))
    unsure = scores(("tr", 0.86, 0.78, 0.94, 60), ("en", 0.90, 0.88, 0.92, 300))
    assert "!!Turkish!! is the only language surely below the whole" in answer(surely, 0.89, NO_ITEMS)
    assert answer(unsure, 0.89, NO_ITEMS).startswith("**No language is surely below")


def test_nine_evaluations_say_nothing() -> None:
    few = scores(("tr", 0.30, 0.10, 0.50, 9), ("en", 0.90, 0.88, 0.92, 300))
    said = answer(few, 0.89, NO_ITEMS)
    assert "Turkish" not in said
    assert answer(few.head(1), 0.89, NO_ITEMS).startswith(f"No language has {FEWEST} evaluations yet")


def test_the_item_drawn_weakest_is_named(plan: Published) -> None:
    rows = of_period(plan.table("SCORECARD"), None)
    points = items(rows, Scope())
    weakest = points.loc[points.groupby("language")["value"].idxmin()]
    assert set(weakest["item"]) == {"Right answer"}
    below = scores(("ar", 0.7, 0.65, 0.75, 110), ("en", 0.95, 0.93, 0.97, 300))
    assert "Arabic earns least at “Right answer”" in answer(below, 0.89, points)


def test_four_definitions_stand_side_by_side(plan: Published) -> None:
    rows = of_period(plan.table("SCORECARD"), None)
    found = resolutions(rows, Scope())
    assert [name for name, _, _, _ in found] == [
        "No escalation", "Agent says resolved", "Survey, customer says resolved", "No repeat in 7 days",
    ]  # fmt: skip
    assert len({words for _, words, _, _ in found}) == 4


def test_languages_of_a_site_are_those_evaluated_there(plan: Published) -> None:
    rows = of_period(plan.table("SCORECARD"), None)
    assert set(by_language(rows, Scope(site="CAI"), measure=QUALITY[0])["language"]) == {"ar", "en"}


def test_the_reason_drawn_to_come_back_most_stands_first(plan: Published) -> None:
    found = reasons(of_period(plan.table("SCORECARD"), None), Scope())
    assert list(found["reason"]) == ["payment or refund", "where is my order"]
