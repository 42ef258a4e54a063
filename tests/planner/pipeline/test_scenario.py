"""Runs of scenarios: the base is run once, over the same weeks, and an operation may lack people or a history."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from planner.config import Plan
from planner.config.scenario import scenario_from_text
from planner.domain.problems import InputError
from planner.domain.scenario import BASE
from planner.pipeline.scenario import Asked, base_of, run_scenario, scenario_store
from planner.store import Store, plans, read_plan
from staffing.capacity.plan import Search
from tests.planner.scenarios.tiny import NOW, tiny

pytestmark = pytest.mark.xdist_group("scenario")
MORE = "scenario: more\ntitle: A tenth more\nchanges: [{change: scale, volume: 1.1}]\n"
MOVED = """scenario: moved
title: Dutch calls to Seville
add:
  queues: [{site: SVQ, language: nl, channels: [voice], hours: {mon-sat: "09:00-18:00"}, customers: [NL]}]
changes: [{change: move, where: {site: LIS, language: nl, channel: voice}, to: SVQ, from: 3}]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Store]:
    plan, store = tiny(tmp_path_factory.mktemp("scenario"))
    return replace(plan, capacity=replace(plan.capacity, weeks=5)), store


def run(made: tuple[Plan, Store], text: str) -> str:
    asked = Asked(scenario_from_text(text, file="mine.yaml"), "mine.yaml", Search(5.0, seed=1))
    return run_scenario(*made, asked, now=NOW, say=lambda _: None)


def test_two_scenarios_share_one_base_over_the_weeks_asked_for(made: tuple[Plan, Store]) -> None:
    """A scenario that changes the plan's settings is run over the weeks asked for too, not over the file's 30."""
    first, second = run(made, MORE), run(made, MOVED)
    kept = {info.plan_id: info.facts for info in plans(scenario_store(made[1]))}
    assert sorted(facts["scenario"] for facts in kept.values()) == ["base", "more", "moved"]
    assert {facts["weeks"] for facts in kept.values()} == {5}
    assert base_of(made[1], first).plan_id == base_of(made[1], second).plan_id
    days, base = (
        read_plan(scenario_store(made[1]), run, "SCENARIO_DAYS")
        for run in (second, base_of(made[1], second).plan_id)
    )
    assert days["offered"].sum() == pytest.approx(base["offered"].sum())
    assert days["work_h"].sum() == pytest.approx(base["work_h"].sum())


def test_what_is_wrong_is_said_all_at_once_with_its_path(made: tuple[Plan, Store]) -> None:
    wrong = """scenario: wrong
title: Wrong
changes:
  - {change: scale, where: {language: xx}}
  - {change: scale, where: {site: SVQ, language: nl}}
  - {change: move, where: {site: LIS, language: nl}, to: SVQ}
  - {change: move, to: MOON}
teams:
  - {queue: [SVQ, es, voice], turns: [{people: 2, hours: {all: "09:00-17:00"}}]}
  - {queue: [SVQ, xx, email], turns: [{people: 2, hours: {all: "09:00-17:00"}}]}
"""
    with pytest.raises(InputError) as raised:
        run(made, wrong)
    paths = [problem.column for problem in raised.value.problems]
    assert paths == [
        "changes.0.where.language",
        "changes.1.where",
        *["changes.2.to"] * 3,
        "changes.3.to",
        "teams.0.queue",
        "teams.1.queue",
    ]


def test_an_operation_that_names_no_people_is_planned_from_nobody(
    made: tuple[Plan, Store], tmp_path: Path
) -> None:
    plan, store = made
    nobody = Store(tmp_path / "store")
    shutil.copytree(store.folder, nobody.folder, ignore=shutil.ignore_patterns("AGENTS", "scenarios"))
    asked = Asked(BASE, "plan.yaml", Search(5.0, seed=1))
    found = run_scenario(plan, nobody, asked, now=NOW, say=lambda _: None)
    heads = read_plan(scenario_store(nobody), found, "HEADCOUNT")
    assert heads.loc[heads["week"] == heads["week"].min(), "before"].sum() == 0


def test_without_a_history_nothing_is_planned(made: tuple[Plan, Store], tmp_path: Path) -> None:
    with pytest.raises(InputError):
        run((made[0], Store(tmp_path / "empty")), MORE)
