"""Counts by the second of drawn queues, as the contact log would give them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.behaviour.contact_times import ContactTimes
from planner.domain.centre import QueueKey
from tests.planner.behaviour.drawn import offered_waits, waits_of

HANDLED = {
    "seconds": [300],
    "contacts": [1],
    "sum_s": [300.0],
    "sum2_s": [9e4],
    "log_s": [5.7],
    "log2_s": [32.5],
}


def waiting(
    key: QueueKey, *, contacts: int, mean_s: float, shape: float = 1.0, seed: int = 1
) -> pd.DataFrame:
    """Waits of a queue whose customers have Weibull patience of this scale and shape."""
    rng = np.random.default_rng(seed)
    waits = waits_of(mean_s * rng.weibull(shape, contacts), offered_waits(rng, contacts))
    frame = pd.DataFrame({"wait_s": waits.wait_s, "answered": waits.answered, "abandoned": waits.abandoned})
    short = frame["abandoned"].where(frame["wait_s"] <= 5, 0)
    return frame.assign(**key._asdict(), abandoned_short=short, short_s=5.0)


def counted(*waits: pd.DataFrame) -> ContactTimes:
    """The waits of these queues; each has one contact handled."""
    rows = pd.concat(waits, ignore_index=True)
    keys = rows[["site", "language", "channel"]].drop_duplicates()
    handled = keys.merge(pd.DataFrame(HANDLED), how="cross")
    return ContactTimes(rows, handled)
