"""The rows of all queues in one table: keys are written once, when everything is there.

Millions of path rows travel between processes as bare numbers; as rows they would be ten times larger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import FORECAST_PATHS
from planner.domain.table import Table


@dataclass(frozen=True)
class DayPaths:
    """Contacts of one queue by open day ahead and path: local days, and contacts (days x paths)."""

    key: QueueKey
    days: pd.DatetimeIndex
    contacts: np.ndarray


def typed(frames: Sequence[pd.DataFrame], table: Table) -> pd.DataFrame:
    """The rows of all queues with the table's declared columns and types."""
    if not frames:
        return table.empty()
    return _declared(pd.concat(frames, ignore_index=True), table)


def keyed(frames: Sequence[tuple[QueueKey, pd.DataFrame]], table: Table) -> pd.DataFrame:
    """The same, of frames whose rows do not say yet which queue they are of."""
    if not frames:
        return table.empty()
    joined = pd.concat([frame for _, frame in frames], ignore_index=True)
    return _declared(_with_keys(joined, [(key, len(frame)) for key, frame in frames]), table)


def path_rows(paths: Sequence[DayPaths]) -> pd.DataFrame:
    """FORECAST_PATHS: queue after queue, day after day, path after path."""
    if not paths:
        return FORECAST_PATHS.empty()
    rows = pd.DataFrame(
        {
            "day": np.concatenate([part.days.to_numpy().repeat(part.contacts.shape[1]) for part in paths]),
            "path": np.concatenate([_numbers(part.contacts) for part in paths]),
            "offered": np.concatenate([part.contacts.ravel() for part in paths]),
        }
    )
    return _declared(_with_keys(rows, [(part.key, part.contacts.size) for part in paths]), FORECAST_PATHS)


def _numbers(contacts: np.ndarray) -> np.ndarray:
    """The number of the path of each cell."""
    return np.tile(np.arange(contacts.shape[1]), len(contacts))


def _with_keys(rows: pd.DataFrame, lengths: Sequence[tuple[QueueKey, int]]) -> pd.DataFrame:
    """The rows with the key of each queue's stretch of them."""
    times = [length for _, length in lengths]
    texts = {
        name: pd.Series([getattr(key, name) for key, _ in lengths], dtype="str") for name in QueueKey._fields
    }
    return rows.assign(**{name: text.repeat(times).array for name, text in texts.items()})


def _declared(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    names = table.present(frame)
    return frame[names].astype({name: table.column(name).dtype for name in names})
