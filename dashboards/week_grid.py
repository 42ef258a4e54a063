"""A week of a schedule as a grid: one row a person, one column a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dashboards import formats
from planner.domain.centre import Contract
from planner.language import retold

AWAY = "· "  # before the reason of an absence


def week_grid(
    segments: pd.DataFrame, people: pd.DataFrame, *, contracts: Mapping[str, Contract], monday: date
) -> pd.DataFrame:
    """One row a person: name, seven days as start–end, hours at work without meals, contract hours, shifts.

    `segments` by `roster.day_segments`, `people` by `roster.people_of`.
    """
    days = pd.date_range(monday, periods=7)
    mine = segments[segments["day"].isin(days)]
    by_person = people.set_index("agent_id")
    texts = _texts(mine, days)
    worked = mine[mine["activity"] != "meal"]
    hours = (worked["end_h"] - worked["begin"]).groupby(worked["agent_id"]).sum()
    kinds = mine.groupby("agent_id")["shift"].agg(lambda names: ", ".join(dict.fromkeys(names)))
    grid = (
        by_person.join(texts)
        .fillna(dict.fromkeys(texts.columns, ""))
        .join(hours.rename("hours"))
        .join(kinds.rename("shifts"))
        .sort_values("name")
    )
    weekly = {name: contract.weekly_hours for name, contract in contracts.items()}
    grid["contract_h"] = grid["contract"].map(weekly)
    grid["hours"] = grid["hours"].fillna(0.0).round(2)
    grid["shifts"] = grid["shifts"].fillna("")
    return grid[["name", *texts.columns, "hours", "contract_h", "shifts"]].reset_index(drop=True)


def _texts(mine: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Start–end by agent_id and day."""
    ordered = mine.sort_values("start").groupby(["agent_id", "day"])
    spans = ordered.agg(first=("from", "first"), last=("to", "last"))
    texts = (spans["first"] + "–" + spans["last"]).unstack("day").reindex(columns=days)
    texts.columns = [formats.day(day) for day in days]
    return texts


def with_absences(
    grid: pd.DataFrame, people: pd.DataFrame, *, away: pd.DataFrame, monday: date
) -> pd.DataFrame:
    """The grid with the reason on days without a shift on which someone is away; `away` are ABSENCES."""
    named = away.merge(people[["agent_id", "name"]], on="agent_id")
    row = grid["name"]
    columns = {}
    for day in pd.date_range(monday, periods=7):
        there = named[(named["first_day"] <= day) & (named["last_day"] >= day)].drop_duplicates("name")
        reason = row.map(there.set_index("name")["reason"])
        text = grid[formats.day(day)]
        away_for = pd.Series([AWAY + retold(str(one)) for one in reason], index=reason.index)
        columns[formats.day(day)] = text.where((text != "") | reason.isna(), away_for)
    return grid.assign(**columns)
