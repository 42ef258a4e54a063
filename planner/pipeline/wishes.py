"""What people wish for on its way through the line: those of the roster go in, what was granted comes out."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.config import Plan
from planner.domain.problems import counted
from planner.domain.tables import SCHEDULE
from planner.pipeline.handing_on import public_holidays
from planner.pipeline.horizon import Horizon
from staffing.fair_share import fairness, spreads
from staffing.finished import Finished
from staffing.granted import granted, missed_wishes, shortage
from staffing.worked import Worked


def of_roster(preferences: pd.DataFrame, agents: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The wishes of agents who are on the roster, and a note on those left aside."""
    known = preferences["agent_id"].isin(agents["agent_id"])
    strange = sorted(set(preferences.loc[~known, "agent_id"]))
    if not strange:
        return preferences, []
    named = ", ".join(strange[:3]) + (", ..." if len(strange) > 3 else "")
    wishes = counted(int((~known).sum()), "wish").replace("wishs", "wishes")
    return preferences[known].reset_index(drop=True), [
        f"left aside: {wishes} of agents who are not on the roster: {named}"
    ]


def wish_tables(
    plan: Plan, made: Mapping[str, pd.DataFrame], *, before: pd.DataFrame, horizon: Horizon
) -> dict[str, pd.DataFrame]:
    """WISHES, MISSED_WISHES, FAIRNESS, FAIRNESS_GROUPS and SHORTAGE of the schedule in `made`.

    `made` has its SCHEDULE, AGENTS, ABSENCES, PREFERENCES and COVERAGE; `before` is the SCHEDULE of the
    weeks before.
    """
    done = finished(plan, made, before=before, horizon=horizon)
    missed, shares = missed_wishes(done), fairness(done)
    return {
        "WISHES": granted(missed, done),
        "MISSED_WISHES": missed,
        "FAIRNESS": shares,
        "FAIRNESS_GROUPS": spreads(shares),
        "SHORTAGE": shortage(made["COVERAGE"], plan.centre),
    }


def finished(
    plan: Plan, made: Mapping[str, pd.DataFrame], *, before: pd.DataFrame, horizon: Horizon
) -> Finished:
    """A schedule as the checking faces of wishes look at it."""
    contracts = made["AGENTS"][["agent_id", "contract"]]
    segments, past = (
        SCHEDULE.check(rows).merge(contracts, on="agent_id", how="left")
        for rows in (made["SCHEDULE"], before)
    )
    days = horizon.schedule_days
    worked = Worked(
        segments, made["AGENTS"], made["ABSENCES"], plan.centre, horizon.first_day, days, before=past
    )
    holidays = {code: public_holidays(site, horizon) for code, site in plan.centre.sites.items()}
    return Finished(worked, made["PREFERENCES"], plan.soft, holidays)
