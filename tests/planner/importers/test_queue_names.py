"""Queue names in the wild become queues by the plan's rules; a name no rule reads is told, not dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.centre import Centre, QueueNameRule
from planner.importers.queue_names import named, queues_named

CENTRE = load_plan(Path(__file__).resolve().parents[2] / "cases" / "plan.yaml").centre
RULE = QueueNameRule("^(?P<client>[A-Z]+)_(?P<site>[A-Z]{3})_(?P<language>[A-Z]{2})_(?P<channel>[A-Z]*)", {})


def with_rules(*rules: QueueNameRule) -> Centre:
    return replace(CENTRE, queue_names=rules)


@pytest.mark.parametrize(
    ("name", "medium", "queue"),
    [
        ("ACME_SVQ_ES_VOICE", "chat", ("SVQ", "es", "voice")),
        ("ACME_LIS_PT_", "voice", ("LIS", "pt", "voice")),
        ("ACME_SVQ_ES_", "email", ("SVQ", "es", "email")),
        (
            "ACME_OPO_FR_",
            "callback",
            ("OPO", "FR", "callback"),
        ),  # unknown codes are left for the check to name
    ],
)
def test_the_groups_of_the_pattern_name_the_queue(
    name: str, medium: str, queue: tuple[str, str, str]
) -> None:
    found = named(name, medium, with_rules(RULE))
    assert (found.site, found.language, found.channel) == queue
    assert found.wrong is None


def test_values_translate_what_a_group_found_and_fill_what_none_names() -> None:
    rule = QueueNameRule(
        "^(?P<language>[a-z]+)-(?P<channel>[a-z]+)",
        {"language": {"spanish": "es"}, "channel": {"phone": "voice"}, "site": {"": "SVQ"}},
    )
    found = named("spanish-phone-2", "", with_rules(rule))
    assert (found.site, found.language, found.channel, found.wrong) == ("SVQ", "es", "voice", None)


def test_the_first_rule_that_matches_is_used() -> None:
    first = QueueNameRule(
        "^VIP", {"site": {"": "LIS"}, "language": {"": "pt"}, "channel": {"voice": "voice"}}
    )
    assert named("VIP_SVQ_ES_VOICE", "voice", with_rules(first, RULE)).site == "LIS"
    assert named("X_SVQ_ES_VOICE", "voice", with_rules(first, RULE)).site == "SVQ"


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Reception", "is read by no rule"),
        ("A_SVQ_ES_VOICE; A_LIS_PT_VOICE", "sums several queues"),
    ],
)
def test_a_name_that_cannot_be_read_says_why(name: str, note: str) -> None:
    assert note in (named(name, "voice", with_rules(RULE)).wrong or "")


def test_what_neither_name_nor_media_type_tells_is_asked_for() -> None:
    rule = QueueNameRule("^(?P<language>[A-Z]{2})$", {})
    assert (
        named("ES", "voice", with_rules(rule)).wrong
        == "says no site; name it in the pattern, or map “” under values"
    )


def test_a_centre_of_one_queue_needs_no_rule() -> None:
    [key] = [key for key in CENTRE.queues if key.language == "de"]
    alone = replace(CENTRE, queues={key: CENTRE.queues[key]}, queue_names=())
    assert named("Main CSQ", "voice", alone).site == "LIS"
    assert "no rule" in (named("Main CSQ", "voice", with_rules()).wrong or "")


def test_every_row_of_an_unread_name_is_found_once_and_the_others_are_named() -> None:
    names = pd.Series(["A_SVQ_ES_VOICE", "Reception", "A_LIS_PT_VOICE", "Reception"])
    queues, found = queues_named(names, pd.Series(["voice"] * 4), with_rules(RULE))
    assert queues["site"].tolist()[::2] == ["SVQ", "LIS"]
    told = {each.column: (each.where.tolist(), each.shown > 0) for each in found}
    rows = [False, True, False, True]
    assert told == {"site": (rows, True), "language": (rows, False), "channel": (rows, False)}
