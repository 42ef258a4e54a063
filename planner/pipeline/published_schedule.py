"""A published plan's schedule, as the exporters take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import pandas as pd

from planner.config import load_plan
from planner.domain.centre import Centre
from planner.domain.cost_tables import COST_TABLES
from planner.domain.problems import InputError, Problem
from planner.domain.tables import CALENDAR_EVENTS
from planner.exporters.roster.scheduled import Scheduled
from planner.pipeline.handing_on import handed_on
from planner.pipeline.horizon import Horizon
from planner.store import PlanInfo, Store, read_plan

EXPORTED = (
    "SCHEDULE", "SCHEDULE_REPORT", "COVERAGE", "VIOLATIONS", "AGENTS", "ABSENCES", "PAY_HOURS",
    "CALENDAR_EVENTS", "CHANGES", "CHANGES_DAYS", "WISHES", "MISSED_WISHES", "FAIRNESS", "FAIRNESS_GROUPS",
    "SHORTAGE", *(table.name for table in COST_TABLES),
)  # fmt: skip


def published_schedule(store: Store, info: PlanInfo, *, sites: Sequence[str], now: datetime) -> Scheduled:
    """The schedule of a plan, of some sites or, where none are named, of all.

    A plan that was published without hours for payroll and calendars gets them now. InputError when it has
    no schedule, or does not know a site.
    """
    centre = load_plan(info.yaml).centre
    if "SCHEDULE" not in info.tables:
        raise InputError([Problem("no_schedule", f"plan {info.plan_id} has no schedule", str(store.folder))])
    unknown = [site for site in sites if site not in centre.sites]
    if unknown:
        known = ", ".join(centre.sites)
        raise InputError(
            Problem("unknown_site", f"“{site}” is no site of the plan; known: {known}") for site in unknown
        )
    tables = {n: read_plan(store, info.plan_id, n) for n in EXPORTED if n in info.tables}
    chosen = _of_sites(tables, sites or tuple(centre.sites))
    days = int(info.facts["schedule_days"])
    first = date.fromisoformat(info.facts["first_day"])
    return _whole(centre, chosen, Horizon(first, days, days), now)


def _of_sites(tables: Mapping[str, pd.DataFrame], sites: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The rows of these sites; tables that tell no site keep those of their agents, others all of them."""
    people = set(tables["AGENTS"].loc[tables["AGENTS"]["site"].isin(sites), "agent_id"])
    chosen = {}
    for name, frame in tables.items():
        wanted = {"site": sites, "agent_id": people}
        by = next((column for column in wanted if column in frame.columns), None)
        chosen[name] = frame if by is None else frame[frame[by].isin(wanted[by])].reset_index(drop=True)
    return chosen


def _whole(centre: Centre, tables: Mapping[str, pd.DataFrame], horizon: Horizon, now: datetime) -> Scheduled:
    if {"PAY_HOURS", CALENDAR_EVENTS.name} <= set(tables):
        return Scheduled(centre, horizon.first_day, horizon.schedule_days, tables)
    made = handed_on(centre, tables, horizon=horizon, earlier=CALENDAR_EVENTS.empty(), now=now)
    return replace(made, tables={**made.tables, **tables})
