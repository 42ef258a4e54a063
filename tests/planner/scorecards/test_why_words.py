"""The sentence names the largest cause that pulls the way service went, with its numbers."""

from __future__ import annotations

import pytest

from planner.language import speaking
from planner.scorecards.contract_why import Part, Why
from planner.scorecards.why_words import answer, part_words, shown_parts, why_question


def told(planned: float, *, measure: str = "service_level", **by: float) -> Why:
    numbers = {
        "volume": (1000.0, 1061.0), "aht": (305.0, 318.0), "schedule": (400.0, 410.0),
        "shrinkage": (0.08, 0.10), "adherence": (0.92, 0.912), "rest": (None, None),
    }  # fmt: skip
    parts = tuple(Part(name, by.get(name, 0.0), *pair) for name, pair in numbers.items())
    return Why(measure, planned, planned + sum(by.values()), parts, 1061.0)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_executives_example() -> None:
    split = told(0.821, volume=-0.029, aht=-0.018, shrinkage=-0.011, adherence=-0.004, schedule=0.017)
    assert plain(why_question(split)) == "Why 77.6 % and not the planned 82.1 %?"
    assert plain(answer(split)) == (
        "!!4.5!! points below plan: 77.6 % against 82.1 %. The largest part is **Volume**: −2.9 points. "
        "1,061 contacts came where 1,000 were planned (+6.1 %). Next comes AHT: 318 s against 305 s: −1.8 points."
    )
    assert [plain(part_words(part)) for part in split.parts] == [
        "Volume: +6.1 % against forecast", "AHT: 318 s against 305 s", "Schedule: +2.5 % hours rostered",
        "Absence: 10.0 % against 8.0 %", "Adherence: 91.2 % against 92.0 %", "Not in the model",
    ]  # fmt: skip


def test_a_large_part_that_pulls_the_other_way_is_not_called_the_cause() -> None:
    split = told(0.80, volume=-0.03, schedule=0.02, aht=-0.001)
    assert "**Volume**" in answer(split)
    better = told(0.80, volume=-0.01, schedule=0.04)
    assert "**4.0**" not in answer(better)
    assert plain(answer(better)).startswith("**3.0** points above plan")
    assert "**Schedule**: +4.0 points" in answer(better)


def test_more_abandonment_is_a_miss_and_less_is_none() -> None:
    assert answer(told(0.03, measure="abandonment", volume=0.02)).startswith("!!2.0!! points above plan")
    assert answer(told(0.03, measure="abandonment", volume=-0.01)).startswith("**1.0** points below plan")


def test_fewer_contacts_that_hurt_came_at_the_wrong_times() -> None:
    split = told(0.8, volume=-0.02)
    parts = (Part("volume", -0.02, 1000.0, 980.0), *split.parts[1:])
    assert "not in the half-hours" in answer(Why("service_level", 0.8, 0.78, parts, 980.0))


def test_what_is_not_known_is_said_and_has_no_bar() -> None:
    parts = tuple(
        Part(part.factor, part.by) if part.factor in ("shrinkage", "adherence") else part
        for part in told(0.8, schedule=-0.03).parts
    )
    split = Why("service_level", 0.8, 0.77, parts, 1000.0)
    assert "Absence and adherence of these days are not known" in answer(split)
    assert [part.factor for part in shown_parts(split)] == ["volume", "aht", "schedule"]


def test_as_planned_is_one_short_sentence() -> None:
    assert plain(answer(told(0.8, volume=-0.01, aht=0.0101))) == "**As planned:** 80.0 %."


@pytest.mark.parametrize("tag", ["de", "fr", "es", "pt"])
def test_every_sentence_can_be_said_in_other_languages(tag: str) -> None:
    """Whatever is translated, the numbers stay in it."""
    with speaking(tag):
        text = answer(told(0.821, volume=-0.029, aht=-0.018))
        assert "!!" in text
        assert "1" in text
