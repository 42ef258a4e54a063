"""How many replications are enough: until every queue's share in time is known closely."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from planner.domain.centre import Queue
from staffing.simulation.certainty import ratio
from staffing.simulation.counts import Counts
from staffing.simulation.report import measures

JUDGED = ("service_level", "met_deadline")
GROWTH = 2  # a width seen so far is uncertain itself: no batch is more than doubles what there is


def replications_wanted(totals: Counts, *, queues: Sequence[Queue], precision: float, most: int) -> int:
    """How many replications there should be in all, given those there are; as many as there are = enough.

    `totals` is replications x queues over the whole horizon. Widths shrink with the root of the number.
    """
    there = len(totals.offered)
    width = widest(totals, queues=queues)
    if width <= precision or there >= most:
        return there
    needed = math.ceil(there * min((width / precision) ** 2, GROWTH))
    return min(most, max(needed, there + 1))


def widest(totals: Counts, *, queues: Sequence[Queue]) -> float:
    """Largest half-width of the 95 % intervals of the queues' shares in time; 0 where nothing is judged."""
    widths = [0.0]
    for number, queue in enumerate(queues):
        of_queue = Counts(*(part[:, number, None].astype(float) for part in totals))
        for one in measures(of_queue, queue):
            if one.name in JUDGED:
                mean = ratio(np.asarray(one.quotient.numerator), np.asarray(one.quotient.denominator))
                widths.append(float(np.nan_to_num(mean.high - mean.value, nan=0.0, posinf=np.inf)[0]))
    return max(widths)
