"""Behind an AI people stay reachable in every language at every hour they were; what closes the route is refused."""

from __future__ import annotations

import pytest

from planner.config import plan_from_text
from planner.config.difference import plan_with
from planner.config.scenario import scenario_from_text
from planner.domain.problems import InputError
from planner.scenarios.human_route import half_hours, refuse_closed_route
from tests.planner.scenarios.flows import MONDAY, YAML

AI = """scenario: mine
title: Mine
changes:
  - {change: front_end, languages: {es: 1}, reasons: {all: {share: 1, resolved: 0.5, escalated: 0.4}}}
"""
ES = "{site: SVQ, language: es, channels: %s, hours: {all: %s}}"
EN = '{site: SVQ, language: en, channels: [voice, chat, email], hours: {mon-sat: "09:00-18:00"}}'


def problems(text: str) -> list[str]:
    """What a scenario is refused for."""
    base, scenario = plan_from_text(YAML, file="plan.yaml"), scenario_from_text(text, file="mine.yaml")
    changed = plan_with(base, scenario, file="mine.yaml").centre
    try:
        start = half_hours(MONDAY, 10)
        refuse_closed_route(base.centre, scenario, changed, start=start, file="mine.yaml")
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def with_queues(*queues: str) -> str:
    """A scenario that plans other queues."""
    return AI + f"plan:\n  queues: [{', '.join(queues)}]\n"


def test_a_route_that_stays_open_is_fine() -> None:
    assert problems(AI) == []


def test_one_channel_may_close_while_another_answers() -> None:
    assert problems(with_queues(ES % ("[chat, email]", '"09:00-21:00"'), EN)) == []


def test_shorter_hours_of_people_are_refused_with_their_hours() -> None:
    (found,) = problems(with_queues(ES % ("[voice, chat, email]", '"09:00-19:00"'), EN))
    assert found.startswith("mine.yaml, plan.queues: leaves es without people in 140 h of the weeks planned")
    assert "first on Monday 5 October 2026 17:00 UTC" in found
    assert "the human route stays open in every language and hour" in found


def test_only_mail_is_no_person_to_talk_to() -> None:
    (found,) = problems(with_queues(ES % ("[email]", '"09:00-21:00"'), EN))
    assert "leaves es without people in 840 h" in found


def test_a_language_without_queues_is_refused() -> None:
    (found,) = problems(with_queues(ES % ("[voice, chat, email]", '"09:00-21:00"')))
    assert "leaves en without people" in found


def test_a_queue_that_ends_in_a_later_week_is_refused() -> None:
    last = EN.replace("}}", "}, last_day: 2026-12-05}")
    (found,) = problems(with_queues(ES % ("[voice, chat, email]", '"09:00-21:00"'), last))
    assert "leaves en without people in 54 h" in found
    assert "Monday 7 December 2026" in found


def test_without_an_ai_hours_are_a_choice() -> None:
    text = with_queues(ES % ("[voice, chat, email]", '"09:00-19:00"'), EN)
    scale = "  - {change: scale, volume: 1.1}\n"
    assert problems(text.replace(AI[AI.index("  - ") :], scale)) == []


def test_an_ai_that_hands_nobody_on_is_refused() -> None:
    with pytest.raises(InputError, match="no way to a person"):
        scenario_from_text(AI.replace("escalated: 0.4", "escalated: 0"), file="mine.yaml")
