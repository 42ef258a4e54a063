"""Numbers in the text of a scenario: found with their bounds, changed in place, nothing else touched."""

from __future__ import annotations

from datetime import date

import pytest

from planner.config.scenario import scenario_from_text
from planner.config.scenario_numbers import Heading, changeable, rewritten
from planner.config.shipped import shipped_scenarios
from planner.domain.scenario import Scale

TEXT = """scenario: mine
title: Mine
about: >
  Two lines
  of text.
weeks: 12
changes:
  - change: scale   # the season
    from: 2026-11-23
    volume: 1.2     # a fifth more
  - change: front_end
    languages: {en: 1.0}
    reasons:
      order: {share: 0.5, resolved: {low: 0.1, likely: 0.2, high: 0.3}, escalated: 0.7}
      other: {share: 0.2, resolved: 0, escalated: 1}
plan:
  sites: {LIS: {seats: 90}}
  labour: {here: {night: [22, 6]}}
"""
HEADING = Heading("mine", "Mine", 1, "Two lines of text.")


def test_each_number_has_the_bounds_of_the_schema() -> None:
    found = {each.path: each for each in changeable(TEXT)}
    assert (found["weeks"].least, found["weeks"].most, found["weeks"].whole) == (4, 78, True)
    volume = found["changes.0.volume"]
    assert (volume.value, volume.least, volume.most, volume.above) == (1.2, 0, 100, False)
    assert (found["plan.sites.LIS.seats"].least, found["plan.sites.LIS.seats"].whole) == (0, True)
    assert found["changes.1.reasons.order.resolved.low"].most == 1
    assert found["changes.1.reasons.other.resolved"].most == 1  # a range written as one number
    assert found["plan.labour.here.night.1"].most is not None
    assert found["changes.0.from"].value == date(2026, 11, 23)


def test_only_the_number_is_changed_and_comments_stay() -> None:
    values = {"changes.0.volume": 1.35, "changes.0.from": date(2026, 12, 1)}
    text = rewritten(TEXT, values, HEADING)
    assert "volume: 1.35     # a fifth more" in text
    assert "from: 2026-12-01" in text
    change = scenario_from_text(text, file="x").changes[0]
    assert isinstance(change, Scale)
    assert (change.volume, change.when.first) == (1.35, date(2026, 12, 1))
    assert scenario_from_text(text, file="x").changes[1:] == scenario_from_text(TEXT, file="x").changes[1:]


def test_a_heading_is_written_also_where_the_text_has_none() -> None:
    heading = Heading("other", 'It is "new": yes', 4, "One line: short")
    made = scenario_from_text(rewritten(TEXT, {}, heading), file="x")
    assert (made.name, made.title, made.version, made.about) == (
        "other",
        'It is "new": yes',
        4,
        heading.about,
    )
    bare = rewritten("scenario: a\ntitle: A\n", {}, heading)
    assert scenario_from_text(bare, file="x").about == heading.about


@pytest.mark.parametrize("name", [each.name for each in shipped_scenarios()])
def test_every_shipped_scenario_can_be_written_anew_without_a_difference(name: str) -> None:
    (each,) = [scenario for scenario in shipped_scenarios() if scenario.name == name]
    values = {number.path: number.value for number in changeable(each.text)}
    same = rewritten(each.text, values, Heading(each.name, each.title, 7, each.about))
    made = scenario_from_text(same, file="x")
    assert (made.changes, made.plan, made.add, made.teams) == (each.changes, each.plan, each.add, each.teams)
    assert (made.version, made.about.strip()) == (7, each.about.strip())
    outside = [
        number.path
        for number in changeable(each.text)
        if not isinstance(number.value, date)
        and not (number.least or 0) <= number.value <= (number.most or float("inf"))
    ]
    assert outside == []
