"""A published schedule planned again from now on: past and locks stay, the rest moves as little as pays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pandas as pd

from planner.config import Plan
from planner.domain.problems import InputError, Problem
from planner.domain.tables import SCHEDULE, SCHEDULE_REPORT, VIOLATIONS
from planner.domain.timegrid import midnight
from planner.pipeline import steps
from planner.pipeline.comparing import compared
from planner.pipeline.horizon import Horizon, within
from planner.pipeline.steps import Say
from staffing.audit import audit
from staffing.changes import with_reasons
from staffing.coverage import coverage
from staffing.freed import freed, without
from staffing.standing import Standing

MOST_NAMED = 20  # freed shifts that are said one by one


@dataclass(frozen=True)
class Now:
    """When shifts may move: from `lead` after `moment`, which without a zone is by each site's own clock."""

    moment: datetime
    lead: timedelta

    def first_day(self, zone: str) -> date:
        """The first local day that has not begun before: all days before it are history."""
        at = pd.Timestamp(self.moment)
        if at.tzinfo is None:
            at = at.tz_localize(zone, ambiguous=False, nonexistent="shift_forward")
        local = (at + self.lead).tz_convert(zone)
        return local.date() if local == midnight(local.date(), zone) else local.date() + timedelta(days=1)


@dataclass(frozen=True)
class Replanned:
    """SCHEDULE of the whole published horizon, SCHEDULE_REPORT of its days from now on, COVERAGE, VIOLATIONS
    (empty), CHANGES and CHANGES_DAYS against what was published; and notes for the planner."""

    tables: dict[str, pd.DataFrame]
    notes: tuple[str, ...]


def replan(
    plan: Plan, published: pd.DataFrame, needed: pd.DataFrame, people: steps.People, *, now: Now, say: Say
) -> Replanned:
    """A published SCHEDULE -> the one closest to it that fits the need and the people as they are now.

    `people` brings the agents, absences, locks and weeks before as they are known now. Infeasible names the
    locked days that contradict the law or each other. Everything before `now` stays to the row.
    """
    if published.empty:
        raise InputError(
            [Problem("empty_table", "the published schedule has no shift; make one with planner schedule")]
        )
    done = [
        _site(plan, rows, needed[needed["site"] == site], people, now=now, say=say)
        for site, rows in published.groupby("site", sort=True)
    ]
    made = pd.concat([each.schedule for each in done], ignore_index=True)
    made = SCHEDULE.check(made.sort_values(["agent_id", "start"], ignore_index=True))
    reasons = pd.concat([each.reasons for each in done], ignore_index=True)
    found = compared(published, made, centre=plan.centre, agents=people.agents)
    first, last = published["day"].min().date(), published["day"].max().date()
    days = (last - first).days + 1
    asked = within(needed, plan.centre, Horizon(first, days, days))
    tables = {
        "SCHEDULE": made,
        "SCHEDULE_REPORT": SCHEDULE_REPORT.check(pd.concat([each.report for each in done])),
        "VIOLATIONS": VIOLATIONS.empty(),
        "COVERAGE": coverage(asked, made, plan.centre, first_day=first, days=days),
        "CHANGES": with_reasons(found["CHANGES"], reasons),
        "CHANGES_DAYS": found["CHANGES_DAYS"],
    }
    return Replanned(tables, tuple(note for each in done for note in each.notes))


@dataclass(frozen=True)
class _Site:
    schedule: pd.DataFrame
    report: pd.DataFrame
    reasons: pd.DataFrame
    notes: tuple[str, ...]


def _site(
    plan: Plan, published: pd.DataFrame, needed: pd.DataFrame, people: steps.People, *, now: Now, say: Say
) -> _Site:
    """One site: its days before now as they are, its days after now solved again."""
    site = plan.centre.sites[str(published["site"].iloc[0])]
    first = max(now.first_day(site.time_zone), published["day"].min().date())
    past = published[published["day"] < pd.Timestamp(first)]
    ahead = published[published["day"] >= pd.Timestamp(first)]
    none = published[["agent_id", "day"]].iloc[:0].assign(reason="")
    days = (published["day"].max().date() - first).days + 1
    if days <= 0 or needed.empty:
        note = f"{site.code}: nothing may move any more; the schedule stays as published"
        return _Site(published, SCHEDULE_REPORT.empty(), none, (note,))
    horizon = Horizon(first, days, days)
    here = _as_of(people, site.code, first, past)
    gone = _gone(plan, ahead, here, horizon)
    shifts = len(ahead[["agent_id", "day"]].drop_duplicates())
    say(f"{site.code}: from {first} on {shifts:,} published shifts, of which {len(gone):,} cannot stay")
    standing = Standing(here.standing.locked, without(ahead, gone), plan.soft.moves)
    asked = within(needed, plan.centre, horizon)
    made = steps.schedule(plan, asked, replace(here, standing=standing), horizon=horizon, say=say)
    schedule = pd.concat([past, made.tables["SCHEDULE"]], ignore_index=True)
    notes = (*_named(gone), *map(str, made.notes))
    return _Site(schedule, made.tables["SCHEDULE_REPORT"], gone, notes)


def _as_of(people: steps.People, site: str, first: date, past: pd.DataFrame) -> steps.People:
    """The site's people with what they worked before `first`, and the locks from then on."""
    locked = people.standing.locked
    here = locked[(locked["site"] == site) & (locked["day"] >= pd.Timestamp(first))]
    agents = people.agents[people.agents["site"] == site].reset_index(drop=True)
    older = without(people.before, past) if len(people.before) else people.before
    before = pd.concat([older, past], ignore_index=True)
    return replace(people, agents=agents, before=before, standing=Standing(here))


def _gone(plan: Plan, ahead: pd.DataFrame, people: steps.People, horizon: Horizon) -> pd.DataFrame:
    """Published days that are not locked and cannot stay, and why."""

    def judge(rows: pd.DataFrame) -> pd.DataFrame:
        return audit(
            rows,
            people.agents,
            plan.centre,
            absences=people.absences,
            first_day=horizon.first_day,
            days=horizon.days,
            before=people.before,
        )

    standing = Standing(people.standing.locked, ahead)
    days = standing.locked[["agent_id", "day"]]
    return freed(pd.concat([standing.movable, standing.segments], ignore_index=True), days, judge=judge)


def _named(gone: pd.DataFrame) -> tuple[str, ...]:
    """The shifts that were freed, one by one, and how many more."""
    shown = gone.head(MOST_NAMED)
    said = [
        f"freed: {agent} on {day:%Y-%m-%d}, {why}"
        for agent, day, why in zip(shown["agent_id"], shown["day"], shown["reason"])
    ]
    rest = len(gone) - len(shown)
    return (*said, *([f"and {rest:,} more shifts freed"] if rest else []))
