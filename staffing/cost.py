"""What a point of service level costs: paid hours as a function of the first voice service level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey, ServiceLevel
from planner.domain.timegrid import local_day
from staffing.requirement import immediate_rows, planned_contacts, with_deferred


def cost_curve(
    forecast: pd.DataFrame, centre: Centre, *, shares: Sequence[float], quantile: str = "offered"
) -> pd.DataFrame:
    """COST_CURVE, one row per site, week (local, from Monday) and share, from FORECAST.

    Each `share` takes the place of the share in the first service level of every voice queue; its
    seconds and all other targets stay as in the contract; `quantile` is what is planned for, as in
    `requirement`. paid_h = agents_rostered x hours, without what a schedule loses to whole shifts;
    cost = paid_h x the site's cost_per_paid_hour.
    """
    planned = planned_contacts(forecast, centre, quantile=quantile)
    is_voice = planned["channel"] == "voice"
    written = immediate_rows(planned[~is_voice], centre)
    parts = []
    for share in shares:
        asked = replace(centre, queues=_with_share(centre.queues, share))
        voice = immediate_rows(planned[is_voice], asked)
        rows = with_deferred(pd.concat([voice, written], ignore_index=True), planned, asked)
        parts.append(paid_hours(rows, centre).assign(share=float(share)))
    table = pd.concat(parts, ignore_index=True)
    rate = table["site"].map({code: site.cost_per_paid_hour for code, site in centre.sites.items()})
    table["cost"] = table["paid_h"] * rate
    return table[["site", "week", "share", "paid_h", "cost"]].sort_values(
        ["site", "week", "share"], ignore_index=True
    )


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


def _with_share(queues: Mapping[QueueKey, Queue], share: float) -> dict[QueueKey, Queue]:
    """The queues with the share of the first voice service level replaced."""
    return {key: _asked(queue, share) if key.channel == "voice" else queue for key, queue in queues.items()}


def _asked(queue: Queue, share: float) -> Queue:
    levels = queue.target.service_levels
    if not levels:
        return queue
    first = ServiceLevel(share, levels[0].within_s)
    return replace(queue, target=replace(queue.target, service_levels=(first, *levels[1:])))
