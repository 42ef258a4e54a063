"""The audit: every labour rule held against a finished schedule, by code the solver never sees."""

from __future__ import annotations

from datetime import date

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.change_tables import LOCKED
from planner.domain.tables import SCHEDULE, VIOLATIONS
from staffing.labour import Rule, Worked, every_rule


def audit(
    schedule: pd.DataFrame,
    agents: pd.DataFrame,
    centre: Centre,
    *,
    absences: pd.DataFrame,
    first_day: date,
    days: int,
    before: pd.DataFrame | None = None,
    locked: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every rule that a SCHEDULE breaks, as VIOLATIONS (agent x rule x local day); empty when it is legal.

    `agents` are AGENTS, `absences` ABSENCES, `before` the SCHEDULE of the weeks before, `locked` LOCKED;
    `first_day` and `days` are the horizon in local days.
    """
    contracts = agents[["agent_id", "contract"]].drop_duplicates("agent_id")
    past = SCHEDULE.empty() if before is None else before
    segments, known = (rows.merge(contracts, on="agent_id", how="left") for rows in (schedule, past))
    stays = LOCKED.empty() if locked is None else locked
    return held_against(Worked(segments, agents, absences, centre, first_day, days, known, stays))


def held_against(worked: Worked) -> pd.DataFrame:
    """Every rule that a finished schedule breaks, as VIOLATIONS."""
    found = pd.concat([_broken(rule, worked) for rule in every_rule()], ignore_index=True)
    first = found.drop_duplicates(["agent_id", "rule", "day"])
    return VIOLATIONS.check(first.sort_values(["day", "agent_id", "rule"], ignore_index=True))


def _broken(rule: Rule, worked: Worked) -> pd.DataFrame:
    return rule.broken(worked).assign(rule=rule.name)
