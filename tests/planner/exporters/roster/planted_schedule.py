"""A planted schedule as the exporters take it, over the night in which the clocks go back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd

from planner.domain.tables import CALENDAR_EVENTS
from planner.exporters.roster.calendar_events import calendar_events
from planner.exporters.roster.scheduled import Scheduled
from staffing.coverage import coverage
from staffing.pay_hours import Payroll, pay_hours
from tests.staffing.scheduling.planted import centre_of, planted

FIRST_DAY, DAYS = date(2026, 10, 19), 14
NOW, LATER = datetime(2026, 10, 12, 9, 30, tzinfo=UTC), datetime(2026, 10, 14, 16, 5, tzinfo=UTC)


def scheduled(seed: int = 5, number: int = 8, **tables: pd.DataFrame) -> Scheduled:
    """Eight agents for two weeks; tables given stand in place of the planted ones."""
    centre = centre_of()
    plan = planted(seed, number, centre=centre, first_day=FIRST_DAY, days=DAYS)
    agents = plan.agents.assign(name=[f"Ágnes {n}; \\ =1+1, {'né ' * 30}" for n in range(len(plan.agents))])
    holidays = {"SVQ": frozenset({date(2026, 10, 26)})}
    schedule = tables.get("SCHEDULE", plan.schedule)
    payroll = Payroll(agents, plan.absences, FIRST_DAY, DAYS, holidays)
    made = {
        "SCHEDULE": schedule,
        "AGENTS": agents,
        "ABSENCES": plan.absences,
        "COVERAGE": coverage(
            plan.requirement.assign(interval_min=30), schedule, centre, first_day=FIRST_DAY, days=DAYS
        ),
        "PAY_HOURS": pay_hours(schedule, centre, payroll=payroll),
    }
    return Scheduled(centre, FIRST_DAY, DAYS, {**made, **tables})


def with_calendar(given: Scheduled, *, earlier: pd.DataFrame | None = None, now: datetime = NOW) -> Scheduled:
    """The same with CALENDAR_EVENTS."""
    before = CALENDAR_EVENTS.empty() if earlier is None else earlier
    events = calendar_events(given, earlier=before, now=now)
    return replace(given, tables={**given.tables, "CALENDAR_EVENTS": events})
