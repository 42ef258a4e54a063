"""History of a queue on its own clock: local days x local slots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from forecasting.outages import outages
from forecasting.told import Told, told
from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.timegrid import midnight

DAY_MIN, HOUR_MIN = 1440, 60
HALF = 0.5  # of a day's open intervals must be present for the day to be known
OMITS_ZEROS = 0.2  # of the days have holes: from here a queue without any zero row leaves zeros out
HANDLING = ("talk_s", "hold_s", "wrap_s")


@dataclass(frozen=True)
class Axis:
    """Local days common to all queues: `days` of history and horizon, `cutoff` days of them past."""

    days: pd.DatetimeIndex
    cutoff: int

    @staticmethod
    def spanning(volume: pd.DataFrame, first_day: date, *, days: int) -> Axis:
        """From a day before the first row to the end of the horizon."""
        first = volume["interval_start"].min().tz_localize(None).normalize() - pd.Timedelta(days=1)
        begin = pd.Timestamp(first_day)
        span = pd.date_range(min(first, begin), begin + pd.Timedelta(days=days - 1), freq="D").as_unit("us")
        return Axis(span, int((begin - span[0]).days))

    @property
    def horizon(self) -> int:
        """Days to forecast."""
        return len(self.days) - self.cutoff


@dataclass(frozen=True)
class Grid:
    """Every interval of the axis: UTC start, row on the axis, local slot, and whether contacts come then."""

    axis: Axis
    interval_min: int
    starts: pd.DatetimeIndex
    row: np.ndarray
    slot: np.ndarray
    is_open: np.ndarray

    @staticmethod
    def of(queue: Queue, axis: Axis, *, interval_min: int) -> Grid:
        """Deferred channels receive contacts around the clock; others within their opening hours."""
        zone = queue.hours.zone
        begin, end = midnight(axis.days[0], zone), midnight(axis.days[-1] + pd.Timedelta(days=1), zone)
        starts = pd.date_range(
            begin, end, freq=f"{min(interval_min, HOUR_MIN)}min", inclusive="left"
        ).as_unit("us")
        row, slot = local_cells(starts, zone, axis.days[0], interval_min=interval_min)
        is_open = np.ones(len(starts), bool) if queue.kind == "deferred" else queue.hours.is_open(starts)
        is_open &= _alive(queue, axis)[row]
        if interval_min <= HOUR_MIN:
            return Grid(axis, interval_min, starts, row, slot, is_open)
        first = np.flatnonzero(np.r_[True, (row[1:] != row[:-1]) | (slot[1:] != slot[:-1])])
        return Grid(
            axis, interval_min, starts[first], row[first], slot[first], np.logical_or.reduceat(is_open, first)
        )

    @property
    def slots(self) -> int:
        """Local slots of a day of 24 hours."""
        return DAY_MIN // self.interval_min

    @cached_property
    def open_intervals(self) -> np.ndarray:
        """Open intervals in each local slot (days x slots): 2 where the clock is put back, 0 when closed."""
        return self._count(self.is_open)

    @cached_property
    def clock_changes(self) -> np.ndarray:
        """Days of 23 or 25 hours (days,)."""
        changes: np.ndarray = (self._count(np.ones(len(self.row))) != 1).any(axis=1)
        return changes

    def _count(self, weights: np.ndarray) -> np.ndarray:
        return cell_sums(self.row, self.slot, weights, shape=(len(self.axis.days), self.slots))


@dataclass(frozen=True)
class Reading:
    """How the rows of a history were read, where it was not as they stand.

    `told` is what planners said of its days; `outages` (days x slots) are zeros in the middle of a busy day,
    taken as unknown; `zeros_left_out` says that intervals without contacts have no row.
    """

    told: Told
    outages: np.ndarray
    zeros_left_out: bool


@dataclass(frozen=True)
class QueueHistory:
    """What is known of one queue, by local day and slot (days x slots).

    `contacts` are NaN where unknown and 0 when closed; `answered` and `handle_s` (seconds) are sums, 0 where
    either is unknown. `reading` is None where there were no rows to read.
    """

    queue: Queue
    grid: Grid
    contacts: np.ndarray
    answered: np.ndarray
    handle_s: np.ndarray
    reading: Reading | None = None

    @cached_property
    def open_days(self) -> np.ndarray:
        """Days with an open interval (days,)."""
        return np.asarray(self.grid.open_intervals.any(axis=1))

    @cached_property
    def day_totals(self) -> np.ndarray:
        """Contacts of each day (days,); NaN where fewer than half of the open intervals are known.

        Unknown intervals of a known day are made up for by the share they usually have.
        """
        open_intervals = self.grid.open_intervals
        seen = ~np.isnan(self.contacts) & (open_intervals > 0)
        part = (open_intervals * seen).sum(axis=1) / np.maximum(open_intervals.sum(axis=1), 1)
        whole = part == 1
        usual = np.nanmean(self.contacts[whole], axis=0) if whole.any() else np.ones(self.grid.slots)
        usual = usual * (open_intervals > 0) + 1e-9
        share = (usual * seen).sum(axis=1) / np.maximum((usual * (open_intervals > 0)).sum(axis=1), 1e-9)
        total = np.nansum(self.contacts * seen, axis=1) / np.maximum(share, 1e-9)
        known = self.open_days & (part >= HALF)
        known[self.grid.axis.cutoff :] = False
        return np.where(known, total, np.nan)

    @cached_property
    def days_known(self) -> int:
        """Number of known days."""
        return int((~np.isnan(self.day_totals)).sum())


def histories(volume: pd.DataFrame, centre: Centre, axis: Axis) -> dict[QueueKey, QueueHistory]:
    """The history of each queue of the centre that has rows before the cutoff, from a VOLUME table."""
    rows_of = volume.groupby(["site", "language", "channel"], sort=False, observed=True).indices
    columns = [c for c in ("answered", *HANDLING, "handle_s") if c in volume.columns]
    needed = volume[["interval_start", "interval_min", "offered", *columns]]
    return {
        key: found
        for key, queue in centre.queues.items()
        if key in rows_of
        and (found := _history(needed.iloc[rows_of[tuple(key)]], queue, axis, centre=centre)) is not None
    }


def _history(rows: pd.DataFrame, queue: Queue, axis: Axis, *, centre: Centre) -> QueueHistory | None:
    rows = rows[rows["interval_start"] < midnight(axis.days[axis.cutoff], queue.hours.zone)]
    if rows.empty:
        return None
    latest = int(rows["interval_min"].iloc[int(rows["interval_start"].argmax())])
    grid = Grid.of(queue, axis, interval_min=max(latest, centre.interval_min))
    rows = rows[rows["interval_min"] <= grid.interval_min]
    row, slot = local_cells(
        pd.DatetimeIndex(rows["interval_start"]),
        queue.hours.zone,
        axis.days[0],
        interval_min=grid.interval_min,
    )
    sums = _Sums(rows, row, slot, shape=(len(axis.days), grid.slots))
    present = sums.of(rows["interval_min"]) / grid.interval_min
    offered = sums.of(rows["offered"])
    zeros_left_out = _leaves_zeros_out(offered, present, grid)
    contacts = _contacts(offered, present, grid, zeros_left_out=zeros_left_out)
    said = told(axis.days, queue, centre)
    silent = _outages(contacts, grid) & ~said.vouched[:, None]
    contacts[silent | said.left_out[:, None]] = np.nan
    answered, handle_s = (np.where(said.left_out[:, None], 0, part) for part in _handled(rows, sums))
    return QueueHistory(
        queue, grid, contacts, answered, handle_s, reading=Reading(said, silent, zeros_left_out)
    )


@dataclass(frozen=True)
class _Sums:
    """Adds a column of the rows up over local days and slots."""

    rows: pd.DataFrame
    row: np.ndarray
    slot: np.ndarray
    shape: tuple[int, int]

    def of(self, values: pd.Series) -> np.ndarray:
        return cell_sums(self.row, self.slot, values.fillna(0).to_numpy(float), shape=self.shape)


def _leaves_zeros_out(offered: np.ndarray, present: np.ndarray, grid: Grid) -> bool:
    """Whether a queue has no row where it has no contacts: no zero anywhere, and holes on many days."""
    here, lives = _told_of(present, grid)
    holes = ((grid.open_intervals[: len(here)] > 0) & ~here)[lives].any(axis=1)
    no_zero_row = not ((offered == 0) & (present > 0)).any()
    return bool(no_zero_row and lives.any() and holes.mean() > OMITS_ZEROS)


def _told_of(present: np.ndarray, grid: Grid) -> tuple[np.ndarray, np.ndarray]:
    """Open cells of the past whose every interval has a row (days x slots), and days with any (days,)."""
    past = slice(0, grid.axis.cutoff)
    here = (grid.open_intervals[past] > 0) & (present[past] >= grid.open_intervals[past] - 0.01)
    return here, np.asarray(here.any(axis=1))


def _contacts(offered: np.ndarray, present: np.ndarray, grid: Grid, *, zeros_left_out: bool) -> np.ndarray:
    """Contacts with NaN where an open interval has no row, unless the queue leaves zeros out."""
    is_open = grid.open_intervals > 0
    here, lives = _told_of(present, grid)
    known = ~is_open
    known[: len(here)] |= here | lives[:, None] if zeros_left_out else here
    return np.where(is_open, np.where(known, offered, np.nan), 0.0)


def _outages(contacts: np.ndarray, grid: Grid) -> np.ndarray:
    """Intervals of the past in which nothing was counted though it must have come (days x slots)."""
    cutoff = grid.axis.cutoff
    found = np.zeros(contacts.shape, bool)
    found[:cutoff] = outages(contacts[:cutoff], grid.axis.days[:cutoff].day_of_week.to_numpy())
    return found & (grid.open_intervals > 0)


def _handled(rows: pd.DataFrame, sums: _Sums) -> tuple[np.ndarray, np.ndarray]:
    """Contacts answered and their handle time (days x slots), 0 where not both are known."""
    if "answered" not in rows.columns:
        return np.zeros(sums.shape), np.zeros(sums.shape)
    spent = pd.Series(np.nan, index=rows.index)
    if "handle_s" in rows.columns:
        spent = rows["handle_s"]
    if "talk_s" in rows.columns:
        parts = [rows[name].fillna(0) for name in HANDLING if name in rows.columns]
        spent = spent.fillna(sum(parts, start=pd.Series(0.0, index=rows.index)).where(rows["talk_s"].notna()))
    both = rows["answered"].notna() & spent.notna()
    return sums.of(rows["answered"].where(both)), sums.of(spent.where(both))


def _alive(queue: Queue, axis: Axis) -> np.ndarray:
    """Days from the queue's first to its last (days,)."""
    alive = np.ones(len(axis.days), bool)
    if queue.first_day is not None:
        alive &= np.asarray(axis.days >= pd.Timestamp(queue.first_day))
    if queue.last_day is not None:
        alive &= np.asarray(axis.days <= pd.Timestamp(queue.last_day))
    return alive


def local_cells(
    starts: pd.DatetimeIndex, zone: str, first: pd.Timestamp, *, interval_min: int
) -> tuple[np.ndarray, np.ndarray]:
    """Row on an axis of local days that begins with `first`, and local slot of the day, of UTC moments."""
    local = starts.tz_convert(zone).tz_localize(None)
    minutes = (local - first).to_numpy() // np.timedelta64(1, "m")
    minutes = minutes.astype(np.int64)
    return minutes // DAY_MIN, minutes % DAY_MIN // interval_min


def cell_sums(
    row: np.ndarray, slot: np.ndarray, weights: np.ndarray, *, shape: tuple[int, int]
) -> np.ndarray:
    """Sum of the weights in each cell of days x slots; rows outside the axis are left out."""
    inside = (row >= 0) & (row < shape[0])
    cell = row[inside] * shape[1] + slot[inside]
    return np.bincount(cell, weights=weights[inside], minlength=shape[0] * shape[1]).reshape(shape)
