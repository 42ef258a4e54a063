"""A hosting plan by hand beside the plan of the small invented centre: Portuguese moves half to Cairo, German does not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from planner.pipeline.hosting import hosting_store
from planner.store import Store, plans, publish

MADE_AT = datetime(2026, 10, 4, 23, 0, tzinfo=UTC)
ALLOCATIONS = ("today", "dedicated", "proposed")
# line, language, channels, site, from_to, with languages; hours of handling today, apart, proposed
ANSWERED = [
    ("pt", "pt", "voice", "LIS", "all day", "de", (80.0, 80.0, 40.0)),
    ("pt", "pt", "voice", "CAI", "09:00-14:00", None, (0.0, 0.0, 40.0)),
    ("pt", "pt", "chat", "LIS", "all day", None, (20.0, 20.0, 20.0)),
    ("de", "de", "voice", "LIS", "all day", "pt", (50.0, 50.0, 50.0)),
    ("ar", "ar", "voice", "CAI", "all day", None, (40.0, 40.0, 40.0)),
    ("ja", "ja", "voice", "TYO", "all day", None, (10.0, 10.0, 10.0)),
]
# site, country: people, once, hired, taught, free, seats used and seats; by allocation
SITES = {
    ("LIS", "PT"): [(10.0, 0.0, 0.0, 0.0, 0.0), (10.0, 0.0, 0.0, 0.0, 0.0), (7.0, 5200.0, 0.0, 1.0, 3.0)],
    ("CAI", "EG"): [(3.0, 0.0, 0.0, 0.0, 0.0), (3.0, 0.0, 0.0, 0.0, 0.0), (5.0, 5200.0, 2.0, 0.0, 0.0)],
    ("TYO", "JP"): [(2.0, 0.0, 0.0, 0.0, 0.0)] * 3,
}
RATES = {"LIS": 17.0, "CAI": 8.0, "TYO": 21.0}
WEEK_H, PAYBACK = 40.0, 52


def hosting_frame() -> pd.DataFrame:
    rows = [
        (name, line, language, channels, site, hours[place], from_to, others)
        for line, language, channels, site, from_to, others, hours in ANSWERED
        for place, name in enumerate(ALLOCATIONS)
        if hours[place] > 0
    ]
    names = ["allocation", "line", "language", "channels", "site", "work_h", "from_to", "with_languages"]
    frame = pd.DataFrame(rows, columns=names)
    whole = frame.groupby(["allocation", "line", "channels"])["work_h"].transform("sum")
    return frame.assign(share=frame["work_h"] / whole)


def cost_frame() -> pd.DataFrame:
    rows = [
        {
            "allocation": name, "site": site, "country": country, "work_h": 10.0 * people,
            "paid_h": WEEK_H * people, "people": people, "wages": WEEK_H * people * RATES[site], "once": once,
            "total": WEEK_H * people * RATES[site] + once / PAYBACK, "hired": hired, "taught": taught,
            "free": free, "kept": 0.0, "unfilled": 0.4 if name == "proposed" and site == "CAI" else 0.0, "seats_used": people / 2, "seats": np.nan if site == "TYO" else 6.0,
        }
        for (site, country), each in SITES.items()
        for name, (people, once, hired, taught, free) in zip(ALLOCATIONS, each, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def search_frame() -> pd.DataFrame:
    sums = cost_frame().groupby("allocation")[["paid_h", "people", "total"]].sum()
    rows = [
        {
            "allocation": name, "cost": sums["total"][name], "bound": 0.99 * sums["total"][name], "gap": 0.01,
            "teams": 6, "choices": 40, "model_h": sums["paid_h"][name], "paid_h": sums["paid_h"][name],
            "people": sums["people"][name], "certified_cost": sums["total"][name], "holds": name != "today",
            "chance": 0.8, "seconds": 2.5, "stopped": "within the gap",
        }
        for name in ALLOCATIONS
    ]  # fmt: skip
    return pd.DataFrame(rows)


def team_frame() -> pd.DataFrame:
    rows = [
        ("proposed", "LIS · voice · pt + de", "LIS", "voice", "de", "pool", 2.0),
        ("proposed", "LIS · voice · pt + de", "LIS", "voice", "pt", "pool", 1.5),
        ("proposed", "LIS · voice · pt + de", "LIS", "voice", "de;pt", "pool", 1.0),
        *((name, f"CAI · voice · ar {name}", "CAI", "voice", "ar", "alone", 3.0) for name in ALLOCATIONS),
    ]
    frame = pd.DataFrame(rows, columns=["allocation", "team", "site", "channels", "skills", "kind", "people"])
    hours = frame["people"] * WEEK_H
    return frame.assign(paid_h=hours, model_h=0.9 * hours, most_on_contact=2, cost=17.0 * hours)


def service_frame() -> pd.DataFrame:
    rows = [
        (
            name,
            line,
            channel,
            "service_level",
            value,
            value - 0.01,
            value + 0.01,
            0.8,
            value - 0.01 >= 0.8,
            0.9,
        )
        for name in ALLOCATIONS
        for line, channel, value in (("pt", "voice", 0.84), ("pt", "chat", 0.9), ("de", "voice", 0.83))
    ]
    names = ["allocation", "line", "channel", "measure", "value", "low", "high", "target", "holds", "chance"]
    frame = pd.DataFrame(rows, columns=names)
    return frame.assign(language=frame["line"], offered=900.0, replications=40, seed=7)


def people_frame() -> pd.DataFrame:
    rows = [
        (name, "LIS", skills, today, 3.0, 2.0, 1.0, 0.0, 0.0, max(today - 2.0, 0.0))
        for name in ALLOCATIONS
        for skills, today in (("pt", 5.0), ("de;pt", 1.0))
    ]
    names = ["allocation", "site", "skills", "today", "needed", "stay", "taught", "hired", "unfilled", "free"]
    return pd.DataFrame(rows, columns=names)


def tables() -> dict[str, pd.DataFrame]:
    """Every table of a hosting plan."""
    return {
        "HOSTING": hosting_frame(),
        "HOSTING_TEAMS": team_frame(),
        "HOSTING_SERVICE": service_frame(),
        "HOSTING_PEOPLE": people_frame(),
        "HOSTING_COST": cost_frame(),
        "HOSTING_SEARCH": search_frame(),
    }


def facts(plan_id: str) -> dict[str, object]:
    """What the page is told besides the tables."""
    bound = {"language": "de", "sites": ["LIS"], "channels": [], "reason": "the contract names Lisbon"}
    return {
        "name": "Small invented centre", "synthetic": True, "currency": "EUR", "plan": plan_id,
        "week": "2026-10-12", "level": "p75", "payback_weeks": PAYBACK, "one_site": {"ja": ["TYO"]},
        "bounds": [bound],
    }  # fmt: skip


def write_hosting(folder: Path, *, yaml_text: str) -> None:
    """Publish the hosting plan in the store."""
    store = Store(folder)
    newest = next((info.plan_id for info in plans(store)), "")
    publish(hosting_store(store), tables(), yaml_text=yaml_text, facts=facts(newest), seed=7, now=MADE_AT)
