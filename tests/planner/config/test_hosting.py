"""The section hosting of plan.yaml: what holds where nothing is said, and what is wrong by its path."""

from __future__ import annotations

import pytest

from planner.config import Plan, plan_from_text
from planner.domain.problems import InputError

PLAN = """
name: t
sites:
  LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-22:00"}}
  BOG: {country: CO, time_zone: America/Bogota, hours: {all: "08:00-22:00"}}
targets: {voice: {max_abandonment: 0.05}, chat: {max_abandonment: 0.05}, email: {deadline: {share: 0.9, within_business_h: 8}}}
handling: {voice: {aht_s: 300, patience_s: 90}, chat: {aht_s: 300, patience_s: 90}, email: {aht_s: 300}}
queues:
  - {site: LIS, language: pt, channels: [voice, chat, email]}
  - {site: LIS, language: de, channels: [voice]}
  - {site: BOG, language: es, channels: [voice]}
hosting: %s
"""


def plan(section: str) -> Plan:
    return plan_from_text(PLAN % section)


def test_channels_that_no_group_names_are_alone() -> None:
    found = plan("{channel_groups: {live: [chat]}}")
    assert dict(found.hosting.groups(found.centre)) == {
        "live": ("chat",),
        "voice": ("voice",),
        "email": ("email",),
    }


def test_people_are_hired_at_the_usual_cost_where_a_market_says_none() -> None:
    found = plan(
        "{hire_cost: 900, markets: [{site: LIS, languages: [es]}, {site: BOG, languages: [pt], cost: 0}]}"
    )
    assert [market.cost for market in found.hosting.markets] == [900, 0]


def test_a_language_that_may_not_move_stays_where_it_is_today() -> None:
    bound = plan("{bounds: [{language: de, reason: law}]}").hosting.bounds[0]
    assert bound.allows("de", "voice", "LIS", today=frozenset({"LIS"}))
    assert not bound.allows("de", "voice", "BOG", today=frozenset({"LIS"}))
    assert bound.allows("pt", "voice", "BOG", today=frozenset({"LIS"}))


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("{weeks: 0}", "hosting.weeks"),
        ("{busy_share: 1.2}", "hosting.busy_share"),
        ("{level: p60}", "hosting.level"),
        ("{seats_share: 1.5}", "hosting.seats_share"),
        ("{pools: {least_people: 0}}", "hosting.pools.least_people"),
        ("{pools: {most_languages: 4}}", "hosting.pools.most_languages"),
        ("{pools: {aht_multiple: 0.9}}", "hosting.pools.aht_multiple"),
        ("{risk: {two_sites_from_fte: 10, most_at_one_site: 1.1}}", "hosting.risk.most_at_one_site"),
        ("{risk: {most_at_one_site: 0.5}}", "hosting.risk.most_at_one_site"),
        ("{risk: {most_in_one_country: -0.1}}", "hosting.risk.most_in_one_country"),
        ("{splits: [0.3, 1.2]}", "hosting.splits.1"),
        ("{splits: [0.3, 0.5]}", "hosting.splits.0"),
        ("{channel_groups: {all: [voice, fax]}}", "hosting.channel_groups.all"),
        ("{channel_groups: {all: [voice, email]}}", "hosting.channel_groups.all"),
        ("{channel_groups: {a: [voice], b: [voice]}}", "hosting.channel_groups.b"),
        ("{markets: [{site: OPO, languages: [pt]}]}", "hosting.markets.0.site"),
        ("{markets: [{site: LIS, languages: [fr]}]}", "hosting.markets.0.languages"),
        ("{markets: [{site: LIS, languages: [pt], most_people: -1}]}", "hosting.markets.0.most_people"),
        ("{markets: [{site: LIS, languages: []}]}", "hosting.markets.0.languages"),
        ("{lessons: [{site: LIS, language: pt, adds: pt}]}", "hosting.lessons.0.adds"),
        ("{lessons: [{site: LIS, language: pt, adds: fr}]}", "hosting.lessons.0.adds"),
        ("{lessons: [{site: LIS, language: pt, adds: de, cost: -1}]}", "hosting.lessons.0.cost"),
        ("{bounds: [{language: fr, reason: law}]}", "hosting.bounds.0.language"),
        ("{bounds: [{language: pt}]}", "hosting.bounds.0.reason"),
        ("{bounds: [{language: pt, reason: law, sites: [OPO]}]}", "hosting.bounds.0.sites"),
        ("{bounds: [{language: pt, reason: law, channels: [fax]}]}", "hosting.bounds.0.channels"),
        ("{hosts: 3}", "hosting.hosts"),
    ],
)
def test_what_is_wrong_is_named_by_its_path(section: str, path: str) -> None:
    with pytest.raises(InputError) as refused:
        plan(section)
    assert [problem.column for problem in refused.value.problems] == [path]


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        plan("{markets: [{site: OPO, languages: [fr]}], bounds: [{language: xx, reason: law}]}")
    assert len(refused.value.problems) == 3


def test_seats_below_zero_are_refused_where_they_stand() -> None:
    with pytest.raises(InputError, match=r"sites.LIS.seats"):
        plan_from_text((PLAN % "{}").replace("country: PT,", "country: PT, seats: -1,"))
