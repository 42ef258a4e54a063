"""Day off: a day, or every one of a weekday, on which an agent would rather not work."""

from __future__ import annotations

import numpy as np
import pandas as pd

from staffing.finished import Finished, misses
from staffing.wish import Asked, Offers, Wish


def cost(asked: Asked, offers: Offers) -> np.ndarray:
    """Price of any shift on a day wished off."""
    weight = asked.soft.weights.day_off * asked.weight("day off")
    return np.broadcast_to(weight[:, :, None], (*weight.shape, offers.start_min.shape[2]))


def wished(finished: Finished) -> pd.DataFrame:
    """Days wished off on which the agent is available at all."""
    return finished.wished("day off")


def missed(finished: Finished) -> pd.DataFrame:
    """Days wished off and worked."""
    shifts = finished.shifts[["agent_id", "day", "start_h"]]
    bad = wished(finished).merge(shifts, on=["agent_id", "day"])
    notes = [f"works; wished {day:%a %Y-%m-%d} off" for day in bad["day"]]
    return misses(bad, pd.Series(1.0, bad.index), notes, weight=bad["weight"])


WISH = Wish("day off", "days wished off are free", "days", "day_off", wished, missed, cost)
