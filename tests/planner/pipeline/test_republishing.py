"""A re-plan that is published is the store's current plan, and updates calendars rather than doubling them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pandas as pd

from planner.domain.tables import CALENDAR_EVENTS
from planner.pipeline.handing_on import handed_on
from planner.pipeline.horizon import Horizon
from planner.pipeline.replanning import Replanned
from planner.pipeline.republishing import Known, republish
from planner.pipeline.steps import People
from planner.store import Store, current, publish, read_plan
from tests.planner.pipeline.published_plans import NOW, YAML
from tests.planner.pipeline.test_replanning import NEED, PLAN, PLANTED, sick

__all__ = ["sick"]
WHOLE = dict.fromkeys(("offered", "aht_s", "load_erlangs", "agents_on_contact", "agents_rostered"), 1.0)


def published(store: Store) -> str:
    """The planted schedule with its calendars and a scorecard that no schedule decides."""
    made = {"SCHEDULE": PLANTED.schedule, "AGENTS": PLANTED.agents, "ABSENCES": PLANTED.absences}
    horizon = Horizon(PLANTED.first_day, PLANTED.days, PLANTED.days)
    events = handed_on(PLAN.centre, made, horizon=horizon, earlier=CALENDAR_EVENTS.empty(), now=NOW)
    facts = {"first_day": PLANTED.first_day.isoformat(), "schedule_days": PLANTED.days}
    tables = made | {"CALENDAR_EVENTS": events.table("CALENDAR_EVENTS")}
    return publish(store, tables, yaml_text=YAML, facts=facts, seed=1, now=NOW)


def test_what_is_published_is_the_new_schedule_with_the_old_calendars_updated(
    tmp_path: Path, sick: tuple[str, People, Replanned]
) -> None:
    agent, people, made = sick
    store = Store(tmp_path)
    old = published(store)
    plan = replace(PLAN, settings=replace(PLAN.settings, seconds_per_site=1.0))
    info = current(store)
    assert info is not None
    later = NOW + timedelta(days=1)
    new = republish(
        plan, store, info, made=made, known=Known(NEED.assign(**WHOLE), people), now=later, say=lambda _: None
    )
    now = current(store)
    assert now is not None
    assert now.plan_id == new != old
    assert now.facts["planned_again_from"] == old
    pd.testing.assert_frame_equal(read_plan(store, new, "SCHEDULE"), made.tables["SCHEDULE"])
    assert {"WISHES", "FAIRNESS", "PAY_HOURS", "UNDER_OVER", "CHANGES"} <= set(now.tables)
    before, after = (read_plan(store, one, "CALENDAR_EVENTS") for one in (old, new))
    assert set(before["uid"]) <= set(after["uid"])
    mine = after[(after["agent_id"] == agent) & after["uid"].isin(before["uid"])]
    moved = mine.merge(before[["uid", "sequence"]], on="uid", suffixes=("", "_before"))
    assert (moved["sequence"] >= moved["sequence_before"]).all()
    assert (moved["sequence"] > moved["sequence_before"]).any()
    unmoved = set(made.tables["SCHEDULE"]["agent_id"]) - set(made.tables["CHANGES"]["agent_id"])
    same = after[after["agent_id"].isin(unmoved)].merge(before[["uid", "sequence"]], on=["uid", "sequence"])
    assert len(same) == after["agent_id"].isin(unmoved).sum() > 0
