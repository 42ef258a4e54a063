"""The section `quality:` of a plan: its values, and everything wrong with it by dotted path."""

import pytest

from planner.config import plan_from_text
from planner.domain.problems import InputError
from planner.domain.quality import Quality
from tests.planner.config.test_plan import SMALL

SECTION = """
quality:
  targets: {quality_score: 0.9, critical_compliance: 0.98, fcr_no_escalation: 0.85, nps: -0.1}
  coaching: {chance: 0.95}
  sampling: {half_width: 0.04, minutes: 20}
  fcr: {families: {refund: payment}, net_reasons: [payment], bot: [chatbot]}
"""


def problems(text: str) -> dict[str | None, str]:
    with pytest.raises(InputError) as wrong:
        plan_from_text(text)
    return {problem.column: problem.note for problem in wrong.value.problems}


def test_a_plan_that_says_nothing_of_quality_asks_nothing() -> None:
    quality = plan_from_text(SMALL).centre.quality
    assert quality == Quality()
    assert quality.targets.of("quality_score") is None


def test_what_the_section_says_stands_in_the_centre() -> None:
    quality = plan_from_text(SMALL + SECTION).centre.quality
    assert quality.targets.of("critical_compliance") == 0.98
    assert quality.targets.of("nps") == -0.1
    assert quality.coaching.chance == 0.95
    assert quality.sampling.minutes == 20
    assert quality.fcr.families["refund"] == "payment"
    assert quality.fcr.bot == ("chatbot",)


def test_a_clients_own_target_comes_before_that_of_the_whole() -> None:
    client = SMALL.replace("language: pt,", "language: pt, client: Brand,")
    assert client != SMALL, "the small plan's first queue has no language pt"
    text = (
        client
        + "quality: {targets: {quality_score: 0.9, csat: 0.8, clients: {Brand: {quality_score: 0.95}}}}\n"
    )
    targets = plan_from_text(text).centre.quality.targets
    assert targets.of("quality_score", client="Brand") == 0.95
    assert targets.of("csat", client="Brand") == 0.8
    assert targets.of("quality_score", client="Other") == 0.9


def test_what_matters_is_said_by_measure() -> None:
    text = SMALL + "quality: {matters: {quality_score: 0.02, service_level: 0.01}}\n"
    assert plan_from_text(text).centre.quality.matters == {"quality_score": 0.02, "service_level": 0.01}


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("quality: {target: {}}", "quality.target"),
        ("quality: {targets: {quality: 0.9}}", "quality.targets.quality"),
        ("quality: {targets: {quality_score: 90}}", "quality.targets.quality_score"),
        ("quality: {coaching: {chance: 0.1}}", "quality.coaching.chance"),
        ("quality: {sampling: {half_width: 0}}", "quality.sampling.half_width"),
        ("quality: {matters: {quality_score: 2}}", "quality.matters.quality_score"),
        ("quality: {matters: {aht: 0.1}}", "quality.matters.aht"),
        ("quality: {targets: {clients: {Nobody: {csat: 0.8}}}}", "quality.targets.clients.Nobody"),
    ],
)
def test_what_is_wrong_is_told_by_its_path(section: str, path: str) -> None:
    assert path in problems(SMALL + section + "\n")
