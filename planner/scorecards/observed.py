"""What the contact log adds to VOLUME: who gave up within the threshold, and the longest wait.

Many sources count neither, and two of the five service-level formulas need the first. An interval takes
them from the log only where the log holds as many contacts as were counted; elsewhere they stay unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import QUEUE

KEY = [*QUEUE, "interval_start"]
LONGEST = "longest_wait_s"
MEMORY, THREADS = "400MB", 2


def observed(volume: pd.DataFrame, contacts: Sequence[Path], centre: Centre) -> pd.DataFrame:
    """VOLUME with abandoned_within_{T}_s of each first threshold, and longest_wait_s, filled from the log."""
    if volume.empty or not contacts:
        return volume
    thresholds = _thresholds(centre)
    counted = _from_log(contacts, interval_min=centre.interval_min, thresholds=thresholds)
    rows = volume.reset_index(drop=True)
    told = rows[[*KEY, "interval_min", "offered"]].merge(counted, on=KEY, how="left")
    whole = (told["offered"] == told["contacts"]) & (told["interval_min"] == centre.interval_min)
    none = (told["offered"] == 0).to_numpy()
    filled = {}
    for name in [*_columns(thresholds), LONGEST]:
        seen = told[f"log_{name}"].where(whole)
        if name != LONGEST:
            seen = seen.mask(none, 0.0)
        filled[name] = rows[name].fillna(seen) if name in rows.columns else seen
    return rows.assign(**filled)


def with_forecast(volume: pd.DataFrame, intraday: pd.DataFrame) -> pd.DataFrame:
    """VOLUME with planned_offered beside it where INTRADAY has the same interval."""
    if volume.empty or intraday.empty:
        return volume
    keys = [*KEY, "interval_min"]
    return volume.merge(intraday[[*keys, "planned_offered"]], on=keys, how="left")


def _thresholds(centre: Centre) -> list[float]:
    """The seconds of every queue's service levels."""
    return sorted(
        {level.within_s for queue in centre.queues.values() for level in queue.target.service_levels}
    )


def _columns(thresholds: Sequence[float]) -> list[str]:
    return [f"abandoned_within_{seconds:g}_s" for seconds in thresholds]


def _from_log(paths: Sequence[Path], *, interval_min: int, thresholds: Sequence[float]) -> pd.DataFrame:
    """One row a queue and interval of arrival: contacts, and what is wanted of them as log_{column}."""
    names = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    files = f"read_parquet([{names}], union_by_name = true)"
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET TimeZone = 'UTC'")
        there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()}
        if not {"answered_at", "ended_at"} <= there:
            return _nothing(thresholds)
        step = interval_min * 60 * 1_000_000
        gone = [
            f'count(*) FILTER (NOT answered AND wait_s <= {seconds:g}) AS "log_{name}"'
            for seconds, name in zip(thresholds, _columns(thresholds), strict=True)
        ]
        rows = connection.sql(f"""
            SELECT site, language, channel, began, count(*) AS contacts,
                   {", ".join([*gone, f'max(wait_s) AS "log_{LONGEST}"'])}
            FROM (SELECT site, language, channel, epoch_us(arrived_at) // {step} * {step} AS began,
                         answered_at IS NOT NULL AS answered,
                         (epoch_us(coalesce(answered_at, ended_at)) - epoch_us(arrived_at)) / 1e6 AS wait_s
                  FROM {files}) GROUP BY ALL""").df()
    started = pd.to_datetime(rows["began"], unit="us", utc=True).dt.as_unit("us")
    return rows.drop(columns="began").assign(interval_start=started).astype(dict.fromkeys(QUEUE, "str"))


def _nothing(thresholds: Sequence[float]) -> pd.DataFrame:
    names = [*KEY, "contacts", *(f"log_{name}" for name in [*_columns(thresholds), LONGEST])]
    empty = pd.DataFrame({name: np.array([], float) for name in names})
    return empty.astype(dict.fromkeys(QUEUE, "str") | {"interval_start": "datetime64[us, UTC]"})
