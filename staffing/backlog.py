"""The backlog of deferred queues by state, interval by interval, from the work that was placed."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from planner.domain.backlog_table import BACKLOG
from planner.domain.centre import Centre, QueueKey
from planner.domain.keys import QUEUE
from staffing.deferred_queues import Worked, worked_queues

TINY = 1e-9


def backlog_states(planned: pd.DataFrame, *, needed: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """BACKLOG of all deferred queues over the plan.

    planned: one row per queue and interval with offered and aht_s, as the requirement was made from it;
    needed: that REQUIREMENT, whose immediate rows say who is idle. The work is placed again as it was there.
    On every queue new + returned = worked + growth of open, and new = done + growth of open, pending and
    on hold.
    """
    queues = [queue for queue in centre.queues.values() if queue.kind == "deferred"]
    others = needed[~_is_deferred(needed, centre)]
    parts = [
        _table(worked)
        for _, worked in worked_queues(planned, queues, others=others, blending=centre.blending)
    ]
    return BACKLOG.check(pd.concat(parts, ignore_index=True)) if parts else BACKLOG.empty()


def _is_deferred(needed: pd.DataFrame, centre: Centre) -> np.ndarray:
    kinds = {key: queue.kind for key, queue in centre.queues.items()}
    number = needed.groupby(list(QUEUE), sort=False).ngroup().to_numpy()
    names = needed[list(QUEUE)].drop_duplicates().itertuples(index=False, name=None)
    deferred = np.array([kinds[QueueKey(*name)] == "deferred" for name in names], dtype=bool)
    return deferred[number] if len(needed) else np.zeros(0, dtype=bool)


def _table(worked: Worked) -> pd.DataFrame:
    """One queue's rows of the plan's intervals; what is less than a billionth of a contact is nothing."""
    axis = worked.axis
    cells = {name: values[axis.inside] for name, values in asdict(worked.states).items()}
    key = dict(zip(QUEUE, worked.queue.key, strict=True))
    rows = {name: np.where(np.abs(values) < TINY, 0.0, values) for name, values in cells.items()}
    return pd.DataFrame({**key, "interval_start": axis.plan, "interval_min": round(axis.step_h * 60), **rows})
