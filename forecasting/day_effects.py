"""EFFECTS: what holidays, the days beside them, feasts, events and the month do to a queue's day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from forecasting.kin_starts import KinLevel
from forecasting.kinds_of_day import KindOfDay, kinds_of_day
from forecasting.learned_days import Learned, learned_days
from forecasting.past import DaySeries, Past
from planner.domain.centre import QueueKey
from planner.domain.forecast_tables import EFFECTS

TENTH = 1.2816  # normal standard deviations from the middle to the 10 and 90 % quantiles
MATTERS = 0.01  # share: a smaller effect of a day that does not come is not told
OWN_PART = 0.5  # of what is known of an effect comes from the queue's own days: from here it is its own
Row = dict[str, Any]


def effect_rows(series: DaySeries, key: QueueKey, *, cutoff: int, horizon: int) -> pd.DataFrame:
    """Rows of EFFECTS of one queue, as known at `cutoff`: the sum of what applies on such a day.

    A day's effect is the mean over the days of its kind, past and coming, its 80 % interval that of the
    regression. A kind on whose days the queue is closed has no row.
    """
    past = series.past(cutoff, horizon=horizon)
    learned, start = learned_days(past), series.kin.at(cutoff)
    if learned is None:
        return EFFECTS.empty()
    level = None if start is None else start.level
    kinds = [kind for kind in kinds_of_day(past) if kind.here.any()]
    rows = [key._asdict() | _days(past, kind.here) | _told(kind, learned, level) for kind in kinds]
    kept = [row for row in rows if abs(row["effect"]) > MATTERS or row["next_day"] is not None]
    frame = pd.DataFrame(kept, columns=EFFECTS.empty().columns).drop_duplicates("name", ignore_index=True)
    return frame.astype({name: EFFECTS.column(name).dtype for name in frame.columns})


def _told(kind: KindOfDay, learned: Learned, level: KinLevel | None) -> Row:
    effect, sd, prior_sd = learned.of(kind)
    return {
        "name": kind.name,
        "kind": kind.source,
        "effect": np.expm1(effect),
        "low": np.expm1(effect - TENTH * sd),
        "high": np.expm1(effect + TENTH * sd),
        "learned_from": _source(kind, learned, level, own=1 - (sd / prior_sd) ** 2),
    }


def _source(kind: KindOfDay, learned: Learned, level: KinLevel | None, *, own: float) -> str:
    """Where most of what is known of an effect comes from; `own` is the part that its own days tell.

    Where neither kin nor planner said a word, it is the queue's own days, however few.
    """
    told = learned.expected[kind.columns & (learned.values[kind.here] != 0).any(axis=0)]
    if own >= OWN_PART or not told.any():
        return "own"
    return "expected" if kind.source == "event" or level is None else level


def _days(past: Past, here: np.ndarray) -> Row:
    """How often such a day was seen, and the next one in the horizon."""
    coming = np.flatnonzero(here[past.n :])
    next_day = past.calendar.days[past.n + coming[0]] if len(coming) else None
    return {"seen": int((here[: past.n] & past.known).sum()), "next_day": next_day}
