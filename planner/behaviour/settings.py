"""What plan.yaml takes from data: a number for each setting, and the contacts it was measured in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import pandas as pd

from planner.behaviour.estimates import FEWEST_HANDLED, FEWEST_LEFT, OWN_HANDLED, OWN_LEFT, Behaviour
from planner.behaviour.groups import ALL, rungs
from planner.domain.centre import QueueKey
from planner.domain.keys import QUEUE


class Source(NamedTuple):
    """Where settings of one kind are looked up: counted contacts and the least number of them."""

    counted: str
    fewest: int
    own: int
    words: str


OF_PATIENCE = Source("left", FEWEST_LEFT, OWN_LEFT, "abandoned")
OF_HANDLING = Source("answered", FEWEST_HANDLED, OWN_HANDLED, "handled")


class Measured(NamedTuple):
    """A setting measured: the number planned with, the contacts it rests on, and where they were."""

    value: float
    n: int
    source: str


def measured(behaviour: Behaviour, key: QueueKey, settings: Collection[str]) -> dict[str, Measured]:
    """The settings of a queue that can be told; too few contacts leave one out.

    The queue's own contacts speak when there are many, else those of its language and channel over all
    sites, else those of its channel. Without `patience_shape` among them, patience is exponential.
    """
    found = {}
    for setting in settings:
        alone = setting == "patience_s" and "patience_shape" not in settings
        told = _told(behaviour, key, "exponential_mean_s" if alone else setting)
        if told:
            found[setting] = told
    return found


def _told(behaviour: Behaviour, key: QueueKey, column: str) -> Measured | None:
    source, rows = _rows(behaviour, column)
    for group in rungs(key):
        row = rows[(rows[[*QUEUE]] == list(group)).all(axis=1)].dropna(subset=column)
        if len(row) and row[source.counted].iloc[0] >= (source.fewest if group.site == ALL else source.own):
            n = int(row[source.counted].iloc[0])
            where = " ".join(name for name in group if name != ALL)
            return Measured(float(row[column].iloc[0]), n, f"{n:,} {source.words} in {where}")
    return None


def _rows(behaviour: Behaviour, column: str) -> tuple[Source, pd.DataFrame]:
    return (OF_HANDLING, behaviour.handle) if column.startswith("aht") else (OF_PATIENCE, behaviour.patience)


def too_few(behaviour: Behaviour, key: QueueKey, setting: str) -> str:
    """Why a setting of a queue is unknown, in words."""
    source, rows = _rows(behaviour, setting)
    channel = rows[(rows["language"] == ALL) & (rows["channel"] == key.channel)]
    told = f"{int(channel[source.counted].sum()):,} {key.channel} contacts {source.words}"
    return f"the contact log tells too little: {told}, of which {source.fewest} are needed"


def settings_frame(rows: Sequence[tuple[QueueKey, str, Measured]]) -> pd.DataFrame:
    """HANDLING_FROM_DATA."""
    columns = [*QUEUE, "setting", "value", "n", "source"]
    return pd.DataFrame([(*key, setting, *found) for key, setting, found in rows], columns=columns)
