"""A capacity plan as the page of hiring shows it: a part of it, by week and by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from planner.domain.capacity_tables import LEVELS

LEAST_H = 0.5  # hours a week; less is not called short
USUAL_H = 40.0  # weekly hours of a full-time equivalent where nobody is employed
FLOWS = ("hired", "taught_in", "taught_away", "left")
STATUS = ("in_training", "on_ramp", "experienced")


@dataclass(frozen=True)
class HiringPlan:
    """Tables of a capacity plan for the sites and languages chosen, and the day level they are held against.

    `supply.short_h` is short at `level`, which need not be the one that was `planned`. `cost`, `seats` and
    `levers` are of whole sites: they have no languages. `as_of` is the day from which on there is time.
    """

    supply: pd.DataFrame
    heads: pd.DataFrame
    classes: pd.DataFrame
    courses: pd.DataFrame
    cost: pd.DataFrame
    need: pd.DataFrame
    seats: pd.DataFrame
    levers: pd.DataFrame
    level: str
    facts: Mapping[str, Any]
    as_of: pd.Timestamp

    @property
    def currency(self) -> str:
        """The currency of its costs."""
        return str(self.facts["currency"])

    @property
    def planned(self) -> str:
        """The level that the plan covers."""
        return str(self.facts["level"])

    @property
    def fte_h(self) -> float:
        """Weekly hours of a full-time equivalent; an older plan says them of the mean person here."""
        if "full_time_h" in self.facts:
            return float(self.facts["full_time_h"])
        people = float(self.heads["employed"].sum())
        return float(self.heads["paid_h"].sum()) / people if people > 0 else USUAL_H


@dataclass(frozen=True)
class Asked:
    """What of a capacity plan is shown: a site or all, a language or all, the level, the day it is judged."""

    site: str | None
    language: str | None
    level: str
    as_of: pd.Timestamp


def part_of(tables: Mapping[str, pd.DataFrame], asked: Asked, facts: Mapping[str, Any]) -> HiringPlan:
    """The plan of one site or all, and of those who serve a language or all of them."""
    here = {
        name: frame if asked.site is None else frame[frame["site"] == asked.site]
        for name, frame in tables.items()
    }
    supply, need = here["CAPACITY"], here["CAPACITY_NEED"]
    if asked.language is not None:
        supply, need = (rows[rows["language"] == asked.language] for rows in (supply, need))
    return HiringPlan(
        at_level(supply, asked.level, planned=str(facts["level"])),
        speaking(here["HEADCOUNT"], asked.language),
        speaking(here["CLASSES"], asked.language),
        speaking(here["CROSS_TRAINED"], asked.language),
        here["CAPACITY_COST"],
        need,
        here["CAPACITY_SEATS"],
        here["CAPACITY_LEVERS"],
        asked.level,
        facts,
        asked.as_of,
    )


def at_level(supply: pd.DataFrame, level: str, *, planned: str) -> pd.DataFrame:
    """CAPACITY with the hours short of a level; where an older plan does not say them, reckoned."""
    known = supply[f"short_{level}_h"]
    if level == planned:
        return supply.assign(short_h=known.fillna(supply["short_h"]))
    there = supply["supply_h"] + supply["spare_h"]
    return supply.assign(short_h=known.fillna((supply[f"need_{level}_h"] - there).clip(lower=0)))


def speaking(rows: pd.DataFrame, language: str | None) -> pd.DataFrame:
    """The rows whose `skills` (en;es) hold the language; a course also where it adds it."""
    if language is None or rows.empty:
        return rows
    known = (";" + rows["skills"] + ";").str.contains(f";{language};", regex=False)
    return rows[known | (rows["adds"] == language) if "adds" in rows else known]


def by_week(plan: HiringPlan) -> pd.DataFrame:
    """One row a week in full-time equivalents: need at each level, short, and who is there by status.

    `experienced`, `on_ramp` and `overtime` are work at an experienced person's worth; `in_training` are
    people who do none yet.
    """
    needs = [f"need_{level}_h" for level in LEVELS]
    need = plan.supply.groupby("week")[[*needs, "short_h", "supply_h"]].sum()
    there = _hours_by_status(plan.heads).reindex(need.index, fill_value=0.0)
    hours = pd.concat([need, there], axis=1) / plan.fte_h
    names = {name: name.removesuffix("_h") for name in hours}
    return hours.rename(columns=names).reset_index()


def _hours_by_status(heads: pd.DataFrame) -> pd.DataFrame:
    """Hours a week: experienced_h, on_ramp_h (what they are worth), overtime_h, in_training_h (paid)."""
    each_h = (heads["paid_h"] / heads["employed"]).where(heads["employed"] > 0, 0.0)
    experienced = (heads["experienced"] * each_h).clip(upper=heads["work_h"])
    hours = pd.DataFrame(
        {
            "week": heads["week"],
            "experienced_h": experienced,
            "on_ramp_h": heads["work_h"] - experienced,
            "overtime_h": heads["overtime_h"],
            "in_training_h": heads["in_training"] * each_h,
        }
    )
    return hours.groupby("week").sum()


def people_by_week(plan: HiringPlan) -> pd.Series:
    """People employed, by week."""
    return plan.heads.groupby("week")["employed"].sum()


def by_month(heads: pd.DataFrame) -> pd.DataFrame:
    """Expected people by the month of the weeks' Mondays: before, flows, employed, and its three statuses.

    before + hired + taught_in - taught_away - left = employed in every row, and in the last, the whole.
    """
    weeks = heads.groupby("week", as_index=False)[["before", *FLOWS, "employed", *STATUS]].sum()
    month = weeks["week"].dt.to_period("M").dt.to_timestamp()
    first, last = dict.fromkeys(["before"], "first"), dict.fromkeys(["employed", *STATUS], "last")
    how = first | dict.fromkeys(FLOWS, "sum") | last
    months = weeks.groupby(month.rename("month")).agg(how).reset_index()
    if months.empty:
        return months
    whole = weeks.agg(dict.fromkeys(FLOWS, "sum")).to_dict()
    ends = weeks.iloc[-1][["employed", *STATUS]].to_dict() | {"before": weeks["before"].iloc[0]}
    return pd.concat([months, pd.DataFrame([{"month": pd.NaT, **whole, **ends}])], ignore_index=True)[
        list(months)
    ]


def risks(supply: pd.DataFrame) -> pd.DataFrame:
    """One row a site and language, the weakest first: its weakest week, chance and hours short then.

    `weeks_below` counts weeks whose chance is below a half; `chances` lists all of them in order.
    """
    known = supply.dropna(subset="chance").sort_values(["site", "language", "week"])
    if known.empty:
        return pd.DataFrame(
            columns=["site", "language", "week", "chance", "short_h", "weeks_below", "weeks", "chances"]
        )
    by = ["site", "language"]
    weakest = known.loc[known.groupby(by)["chance"].idxmin(), [*by, "week", "chance", "short_h"]]
    more = known.groupby(by, as_index=False).agg(
        weeks_below=("chance", lambda chance: int((chance < 0.5).sum())),
        weeks=("chance", "size"),
        chances=("chance", list),
    )
    found = weakest.merge(more, on=by)
    return found.sort_values(["chance", "short_h"], ascending=[True, False], ignore_index=True)


def to_decide(classes: pd.DataFrame) -> pd.DataFrame:
    """Classes nobody has decided yet, the most urgent first, larger before smaller."""
    ahead = classes[~classes["decided"].astype(bool)]
    return ahead.sort_values(["decide_by", "first_day", "people"], ascending=[True, True, False])


def overdue(plan: HiringPlan) -> pd.DataFrame:
    """Classes of the plan that nobody has decided although their day is over, the longest overdue first."""
    ahead = to_decide(plan.classes)
    return ahead[ahead["decide_by"] < plan.as_of]


def too_late(plan: HiringPlan) -> pd.DataFrame:
    """Weeks short that no class decided now can help any more, the first missed day first."""
    short = plan.supply[(plan.supply["short_h"] >= LEAST_H) & plan.supply["decide_by"].notna()]
    return short[short["decide_by"] < plan.as_of].sort_values(["decide_by", "site", "language"])


def by_channel(plan: HiringPlan) -> pd.DataFrame:
    """Full-time equivalents by channel and level in the week of the greatest need, and the mean week's."""
    names = {f"need_{level}_h": level for level in LEVELS}
    weeks = plan.need.groupby(["channel", "week"])[list(names)].sum().rename(columns=names) / plan.fte_h
    if weeks.empty:
        return pd.DataFrame(columns=["channel", "week", *LEVELS, "mean"])
    whole = weeks.groupby("week")[plan.level].sum()
    busiest = whole.idxmax()
    mean = weeks.groupby("channel")[plan.level].sum() / len(whole)
    found = weeks.xs(busiest, level="week").join(mean.rename("mean")).reset_index()
    return found.assign(week=busiest).sort_values(plan.level, ascending=False, ignore_index=True)


