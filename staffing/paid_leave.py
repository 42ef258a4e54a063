"""Days of paid leave by calendar week: leave counts as worked, for contract hours and for averages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.labour import People, monday

UNPAID = "unavailable"  # an absence with this reason takes no contract hours; any other one does


def leave_days(people: People, *, weeks_before: int = 0) -> np.ndarray:
    """Days of paid leave, agent x calendar week: so many weeks before the horizon's first, then its own."""
    known = pd.date_range(people.first_monday - pd.Timedelta(weeks=weeks_before), people.calendar[-1])
    leave, row = np.zeros((len(people.agents), len(known)), bool), people.row_of
    paid = _paid(people.absences)
    for agent, first, last in zip(paid["agent_id"], paid["first_day"], paid["last_day"]):
        if agent in row:
            leave[row[agent]] |= np.asarray((known >= first) & (known <= last))
    return np.add.reduceat(leave.astype(np.int64), np.arange(0, len(known), 7), axis=1)


def leave_taken(absences: pd.DataFrame, *, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Days of paid leave from one local day to another: agent_id, week (its Monday), leave_days."""
    return _days_of(_paid(absences), first, last).rename(columns={"days": "leave_days"})


def unpaid_days(absences: pd.DataFrame, *, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Days of absence that nobody pays for, from one local day to another: agent_id, week, unpaid_days."""
    unpaid = absences.drop(index=_paid(absences).index)
    return _days_of(unpaid, first, last).rename(columns={"days": "unpaid_days"})


def _days_of(spells: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Days of spells by agent and calendar week: agent_id, week (its Monday), days."""
    calendar = pd.DataFrame({"day": pd.date_range(first, last).as_unit("us")})
    near = spells[(spells["first_day"] <= last) & (spells["last_day"] >= first)]
    pairs = near[["agent_id", "first_day", "last_day"]].merge(calendar, how="cross")
    taken = pairs[(pairs["day"] >= pairs["first_day"]) & (pairs["day"] <= pairs["last_day"])]
    return (
        taken.assign(week=monday(taken["day"]))
        .groupby(["agent_id", "week"])
        .agg(days=("day", "nunique"))
        .reset_index()
    )


def _paid(absences: pd.DataFrame) -> pd.DataFrame:
    if "reason" not in absences.columns:
        return absences
    return absences[absences["reason"].fillna("") != UNPAID]
