"""What one planned week costs, for the page and the cards that speak of it: rows chosen, sums by part."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboards import formats
from dashboards.published import Published
from planner.domain.cost_tables import COST_BY_QUEUE, COST_OF_PLAN, COST_OF_POINT, HOURLY_COST
from planner.domain.unit_costs import added_up

EVERY = "all"
PARTS = {
    "work": ("wages",),
    "off": ("leave", "unused"),
    "premiums": ("overtime", "night", "sunday", "holiday"),
    "seats": ("seats",),
    "replacing": ("hiring", "training"),
}


@dataclass(frozen=True)
class WeekCost:
    """COST_OF_PLAN and COST_BY_QUEUE of one week at some sites, COST_OF_POINT of the week, HOURLY_COST."""

    sites: pd.DataFrame
    queues: pd.DataFrame
    points: pd.DataFrame
    hours: pd.DataFrame
    currency: str

    @property
    def known(self) -> bool:
        """Whether the week has a schedule whose cost is known."""
        return len(self.sites) > 0

    @property
    def whole(self) -> pd.Series:
        """All sites together."""
        return with_parts(added_up(self.sites, [])).iloc[0]


def week_cost(plan: Published, *, site: str | None, week: pd.Timestamp) -> WeekCost:
    """The costs of a week; empty tables where the plan has none."""
    sites = _table(plan, COST_OF_PLAN.name, COST_OF_PLAN.empty())
    queues = _table(plan, COST_BY_QUEUE.name, COST_BY_QUEUE.empty())
    points = _table(plan, COST_OF_POINT.name, COST_OF_POINT.empty())
    hours = _table(plan, HOURLY_COST.name, HOURLY_COST.empty())
    return WeekCost(
        _of(_week(sites, week), site),
        _of(_week(queues, week), site),
        points[points["week"] == week].reset_index(drop=True),
        _of(hours, site),
        plan.centre.currency,
    )


def _table(plan: Published, name: str, empty: pd.DataFrame) -> pd.DataFrame:
    return plan.table(name) if plan.has(name) else empty


def _week(rows: pd.DataFrame, week: pd.Timestamp) -> pd.DataFrame:
    return rows[(rows["period"] == "week") & (rows["period_start"] == week)]


def _of(rows: pd.DataFrame, site: str | None) -> pd.DataFrame:
    return (rows if site is None else rows[rows["site"] == site]).reset_index(drop=True)


def with_parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of COST_OF_PLAN, or sums of them, with the money of each of `PARTS`."""
    return rows.assign(**{part: rows[list(names)].sum(axis=1) for part, names in PARTS.items()})


def by_place(cost: WeekCost) -> pd.DataFrame:
    """A row for each site under a row for its region, and one for all of them, with `level` and `name`.

    A region of one site has no row of its own: the site is `alone` in it.
    """
    parts: list[pd.DataFrame] = []
    for region, rows in cost.sites.groupby("region", sort=False):
        if len(rows) > 1:
            parts.append(added_up(rows, ["region"]).assign(level="region", name=region, alone=False))
        parts.append(rows.assign(level="site", name=rows["site"], alone=len(rows) == 1))
    if len(cost.sites) > 1:
        parts.append(added_up(cost.sites, []).assign(level=EVERY, name=EVERY, alone=False))
    return with_parts(pd.concat(parts, ignore_index=True)) if parts else with_parts(cost.sites)


def local_money(amount: float, currency: str) -> str:
    """An amount in a currency of its own, not in thousands: what is paid for an hour or a contact."""
    if pd.isna(amount):
        return formats.MISSING
    return f"{formats.number(amount, 0 if abs(amount) >= 1000 else 2)}{formats.NO_BREAK}{currency}"
