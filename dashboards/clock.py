"""Rows of one site on its own clock."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.domain.timegrid import local_day


def on_clock(frame: pd.DataFrame, zone: str) -> pd.DataFrame:
    """The frame with `day` (local midnight), `clock` (local time without zone) and `at` ("18:30")."""
    clock = frame["interval_start"].dt.tz_convert(zone).dt.tz_localize(None)
    return frame.assign(
        day=local_day(frame["interval_start"], zone), clock=clock, at=clock.dt.strftime("%H:%M")
    )


def until(at: str, interval_min: int) -> str:
    """The end of the interval that starts at a clock time.

    >>> until("23:30", 30)
    '00:00'
    """
    return f"{pd.Timestamp(f'2000-01-01 {at}') + pd.Timedelta(minutes=interval_min):%H:%M}"


def runs(holds: Sequence[bool] | np.ndarray) -> list[tuple[int, int]]:
    """First and last position of each unbroken run of True.

    >>> runs([False, True, True, False, True])
    [(1, 2), (4, 4)]
    """
    padded = np.concatenate([[False], np.asarray(holds, bool), [False]])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return [(int(first), int(end) - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]
