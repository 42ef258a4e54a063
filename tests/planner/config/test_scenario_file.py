"""The file of a scenario: what is wrong in it is said all at once, with the path as it stands in the file."""

from __future__ import annotations

import pytest

from planner.config import plan_from_text
from planner.config.difference import plan_with
from planner.config.scenario import refuse_unknown, scenario_from_text
from planner.config.shipped import shipped_scenarios
from planner.domain.problems import InputError
from planner.domain.scenario import Scenario
from tests.planner.scenarios.flows import YAML

HEAD = "scenario: mine\ntitle: Mine\n"
PLAN = (
    YAML
    + """contracts: {full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}}
shift_patterns: [{name: full 8 h, paid_h: 8}]
capacity:
  weeks: 26
  every_site: {kinds: {permanent: {contract: full}}}
  freezes: [{first_day: 2027-01-01, last_day: 2027-01-10}]
"""
)


def reason(text: str) -> str:
    return f"changes: [{{change: front_end, languages: {{es: 1}}, reasons: {{status: {{{text}}}}}}}]"


def read_and_merged(text: str) -> None:
    scenario = scenario_from_text(HEAD + text, file="mine.yaml")
    wanted = plan_with(plan_from_text(PLAN, file="plan.yaml"), scenario, file="mine.yaml")
    refuse_unknown(scenario, wanted.centre, file="mine.yaml")


