"""Runs beside their base: differences by hand, weeks that add up, and which run is of which base."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.config.plan import plan_from_text
from planner.domain.problems import InputError
from planner.pipeline import scenario_builder, scenario_compared
from planner.pipeline.scenario_builder import (
    Draft,
    check,
    expected_s,
    known_scenarios,
    last_runs,
    save,
    scenario_named,
    unreadable,
)
from planner.pipeline.scenario_compared import if_nobody_reacts, measured, newest_runs, weekly
from planner.store import Store, plans
from planner.store.scenario_files import keep_seconds
from tests.dashboards.small_capacity import WEEKS
from tests.dashboards.small_centre import YAML, write_store
from tests.dashboards.small_scenarios import AI, CHAT, write_runs

TEMPLATE = "scenario: t\ntitle: T\nchanges:\n  - {change: scale, where: {site: LIS}, volume: 1.2}\n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("runs")
    write_store(folder)
    write_runs(folder)
    return Store(folder)


def test_a_measure_is_told_against_its_base(store: Store) -> None:
    rows = measured(store, newest_runs(store, [CHAT, AI])).set_index(["scenario", "measure", "of"])
    chat = rows.loc[(CHAT, "fte_p75", "all")]
    assert (chat["base"], chat["value"], chat["difference"]) == (32.5, 40.0, 7.5)
    assert chat["relative"] == pytest.approx(7.5 / 32.5)
    only = rows.loc[(AI, "ai_resolved", "all")]
    assert pd.isna(only["base"])
    assert (only["low"], only["value"], only["high"]) == (0.35, 0.46, 0.53)


def test_service_if_nobody_reacts_is_told_against_the_base_in_the_same_week(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (pair,) = newest_runs(store, [CHAT])
    other = if_nobody_reacts(store, pair.run).assign(base=0.95)
    monkeypatch.setattr(scenario_compared, "if_nobody_reacts", lambda _store, _run: other)
    rows = measured(store, [pair]).set_index(["measure", "of"])
    kept = rows.loc[("kept_service_level", "chat")]
    assert (kept["base"], kept["value"]) == (0.95, 0.41)
    assert kept["difference"] == pytest.approx(-0.54)
    assert rows.loc[("fte_p75", "all"), "base"] == 32.5


def test_weeks_add_up_to_the_days_and_the_need_to_what_is_planned(store: Store) -> None:
    (pair,) = newest_runs(store, [CHAT])
    base, run = (weekly(store, each, full_time_h=40) for each in (pair.base, pair.run))
    assert base["week"].tolist() == list(WEEKS)
    assert base["contacts"].tolist() == pytest.approx([700.0] * 6)
    assert run["contacts"].sum() == pytest.approx(1.2 * 4200)
    assert run["need_p75_fte"].tolist() == pytest.approx([42, 42, 42, 48, 48, 42])
    assert base["short_fte"].tolist() == pytest.approx([0, 0, 0, 3, 1, 0])
    # ten paths of 91 to 100 a day: the 10 % and 90 % of their sums over seven days
    assert base["contacts_low"].iloc[0] == pytest.approx(7 * 91.9)
    assert base["contacts_high"].iloc[0] == pytest.approx(7 * 99.1)
    assert run["contacts_low"].isna().all()


def test_service_of_the_hardest_week_is_by_contacts(store: Store) -> None:
    (pair,) = newest_runs(store, [CHAT])
    (row,) = if_nobody_reacts(store, pair.run).itertuples()
    assert (row.channel, row.measure, row.week) == ("chat", "service_level", WEEKS[3])
    assert (row.offered, row.base, row.scenario) == pytest.approx((700.0, 0.86, 0.41))


def test_a_run_tells_what_changed_since(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    base = load_plan(plans(store)[0].yaml)
    runs = last_runs(store, base)
    assert set(runs) == {"base", CHAT, AI}
    assert all(run.changed == () for run in runs.values())
    other = plan_from_text(base.text.replace("seed: 7", "seed: 8"), file="plan.yaml")
    assert last_runs(store, other)[CHAT].changed == ("plan",)
    monkeypatch.setattr(scenario_builder, "key_of", lambda _base, _store: "another")
    assert last_runs(store, base)[CHAT].changed == ("history",)


def test_an_expected_time_is_that_of_earlier_runs(store: Store) -> None:
    assert expected_s(store, CHAT) is None
    ids = {info.facts["scenario"]: info.plan_id for info in plans(Store(store.folder / "scenarios"))}
    keep_seconds(store, ids[CHAT], 40.0)
    keep_seconds(store, ids["base"], 400.0)
    assert expected_s(store, CHAT) == 40.0
    assert expected_s(store, AI) == 40.0  # never timed itself; the base is no scenario


def test_a_draft_is_refused_with_everything_that_is_wrong(tmp_path: Path) -> None:
    store, base = Store(tmp_path), plan_from_text(YAML, file="plan.yaml")
    with pytest.raises(InputError) as caught:
        save(Draft(TEMPLATE, {"changes.0.volume": 101.0}, CHAT, "", ""), base, store)
    assert {problem.column for problem in caught.value.problems} == {"scenario", "title", "changes.0.volume"}
    with pytest.raises(InputError) as caught:
        check(Draft(TEMPLATE.replace("LIS", "XXX"), {}, "mine", "Mine", ""), base, store)
    assert [problem.column for problem in caught.value.problems] == ["changes.0.where.site"]
    assert not list(tmp_path.rglob("*.yaml"))


def test_what_was_saved_is_found_by_name_and_by_version(tmp_path: Path) -> None:
    store, base = Store(tmp_path), plan_from_text(YAML, file="plan.yaml")
    for volume in (1.3, 1.4):
        save(Draft(TEMPLATE, {"changes.0.volume": volume}, "mine", "Mine", ""), base, store)
    assert scenario_named(store, "mine").scenario.version == 2
    assert "volume: 1.3" in scenario_named(store, "mine-v1").scenario.text
    assert known_scenarios(store)[-1].name == "mine"
    with pytest.raises(InputError, match="mine"):
        scenario_named(store, "other")
    (tmp_path / "scenarios-kept" / "mine-v2.yaml").write_text("scenario: mine\n")
    assert [each.file for each in unreadable(store)] == ["mine-v2.yaml"]
