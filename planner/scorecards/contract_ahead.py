"""The coming weeks: contacts, people needed, and the chance of each promise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.timegrid import local_day
from planner.scorecards.contract import Line
from planner.scorecards.contract_outlook import Chance, chance, in_week
from planner.scorecards.scope import Scope

USUAL_WEEKLY_H = 40.0  # where no agents are known
QUANTILES = ("p10", "p50", "p90")
MOST_ROWS = 4  # promises whose chances are shown
FULL = 7  # days


@dataclass(frozen=True)
class Week:
    """One coming week: contacts (p10, p50, p90), people needed, and a chance for each promise shown."""

    monday: date
    contacts: tuple[float, float, float]
    people: float | None
    chances: tuple[Chance, ...]


@dataclass(frozen=True)
class Ahead:
    """The coming weeks, the promises whose chances they tell, and the people on the roster today."""

    promises: tuple[Line, ...]
    weeks: tuple[Week, ...]
    roster: int | None

    @property
    def peak(self) -> Week | None:
        """The week with the most contacts; None without weeks."""
        return max(self.weeks, key=lambda week: week.contacts[1], default=None)


def weekly_contacts(paths: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """FORECAST_PATHS of a scope by full week: week, p10, p50, p90; queues are summed path by path."""
    rows = scope.of(paths)
    monday = rows["day"] - pd.to_timedelta(rows["day"].dt.day_of_week, unit="D")
    sums = rows.assign(week=monday).groupby(["week", "path"], as_index=False)["offered"].sum()
    days = rows.assign(week=monday).groupby("week")["day"].nunique()
    by_week = sums.groupby("week")["offered"]
    found = pd.DataFrame({name: by_week.quantile(int(name[1:]) / 100) for name in QUANTILES})
    return found[days.reindex(found.index) == FULL].reset_index()


def mean_contract_h(agents: pd.DataFrame, centre: Centre, site: str | None) -> float:
    """Weekly contract hours of the mean agent of the site or centre; 40 where no agents are known."""
    mine = agents if site is None else agents[agents["site"] == site]
    weekly = {name: contract.weekly_hours for name, contract in centre.contracts.items()}
    hours = mine["contract"].map(weekly).dropna() if len(mine) else pd.Series(dtype=float)
    return float(hours.mean()) if len(hours) else USUAL_WEEKLY_H


def people_needed(
    requirement: pd.DataFrame, centre: Centre, scope: Scope, *, weekly_h: float
) -> pd.DataFrame:
    """Paid hours needed a week and the people that is at the mean contract: week, paid_h, people."""
    rows = scope.of(requirement)
    days = pd.concat(
        [
            local_day(part["interval_start"], centre.sites[str(site)].time_zone)
            for site, part in rows.groupby("site")
        ]
        or [pd.Series(dtype="datetime64[us]")]
    )
    week = days - pd.to_timedelta(days.dt.day_of_week, unit="D")
    hours = (rows["agents_rostered"] * rows["interval_min"] / 60).groupby(week.rename("week")).sum()
    table = hours.rename("paid_h").reset_index()
    return table.assign(people=table["paid_h"] / weekly_h)


def ahead(
    contacts: pd.DataFrame, people: pd.DataFrame, *, check: pd.DataFrame, lines: Sequence[Line], scope: Scope
) -> tuple[Week, ...]:
    """The coming weeks; `contacts` and `people` by week, `check` as `by_local_day` gives it."""
    needed = dict(zip(people["week"], people["people"], strict=True)) if len(people) else {}
    return tuple(
        Week(
            row.week.date(), (row.p10, row.p50, row.p90), _known(needed.get(row.week)),
            tuple(_chance(check, scope, line, row.week.date()) for line in lines),
        )
        for row in contacts.itertuples()
    )  # fmt: skip


def _known(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def _chance(check: pd.DataFrame, scope: Scope, line: Line, monday: date) -> Chance:
    mine = Scope(scope.site, scope.language, line.channel)
    return chance(in_week(check, monday), mine, line.measure)


def told(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The promises whose chances are shown: those of the first channel, then the first of each other."""
    with_chance = [line for line in lines if line.chance.queues and line.measure != "occupancy"]
    first = [line for line in with_chance if line.channel == with_chance[0].channel]
    others = {line.channel: line for line in reversed(with_chance) if line not in first}
    rest = [line for line in with_chance if line is others.get(line.channel)]
    return (*first, *rest)[:MOST_ROWS]
