"""Who carried the shifts nobody wants, who carries them now, and what each one's fair share is.

The fair share of an agent is the group's total, history and horizon together, by working days: days on
which the agent is employed and not away, times the contract's days a week. So leave and late hiring lower
the share, and a share left over in the history is made good in the horizon.
"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from planner.domain.tables import FAIRNESS, FAIRNESS_GROUPS
from staffing.finished import Finished, available_days
from staffing.labour import Flag
from staffing.unwanted import groups, unwanted
from staffing.worked import past_of, shifts_of

GROUP = ["site", "group", "measure"]


def fairness(finished: Finished) -> pd.DataFrame:
    """FAIRNESS (agent x measure) of the sites scheduled; a measure that a group never met has rows of 0."""
    each = [fair_shares(finished, flag.name) for flag in unwanted(finished.soft.fairness)]
    rows = pd.concat(each, ignore_index=True)
    return FAIRNESS.check(rows.sort_values(["site", "group", "measure", "agent_id"], ignore_index=True))


def fair_shares(finished: Finished, measure: str) -> pd.DataFrame:
    """The rows of FAIRNESS of one measure."""
    (flag,) = (mark for mark in unwanted(finished.soft.fairness) if mark.name == measure)
    past = _past(finished)
    people = _people(finished, past)
    rows = people.assign(
        measure=measure,
        before=_counted(past, flag, finished, people),
        count=_counted(finished.worked.shifts, flag, finished, people),
    )
    total = (rows["before"] + rows["count"]).groupby(_keys(rows)).transform("sum")
    return rows.assign(due=total * rows["share"])


def spreads(table: pd.DataFrame) -> pd.DataFrame:
    """FAIRNESS_GROUPS of a FAIRNESS: how far the members of each group are from their fair shares."""
    share = table["due"] / (table["before"] + table["count"]).groupby(_keys(table)).transform("sum")
    due_before = table["before"].groupby(_keys(table)).transform("sum") * share.fillna(0.0)
    off = table.assign(
        off=table["before"] + table["count"] - table["due"],
        square=(table["before"] + table["count"] - table["due"]) ** 2,
        square_before=(table["before"] - due_before) ** 2,
        total=table["before"] + table["count"],
    )
    found = off.groupby(GROUP, as_index=False).agg(
        n=("agent_id", "size"),
        total=("total", "sum"),
        least=("off", "min"),
        most=("off", "max"),
        spread_before=("square_before", "mean"),
        spread=("square", "mean"),
    )
    roots = {name: np.sqrt(found[name]) for name in ("spread_before", "spread")}
    return FAIRNESS_GROUPS.check(found.assign(**roots))


def _keys(table: pd.DataFrame) -> list[pd.Series]:
    return [table[name] for name in GROUP]


def _past(finished: Finished) -> pd.DataFrame:
    """Shifts of the last weeks before the horizon, as many as fairness looks back."""
    worked = finished.worked
    since = worked.first_day - timedelta(weeks=finished.soft.fairness.weeks)
    past = past_of(worked.before, worked.first_day)
    return shifts_of(past[past["day"] >= pd.Timestamp(since)])


def _people(finished: Finished, before: pd.DataFrame) -> pd.DataFrame:
    """Everybody of the sites scheduled: agent_id, site, group, n, working_days, share of the group's."""
    worked = finished.worked
    sites = set(worked.shifts["site"])
    agents = worked.agents[worked.agents["site"].isin(sites)]
    known = pd.date_range(before["day"].min(), worked.first_day, inclusive="left") if len(before) else []
    days = pd.DatetimeIndex([*known, *finished.calendar]).as_unit("us")
    free = available_days(agents, worked.absences, days).groupby("agent_id").size()
    a_week = agents["contract"].map({n: c.days_per_week for n, c in worked.centre.contracts.items()})
    found = agents[["agent_id", "site"]].assign(
        group=groups(agents, finished.soft.fairness),
        working_days=agents["agent_id"].map(free).fillna(0.0) * a_week / 7,
    )
    group = found.groupby(["site", "group"])
    share = found["working_days"] / group["working_days"].transform("sum")
    return found.assign(n=group["agent_id"].transform("size"), share=share.fillna(0.0))


def _counted(shifts: pd.DataFrame, flag: Flag, finished: Finished, people: pd.DataFrame) -> pd.Series:
    """Shifts of each of the people that bear the mark."""
    marked = shifts[finished.worked.by_site(shifts, flag.marks).astype(bool)] if len(shifts) else shifts
    return people["agent_id"].map(marked.groupby("agent_id").size()).fillna(0).astype("int64")
