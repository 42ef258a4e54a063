"""What leaves with a schedule adds up to it, knows the site's holidays, and goes on from the plans before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from planner.domain.centre import Site
from planner.domain.timegrid import around_the_clock
from planner.pipeline.handing_on import handed_on, last_events, public_holidays
from planner.pipeline.horizon import Horizon
from planner.store import Store, publish
from tests.planner.pipeline.published_plans import NOW, YAML, week
from tests.staffing.scheduling.planted import Planted, paid_h

LATER = datetime(2026, 10, 2, 12, tzinfo=UTC)


def site(country: str, part: str | None = None) -> Site:
    return Site("X", "X", country, "UTC", around_the_clock("UTC"), subdivision=part)


@pytest.mark.parametrize(
    ("where", "days"),
    [
        (site("ES"), {date(2026, 10, 12)}),
        (site("ES", "CT"), {date(2026, 10, 12)}),
        (site("PT"), {date(2026, 10, 5)}),
        (site("DE"), {date(2026, 10, 3)}),
        (site(""), set()),
    ],
)
def test_holidays_are_those_of_the_sites_country(where: Site, days: set[date]) -> None:
    october = {
        d
        for d in public_holidays(where, Horizon(date(2026, 10, 1), 28, 28))
        if (d.year, d.month) == (2026, 10)
    }
    assert october == days


def publish_whole(
    store: Store, plan: Planted, schedule: pd.DataFrame, now: datetime
) -> dict[str, pd.DataFrame]:
    """Publish a schedule as the line does; the tables published."""
    made = {"SCHEDULE": schedule, "AGENTS": plan.agents, "ABSENCES": plan.absences}
    horizon = Horizon(plan.first_day, plan.days, plan.days)
    tables = dict(handed_on(plan.centre, made, horizon=horizon, earlier=last_events(store), now=now).tables)
    publish(store, tables, yaml_text=YAML, facts={}, seed=1, now=now)
    return tables


def test_paid_hours_and_calendar_hours_are_the_schedules(tmp_path: Path) -> None:
    plan = week()
    made = publish_whole(Store(tmp_path), plan, plan.schedule, NOW)
    hours, events, rows = made["PAY_HOURS"], made["CALENDAR_EVENTS"], plan.schedule
    assert hours.query("period == 'total'")["paid_h"].sum() == pytest.approx(paid_h(rows))
    assert (events["end"] - events["start"]).sum() == (rows["end"] - rows["start"]).sum()


def test_the_next_plan_goes_on_from_the_calendars_of_the_last_one(tmp_path: Path) -> None:
    store, plan = Store(tmp_path), week()
    first = publish_whole(store, plan, plan.schedule, NOW)["CALENDAR_EVENTS"]
    agent = plan.schedule["agent_id"].iloc[0]
    without = plan.schedule[plan.schedule["agent_id"] != agent].reset_index(drop=True)
    second = publish_whole(store, plan, without, LATER)["CALENDAR_EVENTS"]
    assert second["uid"].tolist() == first["uid"].tolist()
    mine = second["agent_id"] == agent
    assert set(second[mine]["status"]) == {"cancelled"}
    assert set(second[mine]["sequence"]) == {1}
    assert second[~mine].equals(first[~mine])
