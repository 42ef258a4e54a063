"""What leaves with a schedule: hours for payroll, and the events of everyone's calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import pandas as pd

from forecasting.public_holidays import named_holidays
from planner.domain.centre import Centre, Site
from planner.domain.tables import CALENDAR_EVENTS
from planner.exporters.roster.calendar_events import calendar_events
from planner.exporters.roster.scheduled import Scheduled
from planner.pipeline.horizon import Horizon
from planner.store import Store, plans, read_plan
from staffing.pay_hours import Payroll, pay_hours

EVENTS = CALENDAR_EVENTS.name


def handed_on(
    centre: Centre,
    made: Mapping[str, pd.DataFrame],
    *,
    horizon: Horizon,
    earlier: pd.DataFrame,
    now: datetime,
) -> Scheduled:
    """A schedule with PAY_HOURS and CALENDAR_EVENTS; `made` has its SCHEDULE, AGENTS and what else there is.

    `earlier` are the events published before it.
    """
    scheduled = Scheduled(centre, horizon.first_day, horizon.schedule_days, made)
    sites = {code: public_holidays(site, horizon) for code, site in centre.sites.items()}
    payroll = Payroll(
        scheduled.table("AGENTS"), scheduled.table("ABSENCES"), scheduled.first_day, scheduled.days, sites
    )
    hours = pay_hours(scheduled.table("SCHEDULE"), centre, payroll=payroll)
    events = calendar_events(scheduled, earlier=earlier, now=now)
    tables = {**made, "PAY_HOURS": hours, EVENTS: events}
    return Scheduled(centre, scheduled.first_day, scheduled.days, tables)


def public_holidays(site: Site, horizon: Horizon) -> frozenset[date]:
    """The days on which a site's country, or part of it, has a public holiday; none of an unknown country."""
    if not site.country:
        return frozenset()
    days = pd.date_range(horizon.first_day, periods=horizon.schedule_days + 1)
    code = f"{site.country}-{site.subdivision}" if site.subdivision else site.country
    known = named_holidays([code], days)
    return frozenset(known["day"][~known["soft"].astype(bool)].dt.date)


def last_events(store: Store) -> pd.DataFrame:
    """The CALENDAR_EVENTS of the newest plan that has any; empty where none has."""
    for info in plans(store):
        if EVENTS in info.tables:
            return read_plan(store, info.plan_id, EVENTS)
    return CALENDAR_EVENTS.empty()
