"""What every queue's holidays start from, at each past day it is tried on: spread over the workers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from joblib import Parallel

from forecasting.backtest import origins_before
from forecasting.history import QueueHistory
from forecasting.kin import Histories
from forecasting.kin_starts import KinStart, KinStarts
from forecasting.pooled_effects import FEWEST_DAYS, Member, member_of, pooled
from forecasting.series import own_series
from forecasting.spread import each
from planner.domain.centre import Centre, QueueKey

EVERY = 2  # origins: kin learn slowly, an origin between two takes what was known at the earlier


def kin_starts(
    known: Histories, taught: Histories, *, centre: Centre, origins: int, run: Parallel
) -> dict[QueueKey, KinStarts]:
    """What the kin of each queue of `taught` had learned, by cutoff; a queue alone has no entry."""
    teachers = [history for history in known.values() if history.days_known >= FEWEST_DAYS]
    if len(teachers) < 2:
        return {}
    cutoffs = _cutoffs(teachers, origins=origins)
    lessons = each(run, _members, calls=[(history, centre, cutoffs) for history in teachers])
    queues = [history.queue for history in taught.values()]
    by_cutoff = [pooled([m for m in members if m is not None], queues) for members in zip(*lessons)]
    return {queue.key: _of_queue(queue.key, cutoffs, by_cutoff) for queue in queues}


def _cutoffs(teachers: Sequence[QueueHistory], *, origins: int) -> tuple[int, ...]:
    """Every second origin of a long history, and now; rows on the axis, earliest first."""
    now = teachers[0].grid.axis.cutoff
    past: np.ndarray = origins_before(now, count=origins, first_known=0)[::EVERY]
    return (*map(int, past), now)


def _members(history: QueueHistory, centre: Centre, cutoffs: tuple[int, ...]) -> list[Member | None]:
    series = own_series(history, centre)
    return [member_of(series, history.queue, cutoff=cutoff) for cutoff in cutoffs]


def _of_queue(
    key: QueueKey, cutoffs: Sequence[int], by_cutoff: Sequence[dict[QueueKey, KinStart]]
) -> KinStarts:
    return KinStarts({cutoff: found[key] for cutoff, found in zip(cutoffs, by_cutoff) if key in found})
