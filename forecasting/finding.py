"""One thing that is odd in a history, in the words a planner reads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from forecasting.examined import Examined
from forecasting.history import QueueHistory
from planner.domain.centre import Centre
from planner.domain.teaching import Teaching

PROGRAM = "the program"


@dataclass(frozen=True)
class Finding:
    """A row of FINDINGS without its queue; `size` NaN where there is none."""

    kind: str
    first_day: pd.Timestamp
    last_day: pd.Timestamp
    treatment: str
    reason: str
    size: float = float("nan")
    measure: str = "offered"
    decided_by: str = PROGRAM


@dataclass(frozen=True)
class Seen:
    """A queue's history, its day totals looked over, and the plan that says what is known of its days."""

    history: QueueHistory
    examined: Examined
    centre: Centre

    @property
    def first(self) -> int:
        """Row on the axis of the first known day; the examined past begins there."""
        return self.history.grid.axis.cutoff - self.examined.past.n

    def day(self, row: int) -> pd.Timestamp:
        """The local day in place `row` of the examined past."""
        day: pd.Timestamp = self.history.grid.axis.days[self.first + row]
        return day

    def word_on(self, day: pd.Timestamp) -> Teaching | None:
        """The last word a planner said on a day of this queue."""
        words = [
            word
            for word in self.centre.teaching
            if word.covers(self.history.queue.key)
            and pd.Timestamp(word.first_day) <= day <= pd.Timestamp(word.last_day)
        ]
        return words[-1] if words else None


def day_name(day: pd.Timestamp) -> str:
    """Tue 4 Mar 2025."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def span_name(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Tue 4 Mar 2025, or from then to another day."""
    return day_name(first) if first == last else f"{day_name(first)} to {day_name(last)}"


def counted(number: int, what: str) -> str:
    """1 day, 2 days."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def runs(flags: np.ndarray, among: np.ndarray) -> list[np.ndarray]:
    """Rows where `flags` hold, split where a row of `among` lies between that does not."""
    rows = np.flatnonzero(among)
    here = flags[rows].astype(int)
    parts = np.split(rows, np.flatnonzero(np.diff(here)) + 1) if len(rows) else []
    return [part for part in parts if flags[part[0]]]
