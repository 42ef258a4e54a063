"""Parts of a gap added up: from intervals to EXPLAINED, weighted by contacts, so that they always add up."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.domain.quality_tables import FACTORS
from planner.domain.tables import EXPLAINED, QUEUE
from planner.scorecards.rollups import Period, period_start, rolled_up
from planner.scorecards.shapley import shapley

PARTS = [f"by_{name}" for name in FACTORS]
UNKNOWN = {"by_schedule": "knows_staff", "by_shrinkage": "knows_absence", "by_adherence": "knows_adherence"}
KEYS = ["measure", "definition", "period_start"]


def weighted(values: np.ndarray, *, actual: np.ndarray, weight: np.ndarray) -> Mapping[str, np.ndarray]:
    """Planned value, actual value and each part of intervals, times the contacts they are measured on.

    `values` (intervals x 32) are the model's, by coalition; `actual` counts (the measure's numerator) and
    `weight` (its denominator). The rest is what the model at actual values does not give.
    """
    parts = shapley(values) * weight[:, None]
    sums = {f"by_{name}": part for name, part in zip(FACTORS, parts.T, strict=False)}
    rest = actual - values[:, -1] * weight
    return {"planned": values[:, 0] * weight, "actual": actual, **sums, "by_rest": rest, "weight": weight}


def explained_table(days: pd.DataFrame, period: Period) -> pd.DataFrame:
    """EXPLAINED rows of a period from sums by queue, measure and local day (`day`), with every roll-up.

    A roll-up exists only where the measure means the same in all its queues. Its parts are the sums of
    theirs, in contacts, over its contacts.
    """
    rows = days.assign(period_start=period_start(days["day"], period))
    sums = [name for name in days.columns if name not in (*QUEUE, "measure", "definition", "day")]
    rolled = rolled_up(rows, by=KEYS, sums=sums)
    one_meaning = ~rolled.duplicated(["measure", *QUEUE, "period_start"], keep=False)
    return _shares(rolled[one_meaning & (rolled["weight"] > 0)]).assign(period=period)


def _shares(sums: pd.DataFrame) -> pd.DataFrame:
    """Quotients of the sums, in the columns of EXPLAINED; parts about which nothing is known are blank."""
    found = sums[["measure", *QUEUE, "period_start", "offered", "planned_offered"]].assign(
        aht_s=_over(sums["handle_s"], sums["answered"]),
        planned_aht_s=_over(sums["planned_handle_s"], sums["planned_offered"]),
        staffed_h=sums["staffed_s"] / 3600,
        planned_staffed_h=sums["planned_staffed_s"] / 3600,
        absence=_over(sums["absent_s"], sums["scheduled_s"]),
        planned_absence=_over(sums["planned_absent_s"], sums["planned_scheduled_s"]),
        adherence=1 - _over(sums["away_s"], sums["at_work_s"]),
        planned_adherence=1 - _over(sums["planned_away_s"], sums["planned_at_work_s"]),
        **{name: _over(sums[name], sums["weight"]) for name in ("planned", "actual", *PARTS)},
    )
    for part, knows in UNKNOWN.items():
        found[part] = found[part].where(sums[knows] > 0)
    return found.reindex(columns=[column.name for column in EXPLAINED.columns if column.name != "period"])


def _over(above: pd.Series, below: pd.Series) -> pd.Series:
    return above / below.where(below > 0)
