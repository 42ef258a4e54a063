"""Counts of queues added up: per queue, per language and channel over the sites, and per channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.keys import QUEUE

ALL = "all"


def groups(
    counts: pd.DataFrame, *, by: str, together: Mapping[str, str]
) -> Iterator[tuple[QueueKey, pd.DataFrame]]:
    """The rows of each group with one row per value of `by`, ascending; `together` says how columns add up.

    A dimension that is summed over is "all".
    """
    for rolled in ((), ("site",), ("site", "language")):
        summed = counts.assign(**dict.fromkeys(rolled, ALL))
        summed = summed.groupby([*QUEUE, by], as_index=False).agg(dict(together))
        for key, rows in summed.groupby([*QUEUE]):
            yield QueueKey(*key), rows


def rungs(key: QueueKey) -> Sequence[QueueKey]:
    """Groups that speak for a queue, the nearest first: its own, its language's, its channel's."""
    return key, QueueKey(ALL, key.language, key.channel), QueueKey(ALL, ALL, key.channel)
