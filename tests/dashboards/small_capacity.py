"""A capacity plan by hand beside the plan of the small invented centre: two sites, three languages, six weeks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from planner.pipeline.capacity_plans import capacity_store
from planner.store import Store, history_state, publish

MADE_AT = datetime(2026, 10, 4, 22, 0, tzinfo=UTC)
WEEKS = pd.date_range("2026-10-05", periods=6, freq="7D")
FACTS = {"name": "Small invented centre", "synthetic": True, "currency": "EUR", "level": "p75", "weeks": 6,
         "full_time_h": 40.0, "first_monday": "2026-10-05", "as_of": "2026-10-05", "agents": 37}  # fmt: skip
# site, language, hours needed at the 75 % level and short of it in each of the six weeks
NEED_H = {
    ("LIS", "de"): ([400, 400, 400, 600, 600, 400], [0, 0, 0, 120, 40, 0]),
    ("LIS", "pt"): ([800] * 6, [0] * 6),
    ("CAI", "ar"): ([200] * 6, [0] * 6),
}
CHANCES = {
    ("LIS", "de"): [0.9, 0.9, 0.8, 0.2, 0.4, 0.9],
    ("LIS", "pt"): [0.95] * 6,
    ("CAI", "ar"): [0.6] * 6,
}
# site, skills: before the first week, hired by week, who leaves a week, in training by week, on ramp by week
PEOPLE = {
    ("LIS", "de"): (10, [0, 0, 4, 0, 0, 0], 0, [0, 0, 4, 4, 0, 0], [0, 0, 0, 0, 4, 4]),
    ("LIS", "de;pt"): (2, [0] * 6, 0, [0] * 6, [0] * 6),
    ("LIS", "pt"): (20, [0] * 6, 0.5, [0] * 6, [0] * 6),
    ("CAI", "ar"): (5, [0] * 6, 0, [0] * 6, [0] * 6),
}
CLASSES = [
    ("LIS", "de", "temporary", "2026-10-12", "2026-10-19", "2026-11-02", 4, 1, False, 6300.0),
    ("CAI", "ar", "permanent", "2026-09-21", "2026-10-26", "2026-11-16", 3, 1, True, 4200.0),
]  # the decided one begins too late to be of use, and its people stand in no other table


def capacity_frame() -> pd.DataFrame:
    """CAPACITY: P50 is 0.9 of P75 and P90 1.2 of it."""
    parts = []
    for (site, language), (need, short) in NEED_H.items():
        rows = pd.DataFrame({"week": WEEKS, "need_p75_h": need, "short_h": short}).astype({"short_h": float})
        parts.append(rows.assign(site=site, language=language, chance=CHANCES[site, language]))
    frame = pd.concat(parts, ignore_index=True).astype({"need_p75_h": float})
    need, short = frame["need_p75_h"], frame["short_h"]
    return frame.assign(
        need_p50_h=0.9 * need, need_p90_h=1.2 * need, supply_h=need - short, spare_h=0.0,
        short_p50_h=(short - 0.1 * need).clip(lower=0), short_p75_h=short,
        short_p90_h=(short + 0.2 * need).where(short > 0, 0.0),  # elsewhere spare people are enough
        decide_by=frame["week"] - pd.Timedelta(weeks=5),
    )  # fmt: skip


def headcount_frame() -> pd.DataFrame:
    """HEADCOUNT: everybody has 40 h; on ramp an hour is worth half."""
    parts = []
    for (site, skills), (before, hired, leaves, training, ramp) in PEOPLE.items():
        rows = pd.DataFrame({"week": WEEKS, "hired": hired, "in_training": training, "on_ramp": ramp})
        rows = rows.assign(left=leaves).astype(dict.fromkeys(["hired", "left", "in_training"], float))
        employed = before + (rows["hired"] - rows["left"]).cumsum()
        experienced = employed - rows["in_training"] - rows["on_ramp"]
        parts.append(
            rows.assign(
                site=site, skills=skills, before=employed.shift(fill_value=before), employed=employed,
                experienced=experienced, paid_h=40 * employed, work_h=40 * experienced + 20 * rows["on_ramp"],
                overtime_h=0.0, taught_in=0.0, taught_away=0.0,
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True).astype({"before": float, "on_ramp": float})


def classes_frame() -> pd.DataFrame:
    """CLASSES."""
    names = ["site", "skills", "kind", "decide_by", "first_day", "on_contact", "people", "classes", "decided"]
    frame = pd.DataFrame(CLASSES, columns=[*names, "cost"])
    days = ["decide_by", "first_day", "on_contact"]
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in days})


def cost_frame() -> pd.DataFrame:
    """CAPACITY_COST: Lisbon 1 % above its bound, Cairo at it."""
    return pd.DataFrame({
        "site": ["LIS", "CAI"], "wages": [130_000.0, 10_000.0], "overtime": [1_000.0, 0.0],
        "hiring": [6_300.0, 0.0], "courses": [0.0, 0.0], "shortage": [12_700.0, 0.0],
        "total": [150_000.0, 10_000.0], "bound": [148_500.0, 10_000.0], "gap": [0.01, 0.0],
        "short_h": [160.0, 0.0], "need_h": [7_600.0, 1_200.0], "seconds": [0.4, 0.1],
        "training_wages": [4_000.0, 0.0], "contacts": [1_200.0, 600.0],
        "stopped": ["within the gap", "within the gap"],
    })  # fmt: skip


def seats_frame() -> pd.DataFrame:
    """CAPACITY_SEATS: Lisbon is full in two weeks; Cairo does not say how many seats it has."""
    worth = [0.0, 0.0, 100.0, 200.0, 0.0, 0.0]
    rows = pd.DataFrame(
        {"week": WEEKS, "on_contact": 16.0, "in_training": [0.0, 0, 4, 4, 0, 0], "worth": worth}
    )
    return rows.assign(site="LIS", seats=20.0, taken=rows["on_contact"] + rows["in_training"])


def levers_frame() -> pd.DataFrame:
    """CAPACITY_LEVERS: a freeze, as decided and planned anew."""
    said = {"lever": "hiring freeze of 8 weeks", "named": False, "kind": "freeze", "amount": 8.0, "weeks": 8}
    rows = pd.DataFrame({
        "site": ["LIS", "CAI"] * 2, "response": ["held"] * 2 + ["anew"] * 2, "short_h": [260.0, 50, 180, 0],
        "short_change_h": [100.0, 50, 20, 0], "paid": [135_300.0, 9_000, 140_300, 10_000],
        "paid_change": [-2_000.0, -1_000, 3_000, 0], "hired": [0.0, 3, 4, 3], "hired_change": [-4.0, 0, 0, 0],
        "heads": [30.0, 5, 33, 5], "heads_change": [-4.0, 0, -1, 0], "watch_need_h": [600.0, 200] * 2,
        "chance": [0.2, 0.5, 0.3, 0.6], "chance_change": [-0.2, -0.1, -0.1, 0.0],
        "bites_week": [WEEKS[3], WEEKS[4], WEEKS[3], pd.NaT], "bites_h": [90.0, 30, 20, 0], "gap": 0.0,
    })  # fmt: skip
    return rows.assign(**said, watch_week=WEEKS[3])


def need_frame() -> pd.DataFrame:
    """CAPACITY_NEED, all of it by voice."""
    need = capacity_frame()[["site", "language", "week", "need_p50_h", "need_p75_h", "need_p90_h"]]
    return need.assign(channel="voice", offered=100.0)


def tables() -> dict[str, pd.DataFrame]:
    """Every table of a capacity plan."""
    courses = {"site": ["LIS"], "skills": ["pt"], "adds": ["de"], "week": WEEKS[:1], "people": [1]}
    return {
        "CAPACITY_NEED": need_frame(),
        "CAPACITY": capacity_frame(),
        "HEADCOUNT": headcount_frame(),
        "CLASSES": classes_frame(),
        "CROSS_TRAINED": pd.DataFrame(courses | {"cost": [500.0]}),
        "CAPACITY_COST": cost_frame(),
        "CAPACITY_SEATS": seats_frame(),
        "CAPACITY_LEVERS": levers_frame(),
    }


def write_capacity(folder: Path, *, yaml_text: str, made_at: datetime = MADE_AT) -> None:
    """Publish the capacity plan in the store."""
    facts = FACTS | {"history": history_state(Store(folder))}
    publish(capacity_store(Store(folder)), tables(), yaml_text=yaml_text, facts=facts, seed=7, now=made_at)
