"""Published shifts that can no longer stay: people away or gone, and rules that no longer hold."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

DAY = ["agent_id", "day"]
AWAY = "availability"
MENDED = {
    "skills",
    "locked shifts",
}  # the day may stay: its queues are chosen anew, and locks are judged apart


def freed(
    published: pd.DataFrame, locked: pd.DataFrame, *, judge: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """Days of a SCHEDULE that break a rule as things stand now: agent_id, day, reason; one row each.

    `judge` tells the VIOLATIONS of a schedule, `locked` the days (agent_id, day) that may not go. Days are
    taken out until the rest breaks nothing: of each violation the day itself, or the nearest of the agent's
    days that is not locked. What only locked days break is left, for it contradicts itself.
    """
    rows, gone = published, []
    while len(nearest := _nearest(rows, locked, judge(rows))):
        gone.append(nearest)
        rows = without(rows, nearest)
    none = published[DAY].iloc[:0].assign(reason="")
    return pd.concat([none, *gone]).sort_values(["day", "agent_id"], ignore_index=True)


def without(rows: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """The rows of all agents and days but these."""
    marked = rows.merge(days[DAY].drop_duplicates(), on=DAY, how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge")


def only(rows: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """The rows of these agents and days."""
    return rows.merge(days[DAY].drop_duplicates(), on=DAY)


def _nearest(rows: pd.DataFrame, locked: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Days to take out now, with the rule as the reason: of each agent all days away, else one day.

    One at a time, for what an agent breaks besides is often mended by the first day that goes.
    """
    broken = found[~found["rule"].isin(MENDED)]
    movable = without(rows[DAY].drop_duplicates(), locked)
    both = broken.merge(movable, on="agent_id", suffixes=("", "_of"))
    both = both.assign(away=both["rule"] == AWAY, apart=(both["day_of"] - both["day"]).abs())
    order = both.sort_values(["apart", "day", "day_of", "rule"])
    nearest = order.drop_duplicates(["agent_id", "day", "rule"]).drop_duplicates(["agent_id", "day_of"])
    first = ~nearest.duplicated("agent_id") & ~nearest.groupby("agent_id")["away"].transform("any")
    now = nearest[nearest["away"] | first]
    return now.assign(reason=now["rule"] + ": " + now["note"], day=now["day_of"])[[*DAY, "reason"]]
