"""Totals of sites, languages, channels and of all, as sums of the queues: FORECAST_ROLLUP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd

from forecasting.frames import day_sums
from forecasting.joining import DayPaths, keyed
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import FORECAST_ROLLUP
from planner.domain.keys import QUEUE

ALL = "all"  # stands for a dimension summed over


@dataclass(frozen=True)
class QueueDays:
    """The day paths of one queue and the mean of each of their days (days,)."""

    paths: DayPaths
    expected: np.ndarray


def rollup(queues: Sequence[QueueDays], *, first_day: pd.Timestamp) -> pd.DataFrame:
    """FORECAST_ROLLUP of all queues; `first_day` is the horizon's.

    A path has the same number and the same luck in every queue, so a total's path is the sum of the
    queues' paths and its mean the sum of theirs. Days are each queue's own local days.
    """
    by_key = {queue.paths.key: queue for queue in queues}
    parts = [
        (total, _summed([by_key[key] for key in members], total, first_day=first_day))
        for total, members in totals(by_key)
    ]
    return keyed(parts, FORECAST_ROLLUP)


def rollup_of_tables(days: pd.DataFrame, paths: pd.DataFrame) -> pd.DataFrame:
    """The same from FORECAST_DAYS and FORECAST_PATHS, for a forecast that was changed since it was made."""
    if days.empty:
        return FORECAST_ROLLUP.empty()
    by_day = days[days["level"] == "day"].groupby(list(QUEUE), sort=False, observed=True).indices
    rows = paths.groupby(list(QUEUE), sort=False, observed=True).indices
    expected = days.loc[days["level"] == "day", ["day", "offered"]]
    queues = [
        _read(QueueKey(*key), expected.iloc[here], paths.iloc[rows[key]]) for key, here in by_day.items()
    ]
    return rollup(queues, first_day=days.loc[days["level"] == "total", "day"].min())


def totals(queues: Iterable[QueueKey]) -> Iterator[tuple[QueueKey, list[QueueKey]]]:
    """Every key with at least one dimension summed over, and the queues it is the sum of.

    >>> [str(total) for total, _ in totals([QueueKey("LIS", "pt", "voice")])][:3]
    ['all · all · all', 'all · all · voice', 'all · pt · all']
    """
    members: dict[QueueKey, list[QueueKey]] = {}
    for key in queues:
        for total in product(*((ALL, name) for name in key)):
            members.setdefault(QueueKey(*total), []).append(key)
    for total in sorted(members, key=lambda key: [name != ALL for name in key]):
        if ALL in total:
            yield total, members[total]


def _read(key: QueueKey, expected: pd.DataFrame, paths: pd.DataFrame) -> QueueDays:
    """One queue from its rows, days and paths in any order."""
    expected, paths = expected.sort_values("day"), paths.sort_values(["day", "path"])
    contacts = paths["offered"].to_numpy(float).reshape(len(expected), -1)
    return QueueDays(
        DayPaths(key, pd.DatetimeIndex(expected["day"]), contacts), expected["offered"].to_numpy()
    )


def _summed(queues: Sequence[QueueDays], total: QueueKey, *, first_day: pd.Timestamp) -> pd.DataFrame:
    days = queues[0].paths.days
    for queue in queues[1:]:
        days = days.union(queue.paths.days)
    drawn = np.zeros((len(days), queues[0].paths.contacts.shape[1]))
    expected = np.zeros(len(days))
    for queue in queues:
        rows = days.get_indexer(queue.paths.days)
        drawn[rows] += queue.paths.contacts
        expected[rows] += queue.expected
    return day_sums(DayPaths(total, days, drawn), expected, first_day=first_day)
