"""The soft side of plan.yaml: weights, fairness, a floor of staff; what is wrong is named by its path."""

from __future__ import annotations

import pytest

from planner.config import plan_from_text
from planner.domain.centre import QueueKey
from planner.domain.moves import Moves
from planner.domain.problems import InputError
from planner.domain.soft import Soft

PLAN = """
name: t
sites: {LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-22:00"}}}
targets: {voice: {max_abandonment: 0.05}, chat: {max_abandonment: 0.05}}
handling: {voice: {aht_s: 300, patience_s: 90}, chat: {aht_s: 600, patience_s: 90}}
queues: [{site: LIS, language: pt, channels: [voice, chat]%s}]
%s
"""


def plan(queue: str = "", more: str = "") -> object:
    return plan_from_text(PLAN % (queue, more))


def paths(queue: str = "", more: str = "") -> list[str | None]:
    with pytest.raises(InputError) as refused:
        plan(queue, more)
    return [problem.column for problem in refused.value.problems]


def test_a_plan_that_says_nothing_has_the_defaults() -> None:
    assert plan().soft == Soft()


def test_what_the_plan_says_replaces_a_default_and_leaves_the_others() -> None:
    soft = plan(more="scheduling: {weights: {day_off: 40}, fairness: {weeks: 12, late_after: '20:30'}}").soft
    assert (soft.weights.day_off, soft.weights.start) == (40, Soft().weights.start)
    assert (soft.fairness.weeks, soft.fairness.late_after_min) == (12, 20 * 60 + 30)
    assert soft.fairness.group == ("contract", "team")


def test_a_floor_stands_for_each_channel_or_for_those_named() -> None:
    def floors(queue: str) -> list[int]:
        queues = plan(queue).centre.queues
        return [queues[QueueKey("LIS", "pt", channel)].floor for channel in ("voice", "chat")]

    assert floors("") == [0, 0]
    assert floors(", floor: 2") == [2, 2]
    assert floors(", floor: {voice: 3}") == [3, 0]


@pytest.mark.parametrize(
    ("queue", "more", "path"),
    [
        ("", "scheduling: {weights: {day_off: -1}}", "scheduling.weights.day_off"),
        ("", "scheduling: {weights: {dayoff: 1}}", "scheduling.weights.dayoff"),
        ("", "scheduling: {fairness: {group: [colour]}}", "scheduling.fairness.group.0"),
        ("", "scheduling: {fairness: {group: [team, team]}}", "scheduling.fairness"),
        ("", "scheduling: {fairness: {late_after: '25:00'}}", "scheduling.fairness.late_after"),
        (", floor: {email: 1}", "", "queues.0.floor.email"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(queue: str, more: str, path: str) -> None:
    assert path in paths(queue, more)


def test_premiums_are_shares_of_the_paid_hour() -> None:
    more = "labour: {here: {night_premium: 0.25, holiday_premium: 1}}"
    text = (PLAN % ("", more)).replace("country: PT,", "country: PT, labour: here,")
    labour = plan_from_text(text).centre.sites["LIS"].labour
    assert (labour.night_premium, labour.sunday_premium, labour.holiday_premium) == (0.25, 0.0, 1.0)


def test_prices_of_moves_are_the_plans_where_it_says_so_and_never_below_nothing() -> None:
    moves = plan(more="scheduling: {moves: {day: 200}}").soft.moves
    assert (moves.day, moves.pause) == (200, Moves().pause)
    assert paths(more="scheduling: {moves: {pause: -1, weekday: 3}}") == [
        "scheduling.moves.pause",
        "scheduling.moves.weekday",
    ]
