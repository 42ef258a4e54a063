"""A capacity plan as the page of hiring shows it: a part of it, by week and by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from planner.domain.capacity_tables import LEVELS

USUAL_H = 40.0  # weekly hours of a full-time equivalent where nobody is employed
FLOWS = ("hired", "taught_in", "taught_away", "left")
STATUS = ("in_training", "on_ramp", "experienced")


@dataclass(frozen=True)
class HiringPlan:
    """Tables of a capacity plan for the sites and languages chosen, and the day level it covers.

    `cost` is of whole sites: it has no languages. `fte_h` are the weekly contract hours of the mean person.
    """

    supply: pd.DataFrame
    heads: pd.DataFrame
    classes: pd.DataFrame
    courses: pd.DataFrame
    cost: pd.DataFrame
    level: str
    currency: str

    @property
    def fte_h(self) -> float:
        """Contract hours a week of the mean person here."""
        people = float(self.heads["employed"].sum())
        return float(self.heads["paid_h"].sum()) / people if people > 0 else USUAL_H


def part_of(
    tables: Mapping[str, pd.DataFrame],
    *,
    site: str | None,
    language: str | None,
    level: str,
    currency: str,
) -> HiringPlan:
    """The plan of one site or all, and of those who serve a language or all of them."""
    here = {name: frame if site is None else frame[frame["site"] == site] for name, frame in tables.items()}
    supply = here["CAPACITY"]
    if language is not None:
        supply = supply[supply["language"] == language]
    return HiringPlan(
        supply,
        speaking(here["HEADCOUNT"], language),
        speaking(here["CLASSES"], language),
        speaking(here["CROSS_TRAINED"], language),
        here["CAPACITY_COST"],
        level,
        currency,
    )


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


def paid(cost: pd.DataFrame) -> pd.Series:
    """What is paid by row: everything but the price of hours short."""
    return cost["total"] - cost["shortage"]


def gap(cost: pd.DataFrame) -> float | None:
    """How far the plan may be from the least cost at most, as a share of its own; None without a cost."""
    total = float(cost["total"].sum())
    return (total - float(cost["bound"].sum())) / total if total > 0 else None
