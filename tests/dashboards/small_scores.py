"""SCORECARD of the small invented centre: planted misses, one language with too few evaluations."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd

from planner.domain.tables import QUEUE
from tests.dashboards.small_centre import FIRST_DAY, HISTORY_WEEKS, MISSING_80_20, queue_frame

ALL = "all"
WEEKS = pd.date_range(end=pd.Timestamp(FIRST_DAY) - pd.Timedelta(days=7), periods=HISTORY_WEEKS, freq="7D")
ITEMS = ("Greeting", "Identification", "Right answer", "Tone", "Data protection")
QUALITY = {"pt": 0.93, "de": 0.91, "ar": 0.82, "en": 0.90, "ja": 0.88}  # planted: Arabic is surely lower
EVALUATIONS = {"pt": 120, "de": 80, "ar": 110, "en": 140, "ja": 9}  # planted: too few in Japanese
REASONS = {"fcr_repeat_7d: where_is_my_order": 0.95, "fcr_repeat_7d: payment_or_refund": 0.80}
FCR = {"fcr_repeat_7d": 0.88, "fcr_no_escalation": 0.97, "fcr_agent": 0.92, "fcr_survey": 0.79}


def scorecard(rng: np.random.Generator) -> pd.DataFrame:
    """Service by week, quality and first-contact resolution by week and in all, with every roll-up."""
    parts = [service(rng), quality(rng), resolution(rng)]
    return pd.concat(parts, ignore_index=True)


def service(rng: np.random.Generator) -> pd.DataFrame:
    """Offered, service levels, abandonment, deadline, AHT, ASA and occupancy a week."""
    rows = queue_frame().merge(pd.DataFrame({"period_start": WEEKS}), how="cross")
    last = rows["period_start"] == WEEKS[-1]
    planted = np.array([tuple(key) in MISSING_80_20 for key in rows[[*QUEUE]].to_numpy()])
    level = np.where(planted & last, 0.71, 0.85) + rng.normal(0, 0.01, len(rows))
    rows = rows.assign(n=(rows["daily"] * 6.2).round(), level=level)
    parts = [
        _of(rows[rows["channel"] != "email"], "service_level", rows["level"]),
        _of(rows[rows["channel"] == "voice"], "service_level_2", rows["level"] + 0.09),
        _of(rows[rows["channel"] != "email"], "abandonment", 0.19 - rows["level"] * 0.18),
        _of(rows[rows["channel"] == "email"], "met_deadline", 0.97 + 0 * rows["level"]),
        _of(rows[rows["channel"] == "voice"], "occupancy", 0.8 + 0 * rows["level"]),
    ]
    counted = _rolled(pd.concat(parts))
    offered = counted[counted["measure"].isin(["service_level", "met_deadline"])]
    offered = offered.groupby([*QUEUE, "period_start"], as_index=False)["n"].sum()
    offered = offered.assign(measure="offered", value=offered["n"])
    return pd.concat([counted, offered]).assign(period="week", low=np.nan, high=np.nan, definition="invented")


def _of(rows: pd.DataFrame, measure: str, value: pd.Series) -> pd.DataFrame:
    return rows[[*QUEUE, "period_start", "n"]].assign(measure=measure, value=value.reindex(rows.index))


def _rolled(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with every roll-up: n summed, values weighted by n."""
    parts = []
    for dims in product([False, True], repeat=3):
        some = rows.assign(weighted=rows["value"] * rows["n"])
        for column, roll in zip(QUEUE, dims, strict=True):
            some[column] = ALL if roll else some[column]
        sums = some.groupby(["measure", *QUEUE, "period_start"], as_index=False)[["n", "weighted"]].sum()
        parts.append(sums.assign(value=sums["weighted"] / sums["n"]).drop(columns="weighted"))
    return pd.concat(parts, ignore_index=True)


def quality(rng: np.random.Generator) -> pd.DataFrame:
    """The score and the share of points of each item, by week and over all."""
    rows = queue_frame().assign(value=lambda q: q["language"].map(QUALITY))
    shares = rows.groupby("language")["daily"].transform(lambda daily: daily / daily.sum())
    rows["n"] = (rows["language"].map(EVALUATIONS) * shares).round().clip(lower=1)
    over_all = pd.concat(
        [rows.assign(measure="quality_score")]
        + [
            rows.assign(measure=f"quality_item: {item}", value=rows["value"] + shift)
            for item, shift in zip(ITEMS, (0.05, 0.02, -0.06, 0.03, -0.01), strict=True)
        ]
    ).assign(period_start=WEEKS[0])
    by_week = rows.assign(measure="quality_score").merge(pd.DataFrame({"period_start": WEEKS}), how="cross")
    by_week["value"] += rng.normal(0, 0.01, len(by_week))
    both = [_rolled(over_all).assign(period="all"), _rolled(by_week).assign(period="week")]
    return _with_interval(pd.concat(both), "mean of final scores, random sample (invented)")


def resolution(rng: np.random.Generator) -> pd.DataFrame:
    """Four definitions of first-contact resolution, by week and over all."""
    parts = []
    for measure, value in {**FCR, **REASONS}.items():
        rows = queue_frame().assign(measure=measure, n=lambda q: q["daily"], period_start=WEEKS[0])
        rows["value"] = (value + rng.normal(0, 0.01, len(rows))).clip(0, 1)
        weekly = rows.drop(columns="period_start").merge(pd.DataFrame({"period_start": WEEKS}), how="cross")
        both = [_rolled(rows).assign(period="all"), _rolled(weekly).assign(period="week")]
        parts.append(_with_interval(pd.concat(both), f"{measure} (invented)"))
    return pd.concat(parts, ignore_index=True)


def _with_interval(rows: pd.DataFrame, definition: str) -> pd.DataFrame:
    half = 1.96 * np.sqrt(rows["value"] * (1 - rows["value"]).clip(lower=0) / rows["n"])
    low, high = (rows["value"] - half).clip(lower=0), (rows["value"] + half).clip(upper=1)
    return rows.assign(low=low, high=high, definition=definition)
