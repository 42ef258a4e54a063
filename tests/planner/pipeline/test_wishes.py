"""Wishes on their way through the line: who is on the roster, and the tables of a finished schedule."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest

from planner.config import load_plan
from planner.domain.tables import PREFERENCES
from planner.pipeline.horizon import Horizon
from planner.pipeline.wishes import of_roster, wish_tables
from staffing.coverage import coverage
from tests.planner.pipeline.published_plans import plan_file, week
from tests.staffing.scheduling.planted import MONDAY


def wishes(*agents: str) -> pd.DataFrame:
    rows = [(agent, "day off", "mon-fri") for agent in agents]
    return PREFERENCES.check(pd.DataFrame(rows, columns=["agent_id", "wish", "days"]))


def test_wishes_of_strangers_are_left_aside_and_named() -> None:
    kept, notes = of_roster(wishes("a000", "zoe"), week().agents)
    assert kept["agent_id"].tolist() == ["a000"]
    assert notes == ["left aside: 1 wish of agents who are not on the roster: zoe"]
    assert of_roster(wishes("a000"), week().agents)[1] == []


def test_the_tables_of_a_schedule_tell_what_was_missed_and_who_carried_what(tmp_path: Path) -> None:
    plan, drawn = load_plan(plan_file(tmp_path)), week(seed=3)
    away = pd.Timedelta(weeks=1)
    before = drawn.schedule.assign(**{c: drawn.schedule[c] - away for c in ("day", "start", "end")})
    horizon = Horizon(MONDAY, 7, 7)
    made = {"SCHEDULE": drawn.schedule, "AGENTS": drawn.agents, "ABSENCES": drawn.absences}
    made["PREFERENCES"] = wishes("a000")
    made["COVERAGE"] = coverage(drawn.requirement.assign(interval_min=30), drawn.schedule, plan.centre)
    tables = wish_tables(plan, made, before=before, horizon=horizon)
    mine = drawn.schedule[drawn.schedule["agent_id"] == "a000"]
    weekdays = mine.loc[mine["day"] < pd.Timestamp(MONDAY + timedelta(days=5)), "day"].nunique()
    (row,) = tables["WISHES"].query("wish == 'day off'").to_dict("records")
    assert (row["asked"], row["granted"]) == (5, 5 - weekdays)
    assert row["price"] == pytest.approx(weekdays * plan.soft.weights.day_off)
    assert (tables["FAIRNESS"]["before"] == tables["FAIRNESS"]["count"]).all()
    assert tables["SHORTAGE"]["short_h"].sum() == pytest.approx(0)
