"""One site's week as people read it on the wall: a row a person, a column a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.roster.shifts import names_of, on_site_clock, shifts_of

WEEK = 7


@dataclass(frozen=True)
class WeekGrid:
    """A site's people and what each does on each day of a calendar week.

    `people` has agent_id, name, team, contract, contract_h, paid_h, by name; `texts` (08:00–16:30, or why
    somebody is away) and `languages` (the one served longest) have a column per day, blank for a day off.
    """

    site: str
    days: pd.DatetimeIndex
    people: pd.DataFrame
    texts: pd.DataFrame
    languages: pd.DataFrame


def week_grids(scheduled: Scheduled) -> Iterator[WeekGrid]:
    """Every site that has people, week by week."""
    shifts = shifts_of(on_site_clock(scheduled.table("SCHEDULE"), scheduled.zones))
    spans = shifts["from"].dt.strftime("%H:%M") + "–" + shifts["to"].dt.strftime("%H:%M")
    shifts = shifts.assign(text=spans)
    agents, away = scheduled.table("AGENTS"), _days_away(scheduled)
    for site in sorted(agents["site"].unique()):
        people = _people(agents[agents["site"] == site], scheduled)
        for monday in mondays(scheduled.first_day, scheduled.days):
            yield _grid(shifts[shifts["site"] == site], people, away, days=_week(monday), site=str(site))


def mondays(first_day: date, days: int) -> list[pd.Timestamp]:
    """The Monday of every calendar week that the days touch."""
    first, last = pd.Timestamp(first_day), pd.Timestamp(first_day) + pd.Timedelta(days=days - 1)
    return list(pd.date_range(first - pd.Timedelta(days=first.day_of_week), last, freq="7D"))


def _week(monday: pd.Timestamp) -> pd.DatetimeIndex:
    return pd.date_range(monday, periods=WEEK).as_unit("us")


def _people(agents: pd.DataFrame, scheduled: Scheduled) -> pd.DataFrame:
    """agent_id, name, team, contract, contract_h of a site, by name."""
    weekly = {name: contract.weekly_hours for name, contract in scheduled.centre.contracts.items()}
    team = agents["team"] if "team" in agents.columns else pd.Series("", index=agents.index)
    named = agents[["agent_id", "contract"]].assign(
        name=agents["agent_id"].map(names_of(agents)),
        team=team.fillna(""),
        contract_h=agents["contract"].map(weekly),
    )
    return named.sort_values(["name", "agent_id"], ignore_index=True)


def _days_away(scheduled: Scheduled) -> pd.DataFrame:
    """Days of absence with their reason: agent_id, day, text."""
    absent = scheduled.table("ABSENCES")
    calendar = pd.date_range(scheduled.first_day, periods=scheduled.days).as_unit("us")
    pairs = absent.merge(pd.DataFrame({"day": calendar}), how="cross")
    there = pairs[(pairs["day"] >= pairs["first_day"]) & (pairs["day"] <= pairs["last_day"])]
    reason = there["reason"].fillna("away") if "reason" in there.columns else "away"
    return there.assign(text=reason)[["agent_id", "day", "text"]].drop_duplicates(["agent_id", "day"])


def _grid(
    shifts: pd.DataFrame, people: pd.DataFrame, away: pd.DataFrame, *, days: pd.DatetimeIndex, site: str
) -> WeekGrid:
    mine = shifts[shifts["day"].isin(days)]
    shown = pd.concat([mine[["agent_id", "day", "text"]], away]).drop_duplicates(["agent_id", "day"])
    paid = mine.groupby("agent_id")["paid_h"].sum()
    return WeekGrid(
        site,
        days,
        people.assign(paid_h=people["agent_id"].map(paid).fillna(0.0)),
        _by_day(shown, "text", people, days),
        _by_day(mine, "language", people, days),
    )


def _by_day(rows: pd.DataFrame, name: str, people: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    wide = rows.pivot(index="agent_id", columns="day", values=name).reindex(columns=days)
    return wide.reindex(people["agent_id"]).reset_index(drop=True).astype("str").fillna("")
