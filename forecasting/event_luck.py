"""What events nobody has seen yet may bring, on each sample path.

The errors of past forecasts know nothing of a first launch. So the paths of its days spread as far as
its effect is uncertain; an event whose kind has taught more than its prior knew adds nothing, its
surprises being in the past already.
"""

from __future__ import annotations

import zlib

import numpy as np

from forecasting.kinds_of_day import DURING
from forecasting.learned_days import learned_days
from forecasting.past import DaySeries

UNSEEN = 0.75  # of the variance before any day was seen is left: from here its kind counts as new
WIDEST = 0.4  # log: two campaigns in three of which nobody knows anything stay within half as much again
BESIDE = (": lead", ": lag")


def event_luck(series: DaySeries, *, cutoff: int, horizon: int, seed: int, paths: int) -> np.ndarray:
    """Log error of each path's days ahead that comes from new events (paths x days ahead).

    An event has the same luck on all its days and, drawn by its name, in every queue.
    """
    past = series.past(cutoff, horizon=horizon)
    special = past.calendar.special
    columns = np.array([name.endswith((DURING, *BESIDE)) for name in special.names], bool)
    luck = np.zeros((paths, horizon))
    learned = learned_days(past) if special.values[past.n :, columns].any() else None
    if learned is None:
        return luck
    every = np.append(columns, np.zeros(learned.values.shape[1] - len(columns), bool))
    spread, before = learned.unsure(every)[past.n :], learned.unsure_before(every)[past.n :]
    for day in np.flatnonzero(spread**2 > UNSEEN * before**2):
        first = int(np.argmax((special.values[past.n + day] > 0) & columns))
        rng = np.random.default_rng([seed, zlib.crc32(_event(special.names[first]).encode())])
        luck[:, day] = min(spread[day], WIDEST) * rng.normal(size=paths)
    return luck


def _event(name: str) -> str:
    """The event a column is of."""
    return name.rpartition(":")[0]
