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
PLANNED_LOSSES = ["planned_absent_s", "planned_away_s"]  # staffed time has both taken off
PLANNED = ["planned_offered", "planned_staffed_h", "planned_paid_h", "planned_cost"]
SUMS = ["offered", "planned_for", "staffed_h", "paid_h", "cost", *PLANNED]
COVERED = 0.99  # of a period's contacts; a plan that speaks of fewer is no plan of the period
USUAL_WEEKLY_H = 40.0  # where no agents are known


def costs(
    volume: pd.DataFrame, intraday: pd.DataFrame, *, agents: pd.DataFrame, centre: Centre
) -> pd.DataFrame:
    """COSTS of VOLUME by week and month, and of the plan of those days where INTRADAY tells it.

    Rostered time on contact duty / (1 - planned shrinkage) is paid; where the roster is not known, time
    on duty / (1 - unplanned shrinkage) stands for it. People are paid hours / mean contract hours.
    """
    known = volume.dropna(subset=["staffed_s"]) if "staffed_s" in volume.columns else volume[:0]
    if known.empty:
        return COSTS.empty()
    hours = _hours(with_local_day(known, centre, moment="interval_start"), intraday, centre)
    weekly_h = _weekly_h(agents, centre)
    parts = [_summed(hours, period=period, weekly_h=weekly_h) for period in PERIODS]
    return COSTS.check(pd.concat(parts, ignore_index=True))


def _hours(days: pd.DataFrame, intraday: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Each interval's hours and money, actual and planned; planned ones NaN where there was no plan."""
    names = [*KEY, "planned_offered", "planned_staffed_s", "scheduled_s", *PLANNED_LOSSES]
    plan = intraday.reindex(columns=names) if len(intraday) else INTRADAY.empty().reindex(columns=names)
    rows = days[[*KEY, "day", "offered", "staffed_s"]].merge(
        plan.astype(days[KEY].dtypes), on=KEY, how="left"
    )
    factors = _by_site_and_month(rows, centre)
    paid_for, lost, rate = factors["paid_for"], factors["lost"], factors["rate"]
    rostered_h = rows["scheduled_s"].astype(float).fillna(rows["staffed_s"] / (1 - lost)) / 3600
    planned_h = rows["planned_staffed_s"].astype(float) / 3600
    lost_h = rows[PLANNED_LOSSES].astype(float).sum(axis=1, skipna=False) / 3600
    planned_roster_h = (planned_h + lost_h).fillna(planned_h / (1 - lost))
    has_plan = planned_h.notna()
    return rows[[*QUEUE, "day", "offered"]].assign(
        planned_for=rows["offered"].where(has_plan, 0.0),
        staffed_h=rows["staffed_s"] / 3600,
        paid_h=rostered_h * paid_for,
        cost=rostered_h * paid_for * rate,
        planned_offered=rows["planned_offered"].astype(float).where(has_plan, 0.0),
        planned_staffed_h=planned_h.fillna(0.0),
        planned_paid_h=(planned_roster_h * paid_for).fillna(0.0),
        planned_cost=(planned_roster_h * paid_for * rate).fillna(0.0),
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
