"""Where a schedule is short and where it has too many: agent-hours by language, weekday and hour of day."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planner.domain.schedule_tables import ALL, UNDER_OVER

AMOUNTS = ["needed_h", "under_h", "over_h"]


def under_over(coverage: pd.DataFrame, zones: Mapping[str, str]) -> pd.DataFrame:
    """UNDER_OVER from COVERAGE, on the clock of each site; `zones` are theirs.

    What one queue has too many does not make up for what another is short of.
    """
    if coverage.empty:
        return UNDER_OVER.empty()
    each = pd.concat(on_clock(rows, zones[str(site)]) for site, rows in coverage.groupby("site", sort=True))
    hours = each["interval_min"] / 60
    amounts = each.assign(
        needed_h=each["needed"] * hours,
        under_h=np.maximum(each["needed"] - each["scheduled"], 0) * hours,
        over_h=np.maximum(each["scheduled"] - each["needed"], 0) * hours,
    )
    both = pd.concat([amounts, amounts.assign(language=ALL)])
    keys = list(UNDER_OVER.grain)
    return UNDER_OVER.check(both.groupby(keys, as_index=False)[AMOUNTS].sum())


def on_clock(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    """The rows with `weekday` (0 = Monday) and `hour` of their interval by the clock of a zone."""
    local = rows["interval_start"].dt.tz_convert(zone)
    return rows.assign(weekday=local.dt.day_of_week.astype("int64"), hour=local.dt.hour.astype("int64"))
