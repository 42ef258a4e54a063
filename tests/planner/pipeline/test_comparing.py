"""What changed since the schedule that was published last."""

from pathlib import Path

import pandas as pd
import pytest

from planner.config import plan_from_text
from planner.domain.problems import InputError
from planner.domain.tables import AGENTS
from planner.pipeline.comparing import compared, since_published
from planner.store import Store
from tests.planner.pipeline.published_plans import YAML, published, week

CENTRE = plan_from_text(YAML).centre


def test_nothing_is_compared_before_the_first_plan(tmp_path: Path) -> None:
    assert since_published(Store(tmp_path), {"SCHEDULE": week().schedule}, CENTRE) == {}


def test_what_differs_from_the_last_plan_is_told_on_the_days_both_cover(tmp_path: Path) -> None:
    store, plan = Store(tmp_path), week(days=14)
    published(store, plan, plan.schedule)
    monday = plan.schedule["day"] >= pd.Timestamp("2026-10-12")
    agent = plan.schedule.loc[monday, "agent_id"].iloc[0]
    after = plan.schedule[monday & (plan.schedule["agent_id"] != agent)]
    made = since_published(store, {"SCHEDULE": after, "AGENTS": plan.agents}, CENTRE)
    shifts = plan.schedule[monday & (plan.schedule["agent_id"] == agent)]["day"].nunique()
    assert set(made["CHANGES"]["kind"]) == {"shift dropped"}
    assert len(made["CHANGES"]) == shifts
    assert set(made["CHANGES"]["agent_id"]) == {agent}
    assert made["CHANGES_DAYS"]["items"].sum() == 2 * shifts


def test_names_come_from_the_agents_and_other_sites_are_refused() -> None:
    plan = week()
    other = plan.schedule.assign(site="OPO")
    with pytest.raises(InputError, match="site OPO of a schedule is not in the plan; it knows SVQ"):
        compared(other, other, centre=CENTRE, agents=AGENTS.empty())
    named = plan.agents.assign(name="N " + plan.agents["agent_id"])
    found = compared(plan.schedule, week(2).schedule, centre=CENTRE, agents=named)["CHANGES"]
    assert (found["name"] == "N " + found["agent_id"]).all()
