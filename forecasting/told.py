"""What planners said of the days of a queue: which teach the forecast and which do not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Event, Queue
from planner.domain.teaching import Teaching


@dataclass(frozen=True)
class Told:
    """Days (days,) that must not teach, by an event or a planner, and days a planner vouches for."""

    left_out: np.ndarray
    vouched: np.ndarray


def told(days: pd.DatetimeIndex, queue: Queue, centre: Centre) -> Told:
    """What is said of local days; a planner's word beats an event's mark, a later word an earlier one."""
    left_out, vouched = np.zeros(len(days), bool), np.zeros(len(days), bool)
    for event in centre.events:
        if event.exceptional and touches(event, queue):
            left_out |= within(days, event)
    for word in centre.teaching:
        if word.covers(queue.key):
            here = within(days, word)
            left_out = np.where(here, not word.teaches, left_out)
            vouched = np.where(here, word.teaches, vouched)
    return Told(left_out, vouched)


def within(days: pd.DatetimeIndex, span: Event | Teaching) -> np.ndarray:
    """Days from the first to the last of an event or a planner's word (days,)."""
    return np.asarray((days >= pd.Timestamp(span.first_day)) & (days <= pd.Timestamp(span.last_day)))


def touches(event: Event, queue: Queue) -> bool:
    """Whether an event moves the volume of a queue."""
    return not event.languages or queue.key.language in event.languages
