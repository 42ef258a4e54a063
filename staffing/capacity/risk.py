"""The chance that supply meets a week's need, over what may come and who may leave."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats

from planner.domain.capacity_tables import LEVELS
from planner.domain.tables import QUEUE

SHARES = tuple(int(level[1:]) / 100 for level in LEVELS)


def need_paths(need: pd.DataFrame, paths: pd.DataFrame) -> dict[tuple[str, str], pd.DataFrame]:
    """Paid hours needed on each forecast path, (site, language) -> week x path.

    `need` is CAPACITY_NEED, `paths` FORECAST_PATHS. A queue's hours follow its week's contacts along the
    line through its three levels: a week as busy as seven 75 % days needs the hours of that level.
    """
    week = paths["day"] - pd.to_timedelta(paths["day"].dt.day_of_week, unit="D")
    days = paths.groupby([*QUEUE, "day"])["offered"].quantile(list(SHARES)).unstack()
    monday = days.index.get_level_values("day")
    monday = monday - pd.to_timedelta(monday.day_of_week, unit="D")
    levels = days.groupby([*(days.index.get_level_values(name) for name in QUEUE), monday]).sum()
    sums = paths.assign(week=week).groupby([*QUEUE, "week", "path"])["offered"].sum().unstack("path")
    found: dict[tuple[str, str], pd.DataFrame] = {}
    for key, rows in need.set_index("week").groupby([*QUEUE], sort=False):
        hours = _along(sums.loc[key], levels.loc[key], rows)
        whole = (str(key[0]), str(key[1]))
        found[whole] = found[whole].add(hours, fill_value=0.0) if whole in found else hours
    return found


def _along(contacts: pd.DataFrame, levels: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Hours of one queue, week x path, by straight lines through the three levels, drawn on at both ends."""
    weeks = rows.index.intersection(contacts.index)
    at = levels.loc[weeks].to_numpy(float)
    hours = rows.loc[weeks, [f"need_{level}_h" for level in LEVELS]].to_numpy(float)
    seen = contacts.loc[weeks].to_numpy(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        slopes = np.nan_to_num(np.diff(hours, axis=1) / np.diff(at, axis=1), posinf=0.0, neginf=0.0)
    upper = seen >= at[:, 1:2]
    slope = np.where(upper, slopes[:, 1:2], slopes[:, 0:1])
    values = np.maximum(hours[:, 1:2] + slope * (seen - at[:, 1:2]), 0.0)
    return pd.DataFrame(values, index=weeks, columns=contacts.columns)


def chances(
    supply: pd.DataFrame, needed: Mapping[tuple[str, str], pd.DataFrame], *, spread: pd.DataFrame
) -> pd.Series:
    """P(supply >= need) for each row of `supply`: site, language, week, there_h.

    `spread` (same rows: sd_h) is the standard deviation of supply by chance of who leaves; 0 = none.
    """
    values = []
    for (key, rows), (_, spreads) in zip(
        supply.groupby(["site", "language"], sort=False), spread.groupby(["site", "language"], sort=False)
    ):
        paths = needed[(str(key[0]), str(key[1]))].reindex(rows["week"]).to_numpy(float)
        room = rows["there_h"].to_numpy(float)[:, None] - paths
        sd = spreads["sd_h"].to_numpy(float)[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(sd > 0, stats.norm.cdf(room / sd), (room >= 0).astype(float))
        values.append(
            pd.Series(np.where(np.isnan(paths).any(axis=1), np.nan, share.mean(axis=1)), rows.index)
        )
    return pd.concat(values) if values else pd.Series(dtype=float)