def said(text: str) -> list[str]:
    """The problems of a scenario's text, read and merged into the plan."""
    with pytest.raises(InputError) as error:
        read_and_merged(text)
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "changes: [{change: mix, shares: {voice: 0.7, chat: 0.5}}]",
            "changes.0: the shares add up to 1.2; they must add up to 1",
        ),
        (
            "changes: [{change: remove, share: 1.4}]",
            "changes.0.share: “1.4” is wrong here: Input should be less than or equal to 1",
        ),
        (
            "changes: [{change: scale, from: 5, until: 3}]",
            "changes.0: until 3 is not after from 5",
        ),
        (
            "changes: [{change: scale, from: 2027-02-01, until: 2027-02-01}]",
            "changes.0: until 2027-02-01 is not after from 2027-02-01",
        ),
        (
            "changes: [{change: scale, volumes: 2}]",
            "changes.0.volumes: is not a key of a scenario; check its spelling or remove it",
        ),
        (
            "changes: [{change: grow}]",
            "changes.0.change: “grow” is no kind of change; known: scale, mix, front_end, remove, move, flood",
        ),
        (
            "changes: [{volume: 2}]",
            "changes.0.change: “nothing” is no kind of change; known: scale, mix, front_end, remove, move, flood",
        ),
        (
            reason("share: 0.5, resolved: {low: 0.6, likely: 0.5, high: 0.7}, escalated: 0.4"),
            "changes.0.reasons.status.resolved: low 0.6, likely 0.5, high 0.7 are not in that order",
        ),
        (
            reason("share: 0.5, resolved: 0.5, escalated: 0.4, bounced: 0.2"),
            "changes.0.reasons.status: resolved, escalated and bounced add up to 1.1; that is more than all (1)",
        ),
        (
            reason("share: 0.5, resolved: 0.5, escalated: 0"),
            "changes.0.reasons.status: escalated 0 leaves whoever it does not resolve no way to a person; "
            "the human route stays open in every language and hour",
        ),
        (
            reason("share: 0.6, resolved: 0.5, escalated: 0.4}, other: {share: 0.6, resolved: 0.5, escalated: 0.4"),
            "changes.0: the shares of the reasons add up to 1.2; that is more than all contacts (1)",
        ),
        (
            reason("share: 0.5, aht_multiple: 2.5, resolved: 0.5, escalated: 0.4"),
            "changes.0: share x aht_multiple of the reasons add up to 1.25 of all handling; "
            "at most 1, and 1 where the reasons are all contacts",
        ),
        ("weeks: 2", "weeks: “2” is wrong here: Input should be greater than or equal to 4"),
        (
            "changes: [{change: scale, where: {language: ja}}]",
            "changes.0.where.language: “ja” is no language of the plan; it knows en, es",
        ),
        (
            "changes: [{change: scale, where: {site: XXX}}]",
            "changes.0.where.site: “XXX” is no site of the plan; it knows SVQ",
        ),
        (
            "changes: [{change: mix, shares: {voice: 0.7, fax: 0.3}}]",
            "changes.0.shares: “fax” is no channel of the plan; it knows chat, email, voice",
        ),
        (
            "changes: [{change: move, to: XXX}]",
            "changes.0.to: “XXX” is no site of the plan; it knows SVQ",
        ),
        (
            "plan: {capacity: {every_site: {attrition: {per_month: -0.1}}}}",
            "plan.capacity.every_site.attrition.per_month: “-0.1” is wrong here: "
            "Input should be greater than or equal to 0",
        ),
        ("plan: {sites: {SVQ: {seats: -3}}}", "plan.sites.SVQ.seats: “-3” is wrong here: Input should be greater than or equal to 0"),
        (
            "plan: {capacity: {ramp: [{week: 40}]}}",
            "plan.capacity.ramp.0.week: 40 lies beyond the 26 weeks of the plan; shorten the ramp or plan longer",
        ),
        (
            "add: {capacity: {freezes: [{first_day: 2027-05-01, last_day: 2027-01-01}]}}",
            "add.capacity.freezes.0: first_day 2027-05-01 is after last_day 2027-01-01",
        ),
        (
            "add: {queues: [{site: XXX, language: es, channels: [voice], hours: {all: '09:00-10:00'}}]}",
            "add.queues.0.site: “XXX” is not among the sites; known: SVQ",
        ),
        (
            "add: {capacity: {weeks: [3]}}",
            "add.capacity.weeks: is no list in the plan; change it under plan:",
        ),
        (
            "add: {events: 3}",
            "add.events: “3” is no list; write the entries to add as a list, or replace it under plan:",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_path(text: str, problem: str) -> None:
    assert said(text) == [f"mine.yaml, {problem}"]


def test_all_problems_come_at_once() -> None:
    assert said("weeks: 2\nwat: 1\nchanges: [{change: scale, volume: -1}, {change: remove, share: 2}]") == [
        "mine.yaml, weeks: “2” is wrong here: Input should be greater than or equal to 4",
        "mine.yaml, changes.0.volume: “-1” is wrong here: Input should be greater than or equal to 0",
        "mine.yaml, changes.1.share: “2” is wrong here: Input should be less than or equal to 1",
        "mine.yaml, wat: is not a key of a scenario; check its spelling or remove it",
    ]


def test_what_was_in_the_plan_keeps_its_place_and_is_not_changed() -> None:
    base = plan_from_text(PLAN, file="plan.yaml")
    text = (
        HEAD + "add: {capacity: {freezes: [{first_day: 2027-02-01, last_day: 2027-02-10}]}}\nplan: {seed: 9}"
    )
    wanted = plan_with(base, scenario_from_text(text, file="mine.yaml"), file="mine.yaml")
    assert [str(freeze.first_day) for freeze in wanted.capacity.freezes] == ["2027-01-01", "2027-02-01"]
    assert (wanted.seed, base.seed, len(base.capacity.freezes)) == (9, 1, 1)


def test_an_empty_scenario_is_the_base() -> None:
    base = plan_from_text(PLAN, file="plan.yaml")
    assert plan_with(base, Scenario("mine", "Mine"), file="mine.yaml") is base


def test_shipped_scenarios_are_named_as_their_files_and_say_what_they_are() -> None:
    shipped = shipped_scenarios()
    assert len({each.name for each in shipped}) == len(shipped)
    assert {each.name.split("-")[0] for each in shipped} >= {f"s{number}" for number in range(1, 6)}
    assert all(each.title and each.about for each in shipped)
