"""Day of work: a day, or every one of a weekday, on which an agent would like to work."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.finished import Finished, misses
from staffing.wish import Asked, Offers, Wish


def idle(asked: Asked) -> np.ndarray:
    """Price of a day without a shift, where one is wished for."""
    return asked.soft.weights.work * asked.weight("work") * asked.available


def cost(asked: Asked, offers: Offers) -> np.ndarray:
    """A shift on such a day saves that price."""
    saved = -idle(asked)
    return np.broadcast_to(saved[:, :, None], (*saved.shape, offers.start_min.shape[2]))


def wished(finished: Finished) -> pd.DataFrame:
    """Days on which an available agent wishes to work."""
    return finished.wished("work")


def missed(finished: Finished) -> pd.DataFrame:
    """Such days without a shift."""
    worked = pd.MultiIndex.from_frame(finished.shifts[["agent_id", "day"]])
    rows = wished(finished)
    bad = rows[~pd.MultiIndex.from_frame(rows[["agent_id", "day"]]).isin(worked)]
    notes = [f"is free; wished to work on {day:%a %Y-%m-%d}" for day in bad["day"]]
    return misses(bad, pd.Series(1.0, bad.index), notes, weight=bad["weight"])


WISH = Wish("day of work", "days wished for are worked", "days", "work", wished, missed, cost, idle)
