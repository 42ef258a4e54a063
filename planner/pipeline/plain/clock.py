"""On which clock a plain history is read, and its times back into that clock."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from zoneinfo import available_timezones

import numpy as np
import pandas as pd

UTC = "UTC"
KNOWN_BEST = (  # of zones that agree, the one people would name
    "Europe/London", "Europe/Paris", "Europe/Athens", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Halifax", "America/Sao_Paulo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip
REGIONS = ("Europe", "America", "Asia", "Australia", "Africa", "Pacific", "Atlantic", "Indian")


@dataclass(frozen=True)
class Clock:
    """The zone of local days and slots, and whether the file's times carry their offset from UTC.

    Times without any are taken as they stand, on a clock that never changes, unless a zone was asked for.
    """

    zone: str
    zoned: bool

    def local(self, rows: pd.DataFrame) -> pd.Series:
        """The rows' times on this clock, without a zone."""
        if not self.zoned:
            return rows["local"]
        utc = rows["local"] - pd.to_timedelta(rows["offset_min"], unit="min")
        local = utc.dt.tz_localize(UTC).dt.tz_convert(self.zone).dt.tz_localize(None)
        return local.astype("datetime64[us]")

    def written(self, starts: pd.DatetimeIndex) -> pd.DatetimeIndex:
        """Moments in UTC as the file writes its times: on this clock, with a zone where the file has one."""
        there = starts.tz_convert(self.zone)
        return (there if self.zoned else there.tz_localize(None)).as_unit("us")


class Timed(Protocol):
    """A file read: its rows have `local` and `offset_min`, and all carry their offset or none does."""

    @property
    def rows(self) -> pd.DataFrame:
        """One row per time."""

    @property
    def zoned(self) -> bool:
        """Whether the times carry their zone."""


def clock_of(history: Timed, *, zone: str | None, until: pd.Timestamp | None) -> Clock:
    """The zone asked for, or the one the file's own offsets (of rows before `until`) tell."""
    if not history.zoned or zone is not None:
        return Clock(zone or UTC, history.zoned)
    rows = history.rows if until is None else history.rows[history.rows["local"] < until]
    offsets = rows["offset_min"]
    if offsets.nunique() <= 1:
        return Clock(fixed(int(offsets.iloc[0]) if len(offsets) else 0), True)
    return Clock(_zone_with(rows["local"] - pd.to_timedelta(offsets, unit="min"), offsets) or UTC, True)


def fixed(offset_min: int) -> str:
    """A clock that is always so many minutes ahead of UTC.

    >>> fixed(-330)
    '-05:30'
    """
    hours, minutes = divmod(abs(offset_min), 60)
    return f"{'-' if offset_min < 0 else '+'}{hours:02}:{minutes:02}" if offset_min else UTC


def _zone_with(utc: pd.Series, offset_min: pd.Series) -> str | None:
    """The first zone that was as far from UTC as the file says, all the time."""
    order = np.argsort(utc.to_numpy(), kind="stable")
    moments, offsets = pd.DatetimeIndex(utc.iloc[order]).tz_localize(UTC), offset_min.to_numpy()[order]
    edge = np.flatnonzero(np.diff(offsets))
    some = np.unique(np.concatenate([[0, len(offsets) - 1], edge, edge + 1]))
    return next((zone for zone in _zones() if _agrees(zone, moments[some], offsets[some])), None)


def _agrees(zone: str, moments: pd.DatetimeIndex, offset_min: np.ndarray) -> bool:
    local = moments.tz_convert(zone).tz_localize(None) - moments.tz_localize(None)
    return bool((local.total_seconds().to_numpy() / 60 == offset_min).all())


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    named = [zone for zone in available_timezones() if zone.split("/")[0] in REGIONS]
    rest = sorted(named, key=lambda zone: (REGIONS.index(zone.split("/")[0]), zone))
    return (*KNOWN_BEST, *rest)
