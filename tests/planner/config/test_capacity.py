"""The section capacity of plan.yaml: what holds where nothing is said, and what is wrong by its path."""

from __future__ import annotations

import pytest

from planner.config import Plan, plan_from_text
from planner.domain.capacity_levers import USUAL, HiringFreeze
from planner.domain.problems import InputError

PLAN = """
name: t
horizon: {first_day: 2026-10-05}
sites:
  LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "08:00-22:00"}}
  BOG: {country: CO, time_zone: America/Bogota, hours: {all: "08:00-22:00"}}
targets: {voice: {max_abandonment: 0.05}}
handling: {voice: {aht_s: 300, patience_s: 90}}
contracts: {full: {weekly_hours: 40, days_per_week: 5, shift_h: [8]}}
shift_patterns: [{name: 8 h, paid_h: 8}]
queues:
  - {site: LIS, language: pt, channels: [voice]}
  - {site: LIS, language: de, channels: [voice]}
  - {site: BOG, language: es, channels: [voice]}
capacity: %s
"""
KINDS = "kinds: {class: {contract: full}}"


def plan(section: str) -> Plan:
    return plan_from_text(PLAN % section)


def test_a_site_says_what_differs_and_keeps_the_rest() -> None:
    every = f"every_site: {{attrition: {{per_month: 0.03}}, {KINDS}, classrooms: 2}}"
    capacity = plan(f"{{{every}, sites: {{BOG: {{attrition: {{per_month: 0.05}}}}}}}}").capacity
    assert capacity.sites["LIS"].attrition.per_month == 0.03
    assert capacity.sites["BOG"].attrition.per_month == 0.05
    assert capacity.sites["BOG"].classrooms == 2
    assert [kind.name for kind in capacity.sites["BOG"].kinds] == ["class"]


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("{every_site: {attrition: {per_month: -0.1}}}", "capacity.every_site.attrition.per_month"),
        ("{weeks: 20, ramp: [{week: 30}]}", "capacity.ramp.0.week"),
        ("{ramp: [{week: 1}, {week: 1}]}", "capacity.ramp.1.week"),
        ("{every_site: {classrooms: -1}}", "capacity.every_site.classrooms"),
        ("{every_site: {kinds: {class: {contract: half}}}}", "capacity.every_site.kinds.class.contract"),
        ("{every_site: {kinds: {class: {contract: full, class_least: 9, class_most: 3}}}}", "capacity.every_site.kinds.class"),
        ("{weeks: 4, every_site: {kinds: {class: {contract: full}}}}", "capacity.every_site.kinds.class.training_weeks"),
        ("{sites: {OPO: {classrooms: 1}}}", "capacity.sites.OPO"),
        ("{cross_training: [{site: LIS, language: pt, adds: fr}]}", "capacity.cross_training.0.adds"),
        ("{cross_training: [{site: LIS, language: pt, adds: pt}]}", "capacity.cross_training.0.adds"),
        ("{freezes: [{first_day: 2026-11-01, last_day: 2026-10-01}]}", "capacity.freezes.0"),
        ("{freezes: [{first_day: 2026-10-01, last_day: 2026-11-01, sites: [OPO]}]}", "capacity.freezes.0.sites"),
        (f"{{every_site: {{{KINDS}}}, classes: [{{site: LIS, languages: [pt], kind: class, first_day: 2026-09-01, people: 5}}]}}", "capacity.classes.0.first_day"),
        (f"{{every_site: {{{KINDS}}}, classes: [{{site: LIS, languages: [xx], kind: class, first_day: 2026-11-01, people: 5}}]}}", "capacity.classes.0.languages"),
        (f"{{every_site: {{{KINDS}}}, classes: [{{site: LIS, languages: [pt], kind: clas, first_day: 2026-11-01, people: 5}}]}}", "capacity.classes.0.kind"),
        ("{overtime: {most_share: 1.5}}", "capacity.overtime.most_share"),
        ("{every_site: {present_share: 1.2}}", "capacity.every_site.present_share"),
        ("{leave: [{first_day: 2026-12-01, last_day: 2026-12-31, share: 1.1}]}", "capacity.leave.0.share"),
        ("{leave: [{first_day: 2026-12-01, last_day: 2026-12-31, share: 0.1, sites: [OPO]}]}", "capacity.leave.0.sites"),
        ("{levers: [{kind: freeze, weeks: 0}]}", "capacity.levers.0.weeks"),
        ("{levers: [{kind: freeze}, {kind: strike}]}", "capacity.levers.1"),
        ("{levers: [{kind: volume, weeks: 3}]}", "capacity.levers.0.weeks"),
        ("{levers: [{kind: volume, languages: [fr]}]}", "capacity.levers.0.languages"),
        ("{levers: [{kind: volume}, {kind: volume}]}", "capacity.levers.1.name"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path(section: str, path: str) -> None:
    with pytest.raises(InputError) as refused:
        plan(section)
    assert path in [problem.column for problem in refused.value.problems]


def test_all_that_is_wrong_is_said_at_once() -> None:
    """What a number alone shows and what only the rest of the plan shows, in one list."""
    section = """{weeks: 10, ramp: [{week: 30}], overtime: {most_share: 1.5},
      every_site: {attrition: {per_month: -0.1}, kinds: {class: {contract: full}}},
      classes: [{site: LIS, languages: [xx], kind: class, first_day: 2026-09-01, people: 5}],
      levers: [{kind: attrition, points_per_month: 2}]}"""
    text = (PLAN % section).replace("country: PT,", "country: PT, seats: -5,")
    with pytest.raises(InputError) as refused:
        plan_from_text(text)
    assert {problem.column for problem in refused.value.problems} == {
        "sites.LIS.seats",
        "capacity.overtime.most_share",
        "capacity.every_site.attrition.per_month",
        "capacity.levers.0.points_per_month",
        "capacity.ramp.0.week",
        "capacity.classes.0.languages",
        "capacity.classes.0.first_day",
    }
    assert all(problem.note for problem in refused.value.problems)


def test_levers_are_the_usual_ones_unless_said() -> None:
    assert plan("{weeks: 26}").capacity.levers == USUAL
    assert plan("{levers: []}").capacity.levers == ()
    said = plan("{levers: [{kind: freeze, name: winter, weeks: 6, sites: [BOG]}]}").capacity.levers
    assert said == (HiringFreeze(6, name="winter", sites=("BOG",)),)
