"""Locking a part of a schedule as it is: some agents, days, sites or languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.domain.change_tables import LOCKED, OFF
from planner.domain.timegrid import midnight

DAY = ["agent_id", "day"]


@dataclass(frozen=True)
class Part:
    """A part of a schedule: what every field names; an empty field names everything.

    A language names the agents who serve it on the days in question, with all they do on them.
    """

    agents: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    first_day: date | None = None
    last_day: date | None = None


def locked_part(
    schedule: pd.DataFrame, part: Part, *, agents: pd.DataFrame, zones: Mapping[str, str]
) -> pd.DataFrame:
    """The part of a SCHEDULE as LOCKED, days off included, within the schedule's first and last day.

    `agents` are AGENTS, `zones` gives each site's time zone.
    """
    if schedule.empty:
        return LOCKED.empty()
    rows = schedule[schedule["day"].between(*_span(schedule, part))]
    people = _people(rows, part, agents)
    worked = rows[rows["agent_id"].isin(people["agent_id"])]
    days = pd.DataFrame({"day": pd.date_range(*_span(schedule, part)).as_unit("us")})
    every = people.merge(days, how="cross").merge(
        worked[DAY].drop_duplicates(), on=DAY, how="left", indicator=True
    )
    off = every[every["_merge"] == "left_only"]
    return LOCKED.check(pd.concat([worked, _midnights(off, zones)], ignore_index=True))


def joined(*parts: pd.DataFrame) -> pd.DataFrame:
    """Several LOCKED tables as one; the rows of an agent and day come from the first that has any."""
    numbered = pd.concat([part.assign(source=n) for n, part in enumerate(parts)], ignore_index=True)
    first = numbered.groupby(DAY)["source"].transform("min")
    return LOCKED.check(numbered[numbered["source"] == first])


def _span(schedule: pd.DataFrame, part: Part) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, last = schedule["day"].min(), schedule["day"].max()
    return (
        max(first, pd.Timestamp(part.first_day)) if part.first_day else first,
        min(last, pd.Timestamp(part.last_day)) if part.last_day else last,
    )


def _people(rows: pd.DataFrame, part: Part, agents: pd.DataFrame) -> pd.DataFrame:
    """agent_id and site of everyone the part names."""
    people = agents[["agent_id", "site"]]
    if part.agents:
        people = people[people["agent_id"].isin(part.agents)]
    if part.sites:
        people = people[people["site"].isin(part.sites)]
    if part.languages:
        serve = rows.loc[rows["language"].isin(part.languages), "agent_id"]
        people = people[people["agent_id"].isin(serve)]
    return people


def _midnights(off: pd.DataFrame, zones: Mapping[str, str]) -> pd.DataFrame:
    """Days off as rows from midnight to midnight on the clock of the site."""
    each = off[["site", "day"]].drop_duplicates()
    pairs = list(zip(each["site"], each["day"]))
    begin = [midnight(day.date(), zones[site]) for site, day in pairs]
    end = [midnight((day + pd.Timedelta(days=1)).date(), zones[site]) for site, day in pairs]
    times = each.assign(start=begin, end=end).astype(
        {"start": "datetime64[us, UTC]", "end": "datetime64[us, UTC]"}
    )
    return off[["agent_id", "site", "day"]].merge(times, on=["site", "day"]).assign(activity=OFF)
