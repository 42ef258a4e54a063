"""What a target costs: paid hours as a function of each voice target, the others as in the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
from joblib import Parallel, delayed

from planner.domain.centre import Centre, Queue, ServiceLevel, StaffingMethod
from planner.domain.tables import COST_CURVE
from planner.domain.timegrid import local_day
from staffing.immediate import agents_rows
from staffing.requirement import AT_THE_MEAN, Staffing, planned_contacts, with_deferred

LEVELS = {"service_level": 0, "service_level_2": 1}


def cost_curve(
    forecast: pd.DataFrame,
    centre: Centre,
    *,
    asked: Mapping[str, Sequence[float]],
    paths: pd.DataFrame | None = None,
    staffing: Staffing = AT_THE_MEAN,
) -> pd.DataFrame:
    """COST_CURVE, one row per site, week (local, from Monday), target and share, from FORECAST.

    `asked` has the shares to try for "service_level", "service_level_2" (the first and second service
    level; their seconds stay) and "abandonment": each takes the place of that target in every voice queue
    that has it, all other targets stay as in the contract. What is planned for, and how, is said as in
    `requirement`. paid_h = agents_rostered x hours, without what a schedule loses to whole shifts;
    cost = paid_h x the site's cost_per_paid_hour.
    """
    planned = planned_contacts(forecast, centre, quantile=staffing.quantile, paths=paths)
    written = agents_rows(
        planned[planned["channel"] != "voice"], centre, method=staffing.method, workers=staffing.workers
    )
    tried = [
        (target, share)
        for target, shares in asked.items()
        for share in shares
        if any(_has(queue, target) for queue in centre.queues.values())
    ]
    parts: Sequence[pd.DataFrame] = Parallel(n_jobs=staffing.workers, backend="threading")(
        delayed(_paid_for)(planned, written, _with(centre, target, share), method=staffing.method)
        for target, share in tried
    )
    parts = [part.assign(target=t, share=float(s)) for part, (t, s) in zip(parts, tried, strict=True)]
    if not parts:
        return COST_CURVE.empty()
    table = pd.concat(parts, ignore_index=True)
    rate = table["site"].map({code: site.cost_per_paid_hour for code, site in centre.sites.items()})
    table["cost"] = table["paid_h"] * rate
    return table[[column.name for column in COST_CURVE.columns]].sort_values(
        ["site", "week", "target", "share"], ignore_index=True
    )


def _paid_for(
    planned: pd.DataFrame, written: pd.DataFrame, changed: Centre, *, method: StaffingMethod
) -> pd.DataFrame:
    """Paid hours with the targets of the changed centre; `written` are the rows of the other channels."""
    voice = agents_rows(planned[planned["channel"] == "voice"], changed, method=method)
    rows = with_deferred(pd.concat([voice, written], ignore_index=True), planned, changed)
    return paid_hours(rows, changed)


def paid_hours(rows: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """Paid hours (paid_h) of REQUIREMENT: one row per site and local week (its Monday)."""
    parts = []
    for site, here in rows.groupby("site", sort=False):
        day = local_day(here["interval_start"], centre.sites[str(site)].time_zone)
        week = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
        hours = here["agents_rostered"] * here["interval_min"] / 60
        total = hours.groupby(week.astype("datetime64[us]").rename("week")).sum()
        parts.append(total.rename("paid_h").reset_index().assign(site=str(site)))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["week", "paid_h", "site"])


def _has(queue: Queue, target: str) -> bool:
    """Whether the queue is voice and has this target."""
    if queue.key.channel != "voice":
        return False
    if target == "abandonment":
        return queue.target.max_abandonment is not None
    return len(queue.target.service_levels) > LEVELS[target]


def _with(centre: Centre, target: str, share: float) -> Centre:
    """The centre with the share of one target replaced in every voice queue that has it."""
    queues = {
        key: _asked(queue, target, share) if _has(queue, target) else queue
        for key, queue in centre.queues.items()
    }
    return replace(centre, queues=queues)


def _asked(queue: Queue, target: str, share: float) -> Queue:
    if target == "abandonment":
        return replace(queue, target=replace(queue.target, max_abandonment=share))
    levels, number = list(queue.target.service_levels), LEVELS[target]
    levels[number] = ServiceLevel(share, levels[number].within_s)
    return replace(queue, target=replace(queue.target, service_levels=tuple(levels)))
