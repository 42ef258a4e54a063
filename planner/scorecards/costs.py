"""What the answering cost: hours on contact duty, paid hours, people and money, beside what was planned."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.quality_tables import COSTS, INTRADAY
from planner.domain.tables import QUEUE
from planner.scorecards.rollups import Period, period_start, with_local_day

PERIODS: tuple[Period, ...] = ("week", "month")
KEY = [*QUEUE, "interval_start"]
GIVEN = ["planned_offered", "planned_staffed_s", "planned_absent_s", "planned_away_s", "scheduled_s"]
PLANNED_LOSSES = ["planned_absent_s", "planned_away_s"]  # staffed time has both taken off
PLANNED = ["planned_offered", "planned_staffed_h", "planned_paid_h", "planned_cost"]
SUMS = ["offered", "planned_for", "staffed_h", "paid_h", "cost", *PLANNED]
COVERED = 0.99  # of a period's contacts; a plan that speaks of fewer is no plan of the period
USUAL_WEEKLY_H = 40.0  # where no agents are known


def costs(
    volume: pd.DataFrame, intraday: pd.DataFrame, *, agents: pd.DataFrame, centre: Centre
) -> pd.DataFrame:
    """COSTS of VOLUME by week and month, and of the plan of those days where INTRADAY tells it.

    Rostered time on contact duty / (1 - planned shrinkage) is paid. The plan's roster is its time on duty
    and what it expected to be lost; where INTRADAY does not tell these, or the roster, time on duty /
    (1 - unplanned shrinkage) stands for it. People are paid hours / mean contract hours.
    """
    known = volume.dropna(subset=["staffed_s"]) if "staffed_s" in volume.columns else volume[:0]
    if known.empty:
        return COSTS.empty()
    hours = _hours(with_local_day(known, centre, moment="interval_start"), intraday, centre)
    weekly_h = _weekly_h(agents, centre)
    parts = [_summed(hours, period=period, weekly_h=weekly_h) for period in PERIODS]
    return COSTS.check(pd.concat(parts, ignore_index=True))


def _hours(days: pd.DataFrame, intraday: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Each interval's hours and money, actual and planned; planned ones 0 where there was no plan."""
    plan = (intraday if len(intraday) else INTRADAY.empty()).reindex(columns=[*KEY, *GIVEN])
    rows = days[[*KEY, "day", "offered", "staffed_s"]].merge(
        plan.astype(days[KEY].dtypes), on=KEY, how="left"
    )
    rows[GIVEN] = rows[GIVEN].astype(float)
    factors = _by_site_and_month(rows, centre)
    on_roster, paid_for = 1 / (1 - factors["lost"]) / 3600, factors["paid_for"]
    lost_s = rows["planned_absent_s"] + rows["planned_away_s"]
    planned_h = ((rows["planned_staffed_s"] + lost_s) / 3600).fillna(rows["planned_staffed_s"] * on_roster)
    rostered_h = (rows["scheduled_s"] / 3600).fillna(planned_h).fillna(rows["staffed_s"] * on_roster)
    has_plan = planned_h.notna()
    return rows[[*QUEUE, "day", "offered"]].assign(
        planned_for=rows["offered"].where(has_plan, 0.0),
        staffed_h=rows["staffed_s"] / 3600,
        paid_h=rostered_h * paid_for,
        cost=rostered_h * paid_for * factors["rate"],
        planned_offered=rows["planned_offered"].where(has_plan, 0.0),
        planned_staffed_h=(rows["planned_staffed_s"] / 3600).fillna(0.0),
        planned_paid_h=(planned_h * paid_for).fillna(0.0),
        planned_cost=(planned_h * paid_for * factors["rate"]).fillna(0.0),
    )


def _by_site_and_month(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """For each row: paid hours an hour on the roster, share lost unplanned, and money a paid hour."""
    keyed = pd.DataFrame({"site": rows["site"].astype("str"), "month": rows["day"].dt.month.astype("int64")})
    return keyed.merge(pd.DataFrame(_factors(centre)), on=["site", "month"], how="left")


def _factors(centre: Centre) -> Iterator[dict[str, object]]:
    for code, site in centre.sites.items():
        for month in range(1, 13):
            part = site.shrinkage_in(month)
            yield {
                "site": code,
                "month": month,
                "paid_for": 1 / (1 - part.planned),
                "lost": part.unplanned,
                "rate": site.cost_per_paid_hour,
            }


def _weekly_h(agents: pd.DataFrame, centre: Centre) -> pd.Series:
    """Mean weekly contract hours of the agents of each site."""
    hours = agents["contract"].map({name: one.weekly_hours for name, one in centre.contracts.items()})
    found = hours.astype(float).groupby(agents["site"].astype(str)).mean()
    return found.reindex(list(centre.sites)).fillna(USUAL_WEEKLY_H)


def _summed(hours: pd.DataFrame, *, period: Period, weekly_h: pd.Series) -> pd.DataFrame:
    rows = hours.assign(period_start=period_start(hours["day"], period))
    sums = rows.groupby([*QUEUE, "period_start"], as_index=False, observed=True)[SUMS].sum()
    planned = sums["planned_for"] >= COVERED * sums["offered"]
    sums[PLANNED] = sums[PLANNED].where(planned)
    weeks = 1.0 if period == "week" else sums["period_start"].dt.days_in_month / 7
    contract_h = sums["site"].map(weekly_h).astype(float) * weeks
    return sums.drop(columns="planned_for").assign(
        period=period, people=sums["paid_h"] / contract_h, planned_people=sums["planned_paid_h"] / contract_h
    )
