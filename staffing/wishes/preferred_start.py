"""Preferred start: hours by which a shift starts outside the band its agent wishes for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.domain.wish_days import minutes_of
from staffing.finished import Finished, clock, misses
from staffing.wish import Asked, Offers, Wish

DAY_MIN = 1440


def cost(asked: Asked, offers: Offers) -> np.ndarray:
    """Price of each shift's hours outside the band, nearer way round the clock; 0 without a wish."""
    begin, end = (edge[:, :, None] for edge in asked.band())
    start = offers.start_min[asked.kind]
    outside = (start - begin) % DAY_MIN > (end - begin) % DAY_MIN
    away_h = np.minimum((begin - start) % DAY_MIN, (start - end) % DAY_MIN) / 60
    weight = asked.soft.weights.start * asked.weight("start")[:, :, None]
    return np.where(outside, weight * away_h, 0.0)


def wished(finished: Finished) -> pd.DataFrame:
    """The shifts worked on days for which their agent wishes a band."""
    bands = finished.wished("start").drop(columns="site")
    return finished.shifts.merge(bands, on=["agent_id", "day"])


def missed(finished: Finished) -> pd.DataFrame:
    """Shifts that start outside their agent's band."""
    rows = wished(finished)
    first, last = (rows[edge].map(minutes_of).astype(float) / 60 for edge in ("start_from", "start_to"))
    last = last.where(last >= first, last + 24)
    start = rows["start_h"].where(rows["start_h"] >= first, rows["start_h"] + 24)
    late_h = (start - last).clip(lower=0.0)
    early_h = (24 - (start - first)).clip(lower=0.0)
    away_h = late_h.where(late_h <= 0, np.minimum(late_h, early_h))
    bad = rows[away_h > 0]
    notes = [
        f"starts at {clock(hours)}; wished for {begin} to {end}"
        for hours, begin, end in zip(bad["start_h"], bad["start_from"], bad["start_to"])
    ]
    return misses(bad, away_h[bad.index], notes, weight=bad["weight"])


WISH = Wish("preferred start", "shifts start within the band wished for", "h", "start", wished, missed, cost)
