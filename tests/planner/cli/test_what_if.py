"""`planner whatif`: a difference is asked of a published plan, which stays as it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.cli import main
from planner.cli.what_if import hire, new_shift, setting, taught
from planner.domain.tables import SCHEDULE, WHAT_IF
from planner.importers import read_table
from planner.pipeline.changed_plan import Hire, NewShift
from planner.store import Store, current, read_plan
from tests.planner.pipeline.published_plans import plan_file, published, week, written


def asked(folder: Path, *more: str) -> list[str]:
    """The call for a published week of six agents whose Romanian need has grown."""
    plan = week(number=6)
    published(Store(folder / "store"), plan, plan.schedule)
    grown = plan.requirement.assign(
        agents_scheduled=plan.requirement["agents_scheduled"] + 0.5 * (plan.requirement["language"] == "ro")
    )
    needed = grown.assign(
        interval_min=30,
        offered=0.0,
        aht_s=300.0,
        load_erlangs=0.0,
        agents_on_contact=0.0,
        agents_rostered=0.0,
    )
    path = written(needed, "REQUIREMENT", folder)
    where = ["--store", str(folder / "store"), "--plan", str(plan_file(folder)), "--requirement", str(path)]
    return ["whatif", "current", *where, "--seconds", "3", *more]


def test_two_romanians_more_are_less_short_and_the_plan_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = asked(tmp_path, "--add-agents", "2 x full ro voice;chat")
    store = Store(tmp_path / "store")
    before = current(store)
    files = ["--out", str(tmp_path / "w.csv"), "--schedule-out", str(tmp_path / "s.csv")]
    assert main([*call, *files]) == 0
    assert current(store) == before
    pd.testing.assert_frame_equal(read_plan(store, before.plan_id, "SCHEDULE"), week(number=6).schedule)
    table = read_table(tmp_path / "w.csv", WHAT_IF).set_index(["language", "measure"])
    assert table.loc[("all", "agents"), "difference"] == 2
    assert table.loc[("ro", "under_h"), "difference"] < 0
    assert table.loc[("all", "cost"), "after"] < table.loc[("all", "cost"), "before"]
    assert (table["difference"] == table["after"] - table["before"]).all()
    for side in ("before", "after"):
        assert table.loc[("all", "bound"), side] <= table.loc[("all", "cost"), side]
    made = read_table(tmp_path / "s.csv", SCHEDULE)
    assert {"hire 1.1", "hire 1.2"} <= set(made["agent_id"])
    said = capsys.readouterr().out
    assert "as it is" in said
    assert "under_h ro" in said
    assert "by the bounds" in said


def test_what_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = asked(tmp_path)
    for more, note in (
        ((), "name a difference"),
        (("--drop-rule", "siesta"), "“siesta” is no rule; known: availability"),
        (("--set", "targets.voice.max_abandonment=0.1"), "does not change a schedule for the same need"),
        (("--set", "labour.spain.daily_rest=11"), "labour.spain.daily_rest"),
        (("--teach", "nobody:ro"), "“nobody” is no agent"),
        (("--teach", "a001:xx"), "“xx” is no language of the plan"),
        (("--add-agents", "1 x none ro voice"), "the plan has the contracts full, part, half"),
        (("--add-shift", "5 h for none"), "“none” is no contract"),
    ):
        assert main([*call, *more]) == 1
        assert note in capsys.readouterr().err


def test_what_the_options_mean() -> None:
    assert hire("3 x full pt;es voice") == Hire(3, "full", "pt;es", "voice")
    assert hire("1 x 40 h pt voice;chat at LIS") == Hire(1, "40 h", "pt", "voice;chat", "LIS")
    assert new_shift("5 h from 9:00,17:00 for part") == NewShift(5.0, ("part",), ("9:00", "17:00"))
    assert new_shift("7.5 h for 40 h,30 h") == NewShift(7.5, ("40 h", "30 h"))
    assert setting("contracts.40 h.days_per_week = 4") == ("contracts.40 h.days_per_week", "4")
    assert taught("SVQ-1:it,ro") == (("SVQ-1", "it"), ("SVQ-1", "ro"))
