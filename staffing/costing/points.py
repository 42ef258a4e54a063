"""COST_CURVE -> what one more point of a voice target costs in a week, by region."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from planner.domain.centre import Centre, Target
from planner.domain.cost_tables import COST_OF_POINT

EVERY = "all"
FREE = 0.0005  # of the paid hours: less than that is rounding, not a price
LEVELS = {"service_level": 0, "service_level_2": 1}


def point_costs(curve: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """COST_OF_POINT of every region and of all sites together.

    From what the contract asks (of queues that differ the easiest) to the next harder share tried, or over
    the last step where it asks the hardest; within a step the cost is taken as a straight line.
    """
    region = {code: centre.rates.of(code).region for code in centre.sites}
    known = curve.assign(region=curve["site"].astype(str).map(region))
    rows = pd.DataFrame(_points(pd.concat([known, known.assign(region=EVERY)]), centre))
    if rows.empty:
        return COST_OF_POINT.empty()
    order = {name: place for place, name in enumerate(dict.fromkeys(region.values()))}
    place = rows["region"].map(order).fillna(len(order)).argsort(kind="stable")
    return COST_OF_POINT.check(rows.iloc[place])


def _points(curve: pd.DataFrame, centre: Centre) -> Iterator[dict[str, object]]:
    key = ["region", "week", "target"]
    for (region, week, target), rows in curve.groupby(key, sort=False):
        asked = asked_shares(centre, set(rows["site"].astype(str)), str(target))
        costs = rows.groupby("share", as_index=False)[["paid_h", "cost"]].sum()
        if asked and len(costs) > 1:
            yield {"region": region, "week": week, "target": target, **_step(costs, asked, str(target))}


def _step(costs: pd.DataFrame, asked: Collection[float], target: str) -> dict[str, object]:
    """From the share that the contract asks to the next harder one."""
    harder_up = target != "abandonment"
    rows = costs.sort_values("share", ascending=harder_up, ignore_index=True)
    easiest = min(asked) if harder_up else max(asked)
    met = (rows["share"] <= easiest) if harder_up else (rows["share"] >= easiest)
    place = max(int(met[:-1].sum()) - 1, 0)
    first, second = rows.iloc[place], rows.iloc[place + 1]
    points = abs(second["share"] - first["share"]) * 100
    paid_h, cost = second["paid_h"] - first["paid_h"], second["cost"] - first["cost"]
    return {
        "asked": easiest,
        "begin": first["share"],
        "end": second["share"],
        "paid_h": paid_h,
        "cost": cost,
        "point_h": paid_h / points,
        "point_cost": cost / points,
        "free": bool(abs(paid_h) <= FREE * rows["paid_h"].iloc[0]),
    }


def asked_shares(centre: Centre, sites: Collection[str], target: str) -> list[float]:
    """What voice queues of these sites ask of a target."""
    aims = [
        queue.target for key, queue in centre.queues.items() if key.channel == "voice" and key.site in sites
    ]
    return [share for aim in aims if (share := _asked(aim, target)) is not None]


def _asked(aim: Target, target: str) -> float | None:
    if target == "abandonment":
        return aim.max_abandonment
    levels, place = aim.service_levels, LEVELS[target]
    return levels[place].share if len(levels) > place else None
