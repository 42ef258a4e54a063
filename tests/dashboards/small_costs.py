"""Costs by hand for the plan of the small invented centre: two regions, three sites, one week told twice."""

from __future__ import annotations

import pandas as pd

from planner.domain.cost_tables import COST_BY_QUEUE, COST_OF_PLAN, COST_OF_POINT, HOURLY_COST, HOURS, MONEY
from tests.dashboards.small_centre import FIRST_DAY

MONDAYS = (pd.Timestamp(FIRST_DAY), pd.Timestamp(FIRST_DAY) + pd.Timedelta(weeks=1))
# region, currency, for one EUR; contacts handled, wages, leave, unused, night premium, seats, hiring, training
PLACES = {
    "LIS": ("West", "EUR", 1.0, 2000.0, 6000.0, 500.0, 300.0, 200.0, 700.0, 200.0, 100.0),
    "TYO": ("East", "JPY", 160.0, 500.0, 4000.0, 300.0, 0.0, 0.0, 500.0, 150.0, 50.0),
    "CAI": ("West", "EGP", 50.0, 1000.0, 1600.0, 100.0, 0.0, 100.0, 150.0, 40.0, 10.0),
}
NAMED = (
    "region",
    "currency",
    "for_one",
    "handled",
    "wages",
    "leave",
    "unused",
    "night",
    "seats",
    "hiring",
    "training",
)
QUEUES = (
    ("LIS", "pt", "voice", 0.6),
    ("LIS", "pt", "chat", 0.4),
    ("TYO", "ja", "voice", 1.0),
    ("CAI", "ar", "voice", 1.0),
)


def cost_of_plan() -> pd.DataFrame:
    """COST_OF_PLAN: both weeks alike, and their total."""
    one = pd.DataFrame(
        [{"site": site, **dict(zip(NAMED, told, strict=True))} for site, told in PLACES.items()]
    )
    nothing = dict.fromkeys([name for name in (*HOURS, *MONEY) if name not in one.columns], 0.0)
    one = one.assign(**nothing, contacts=one["handled"] * 1.25, people=40.0, fte=10.0, seats_taken=5.0)
    one = one.assign(
        night_h=8.0, paid_h=350.0, leave_h=30.0, unused_h=20.0, total=one[list(MONEY)].sum(axis=1)
    )
    weeks = [one.assign(period="week", period_start=monday, days=7) for monday in MONDAYS]
    return COST_OF_PLAN.check(_priced(pd.concat(weeks, ignore_index=True)))


def cost_by_queue() -> pd.DataFrame:
    """COST_BY_QUEUE: a share of each site's week."""
    sites = cost_of_plan()[
        ["region", "site", "period", "period_start", "contacts", "handled", "total", "currency", "for_one"]
    ]
    shares = pd.DataFrame(QUEUES, columns=["site", "language", "channel", "share"])
    rows = sites.merge(shares, on="site")
    parts = {name: rows[name] * rows["share"] for name in ("contacts", "handled", "total")}
    return COST_BY_QUEUE.check(_priced(rows.assign(contact_h=100.0, **parts)).drop(columns="share"))


def _priced(rows: pd.DataFrame) -> pd.DataFrame:
    each = {"per_contact": rows["total"] / rows["handled"]}
    if "fte" in rows:
        each["per_fte"] = rows["total"] / rows["fte"]
    local = {
        f"{name}_local": amount * rows["for_one"]
        for name, amount in (each | {"total": rows["total"]}).items()
    }
    return rows.assign(**each, **local)


def cost_of_point() -> pd.DataFrame:
    """COST_OF_POINT: two regions and both together; abandonment is free in the East."""
    rows = [
        ("West", "service_level", 0.80, 0.85, 10.0, 150.0, False),
        ("West", "abandonment", 0.05, 0.04, 8.0, 120.0, False),
        ("East", "abandonment", 0.05, 0.04, 0.0, 0.0, True),
        ("all", "service_level", 0.80, 0.85, 10.0, 150.0, False),
    ]
    frame = pd.DataFrame(rows, columns=["region", "target", "begin", "end", "paid_h", "cost", "free"])
    points = (frame["end"] - frame["begin"]).abs() * 100
    priced = frame.assign(
        asked=frame["begin"], point_h=frame["paid_h"] / points, point_cost=frame["cost"] / points
    )
    return COST_OF_POINT.check(pd.concat([priced.assign(week=monday) for monday in MONDAYS]))


def hourly_cost() -> pd.DataFrame:
    """HOURLY_COST: a wage with its loading, a loaded hour alone."""
    premiums = {f"{name}_premium": 0.25 for name in ("overtime", "night", "sunday", "holiday")}
    rows = [
        ("West", "LIS", "EUR", 1.0, 13.6, 0.25, 17.0),
        ("West", "CAI", "EGP", 50.0, None, None, 400.0),
        ("East", "TYO", "JPY", 160.0, None, None, 3360.0),
    ]
    names = ["region", "site", "currency", "for_one", "wage_local", "loading", "loaded_local"]
    frame = pd.DataFrame(rows, columns=names)
    loaded = frame["loaded_local"] / frame["for_one"]
    return HOURLY_COST.check(frame.assign(contract="full", loaded=loaded, seat_per_month=100.0, **premiums))


def tables() -> dict[str, pd.DataFrame]:
    """All of them, by name."""
    return {
        "COST_OF_PLAN": cost_of_plan(),
        "COST_BY_QUEUE": cost_by_queue(),
        "COST_OF_POINT": cost_of_point(),
        "HOURLY_COST": hourly_cost(),
    }
