"""What happened beside what was planned: VOLUME and INTRADAY on one grid."""

from __future__ import annotations

import pandas as pd

from planner.domain.tables import QUEUE

KEY = [*QUEUE, "interval_start"]
LONGEST = "longest_wait_s"  # the one column of VOLUME that is no sum


def beside_plan(volume: pd.DataFrame, planned: pd.DataFrame) -> pd.DataFrame:
    """VOLUME rows of intervals that were planned, with the columns of INTRADAY; one row a queue and interval.

    Where one of the two is known by shorter intervals it is added up to the other's; what misses a part
    of the longer interval is left out.
    """
    minutes = _coarser(volume, planned)
    mine, plan = (on_grid(frame, minutes) for frame in (volume, _summable(planned)))
    rows = mine.drop(columns=LONGEST, errors="ignore").merge(
        plan.drop(columns="interval_min"), on=KEY, how="inner"
    )
    hours = rows["planned_offered"].where(rows["planned_offered"] > 0)
    return rows.assign(planned_aht_s=rows["planned_handle_s"] / hours)


def _summable(planned: pd.DataFrame) -> pd.DataFrame:
    return planned.assign(planned_handle_s=planned["planned_offered"] * planned["planned_aht_s"])


def _coarser(volume: pd.DataFrame, planned: pd.DataFrame) -> pd.Series:
    """Minutes of the longest interval that either table has of a queue."""
    lengths = [frame.groupby([*QUEUE], observed=True)["interval_min"].max() for frame in (volume, planned)]
    return pd.concat(lengths, axis=1).max(axis=1).rename("minutes")


def on_grid(frame: pd.DataFrame, minutes: pd.Series) -> pd.DataFrame:
    """Rows added up to intervals of so many minutes a queue; incomplete ones are left out."""
    rows = frame.merge(minutes.reset_index(), on=[*QUEUE], how="inner")
    fine = rows["interval_min"] < rows["minutes"]
    whole = rows[~fine].drop(columns="minutes")
    if not fine.any():
        return whole
    parts = rows[fine]
    length = pd.to_timedelta(parts["minutes"], unit="min")
    since = parts["interval_start"] - pd.Timestamp(0, tz="UTC")
    parts = parts.assign(interval_start=parts["interval_start"] - since % length, told=parts["interval_min"])
    sums = [name for name in parts.columns if name not in (*KEY, "interval_min", "minutes", LONGEST)]
    added = parts.groupby([*KEY, "minutes"], as_index=False, observed=True)[sums].agg(_all_known)
    full = added[added["told"] == added["minutes"]].drop(columns="told")
    return pd.concat([whole, full.rename(columns={"minutes": "interval_min"})], ignore_index=True)


def _all_known(values: pd.Series) -> float:
    return float(values.sum(skipna=False))