def in_fte(plan: HiringPlan) -> pd.DataFrame:
    """CAPACITY_NEED with full-time equivalents beside the hours."""
    fte = {f"need_{level}_fte": (plan.need[f"need_{level}_h"] / plan.fte_h).round(2) for level in LEVELS}
    return plan.need.assign(**fte)


def lever_rows(levers: pd.DataFrame) -> pd.DataFrame:
    """One row a lever and response: sums over sites, the chance by need, and where it bites most."""
    if levers.empty:
        return levers.assign(bites_site=[])
    by = ["lever", "response"]
    weighted = levers.assign(
        chance=levers["chance"] * levers["watch_need_h"],
        chance_change=levers["chance_change"] * levers["watch_need_h"],
    )
    sums = ["short_h", "short_change_h", "paid", "paid_change", "hired", "hired_change", "watch_need_h"]
    found = weighted.groupby(by, sort=False)[[*sums, "chance", "chance_change"]].sum(min_count=1)
    for name in ("chance", "chance_change"):
        found[name] = found[name] / found["watch_need_h"]
    most = levers.loc[levers["bites_h"].abs().groupby([levers[name] for name in by]).idxmax()]
    said = ["named", "kind", "amount", "weeks", "watch_week", "bites_week", "bites_h"]
    return found.join(
        most.set_index(by)[["site", *said]].rename(columns={"site": "bites_site"})
    ).reset_index()


def fullest(seats: pd.DataFrame) -> pd.DataFrame:
    """One row a site: its week with most seats taken, in how many weeks they bind, what one more saves."""
    if seats.empty:
        return seats.assign(binds=[])
    most = seats.loc[seats.groupby("site", sort=False)["taken"].idxmax()]
    binds = seats.groupby("site")["worth"].agg(binds=lambda worth: int((worth > 0).sum()), worth="sum")
    return most.drop(columns="worth").merge(binds.reset_index(), on="site")


def paid(cost: pd.DataFrame) -> pd.Series:
    """What is paid by row: everything but the price of hours short."""
    return cost["total"] - cost["shortage"]


def gap(cost: pd.DataFrame) -> float | None:
    """How far the plan may be from the least cost at most, as a share of its own; None without a cost."""
    total = float(cost["total"].sum())
    return (total - float(cost["bound"].sum())) / total if total > 0 else None
