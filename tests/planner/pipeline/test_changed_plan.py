"""A plan with one difference: what is named changes, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from planner.config.plan import plan_from_text
from planner.domain.problems import InputError
from planner.domain.tables import AGENTS
from planner.pipeline.changed_plan import Change, Hire, NewShift, changed_agents, changed_plan, changed_rules
from staffing.labour import every_rule
from tests.planner.pipeline.published_plans import YAML

PLAN = plan_from_text(YAML)
ANA = AGENTS.check(
    pd.DataFrame(
        [
            {
                "agent_id": "ana",
                "site": "SVQ",
                "contract": "full",
                "languages": "es:native",
                "channels": "voice",
            }
        ]
    )
)


def test_no_change_changes_nothing() -> None:
    assert changed_plan(PLAN, Change()) is PLAN
    pd.testing.assert_frame_equal(changed_agents(ANA, Change(), PLAN.centre), ANA)
    assert [rule.name for rule in changed_rules(Change())] == [rule.name for rule in every_rule()]


def test_a_setting_changes_and_all_else_stays() -> None:
    made = changed_plan(PLAN, Change(settings=(("labour.spain.daily_rest_h", "11"),)))
    (before,), (after,) = PLAN.centre.sites.values(), made.centre.sites.values()
    assert after == replace(before, labour=replace(before.labour, daily_rest_h=11))
    assert made.centre.queues == PLAN.centre.queues
    assert (made.seed, made.settings) == (PLAN.seed, PLAN.settings)


def test_numbers_are_written_beside_a_pack_that_a_site_names() -> None:
    by_pack = plan_from_text(YAML.replace("labour: spain}", "labour: portugal}"))
    made = changed_plan(by_pack, Change(settings=(("labour.portugal.daily_rest_h", "10"),)))
    (before,), (after,) = by_pack.centre.sites.values(), made.centre.sites.values()
    assert after.labour == replace(before.labour, daily_rest_h=10)


def test_a_shift_more_may_be_worked_by_the_contracts_named() -> None:
    made = changed_plan(PLAN, Change(shifts=(NewShift(5.0, ("part", "half"), ("9:00", "17:00")),)))
    shift = made.centre.shift_patterns[-1]
    assert (shift.paid_h, shift.starts_min) == (5.0, (540, 1020))
    hours = {name: contract.shift_h for name, contract in made.centre.contracts.items()}
    assert hours == {"full": (8,), "part": (5, 6), "half": (4, 5)}


def test_hires_and_languages_taught_are_on_the_roster() -> None:
    change = Change(hires=(Hire(2, "part", "it;ro", "voice"),), taught=(("ana", "it"),))
    made = changed_agents(ANA, change, PLAN.centre).set_index("agent_id")
    assert made.loc["ana", "languages"] == "es:native;it:fluent"
    assert made.loc[["hire 1.1", "hire 1.2"], "languages"].tolist() == ["it;ro", "it;ro"]
    assert set(made["site"]) == {"SVQ"}


def test_a_rule_left_out_is_the_only_one() -> None:
    kept = {rule.name for rule in changed_rules(Change(drop=("daily rest", "weekly rest")))}
    assert {rule.name for rule in every_rule()} - kept == {"daily rest", "weekly rest"}


def test_settings_that_need_another_requirement_are_refused() -> None:
    for path in ("targets.voice.max_abandonment", "sites.SVQ.shrinkage", "horizon.first_day", "labour"):
        with pytest.raises(InputError, match="plan again"):
            changed_plan(PLAN, Change(settings=((path, "1"),)))
