"""A plain history by local day and slot, in intervals worth planning by, its missing rows understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from forecasting.intervals import DAY_MIN, Steps, planning_interval, steps_of
from forecasting.opening_hours import Observed, with_zeros, zeros_left_out
from planner.domain.centre import QueueKey
from planner.domain.problems import InputError, Problem, counted
from planner.importers.plain import PlainHistory
from planner.pipeline.plain.clock import Clock

FILE, NONE = "history", "-"  # site, and language or channel, of a queue without such names
KEYS = ("site", "language", "channel")
ENOUGH = 0.5  # of the file's intervals in a longer one must be there for it to be known
LONG_SILENCE = 7  # days at the end without any contacts that are no history
REPEATED = 0.95  # of the rows that share their time have the same contacts: from here they are copies
FEWEST_COPIES, ORDINARY = 10, 2  # rows, of more contacts than two queues have alike by chance
SUMS = ("answered", "talk_s", "hold_s", "wrap_s", "handle_s")


@dataclass(frozen=True)
class Conventions:
    """How a file writes its history: its steps, the interval planned by, which series leave zeros out."""

    clock: Clock
    steps: Steps
    interval_min: int
    leave_zeros_out: frozenset[QueueKey]

    @property
    def factor(self) -> int:
        """The file's intervals in one planned by."""
        return max(self.interval_min // self.steps.interval_min, 1)


@dataclass(frozen=True)
class Named:
    """A plain history with the queue of each row and its time on the chosen clock, less the phase."""

    rows: pd.DataFrame
    names: Mapping[QueueKey, tuple[str, ...]]
    notice: str | None = None


def named(history: PlainHistory, clock: Clock) -> Named:
    """The rows with their clock time and queue; `names` gives each queue's cells of the series columns."""
    rows = history.rows.assign(local=clock.local(history.rows))
    columns = [f"series_{k}" for k in range(len(history.series))]
    if not columns:
        key = QueueKey(FILE, NONE, NONE)
        return Named(rows.assign(queue=0), {key: ()})
    codes, cells = pd.factorize(pd.MultiIndex.from_frame(rows[columns]))
    names = {_key(tuple(cell), history.series): tuple(cell) for cell in cells}
    return Named(rows.assign(queue=codes), names)


def without_copies(found: Named) -> Named:
    """Rows that repeat a time with the same contacts are copies; others are added up, as is done later."""
    rows = found.rows
    key = ["queue", "local", "offset_min"]
    again = rows.duplicated(key)
    if not again.any():
        return found
    telling = again & (rows["offered"] > ORDINARY)
    copies = telling & rows.duplicated([*key, "offered"])
    said = counted(int(again.sum()), "row")
    if copies.sum() >= max(REPEATED * telling.sum(), FEWEST_COPIES):
        note = f"{said} with a time and contacts that another has were taken for copies"
        return replace(found, rows=rows[~again], notice=note)
    note = f"{said} with a time that another has were added up; --series-column tells queues apart"
    return replace(found, notice=note)


def _key(cell: tuple[str, ...], headings: tuple[str, ...]) -> QueueKey:
    """A queue of its own for every series; headings that name our keys give them."""
    known = {head.casefold(): value for head, value in zip(headings, cell) if head.casefold() in KEYS}
    rest = " · ".join(value for head, value in zip(headings, cell) if head.casefold() not in KEYS)
    site, language = known.get("site", FILE), known.get("language", rest or NONE)
    if "language" in known and rest:
        site = f"{site} · {rest}"
    return QueueKey(site, language, known.get("channel", NONE))


def conventions(found: Named, clock: Clock, *, interval_min: int | None, file: str) -> Conventions:
    """How the file writes its history, told by these rows; InputError where no interval fits."""
    rows = found.rows
    known = rows[rows["offered"].notna()]
    steps = steps_of(np.unique(_minutes(known["local"]))) if len(known) else Steps(DAY_MIN)
    if steps is None:
        note = "the rows lie more than a day apart; bring the days or intervals that these were summed from"
        raise InputError([Problem("too_coarse", note, file)])
    usual = planning_interval(steps, known["offered"].to_numpy(float))
    wanted = interval_min or usual
    if wanted % steps.interval_min or DAY_MIN % wanted:
        note = (
            f"intervals of {wanted} min cannot be summed from the file's {steps.interval_min} min; "
            f"choose a multiple that divides a day, or leave --interval out"
        )
        raise InputError([Problem("odd_interval", note, file)])
    fine = {key: _observed(part, steps) for key, part in by_queue(found).items()}
    leave_out = frozenset(key for key, each in fine.items() if zeros_left_out(each))
    return Conventions(clock, steps, wanted, leave_out)


def by_queue(found: Named) -> dict[QueueKey, pd.DataFrame]:
    """The rows of each queue; a queue without rows has none."""
    return {
        key: part
        for code, key in enumerate(found.names)
        if len(part := found.rows[found.rows["queue"] == code])
    }


def _minutes(local: pd.Series) -> np.ndarray:
    minutes: np.ndarray = local.to_numpy().astype("datetime64[m]").astype(np.int64)
    return minutes


def grids(found: Named, how: Conventions) -> dict[QueueKey, Observed]:
    """Each queue's contacts by day and slot planned by; NaN where unknown."""
    return {key: grid(part, how, key=key) for key, part in by_queue(found).items()}


def grid(rows: pd.DataFrame, how: Conventions, *, key: QueueKey) -> Observed:
    """One queue's contacts by day and slot planned by.

    A slot of which only some of the file's intervals are there is scaled up from half of them on.
    """
    fine = _observed(rows, how.steps)
    if key in how.leave_zeros_out:
        fine = with_zeros(fine)
    coarse = _regrouped(fine, how.factor)
    return _without_silent_ends(coarse)


def _observed(rows: pd.DataFrame, steps: Steps) -> Observed:
    """Sums of the rows by day and slot of the file's own interval."""
    rows = rows[rows["offered"].notna()]
    minutes = _minutes(rows["local"]) - steps.phase_min
    day, slot = minutes // DAY_MIN, minutes % DAY_MIN // steps.interval_min
    first, count = (int(day.min()), int(day.max() - day.min()) + 1) if len(day) else (0, 1)
    shape = count, DAY_MIN // steps.interval_min
    cell = (day - first) * shape[1] + slot
    size = shape[0] * shape[1]
    sums = np.bincount(cell, weights=rows["offered"].to_numpy(float), minlength=size).reshape(shape)
    there = np.bincount(cell, minlength=size).reshape(shape) > 0
    days = pd.date_range(pd.Timestamp(first, unit="D"), periods=count, freq="D").as_unit("us")
    return Observed(days, np.where(there, sums, np.nan))


def _regrouped(fine: Observed, factor: int) -> Observed:
    if factor == 1:
        return fine
    parts = fine.contacts.reshape(len(fine.days), -1, factor)
    there = (~np.isnan(parts)).sum(axis=2)
    usual = np.array([np.median(at[at > 0]) if (at > 0).any() else factor for at in there.T])
    known = (there > 0) & (there >= ENOUGH * usual)
    scale = np.maximum(usual / np.maximum(there, 1), 1)
    return Observed(fine.days, np.where(known, np.nansum(parts, axis=2) * scale, np.nan))


def _without_silent_ends(observed: Observed) -> Observed:
    """Zeros before the first contact, and long ones after the last, are no history: they are unknown."""
    came = np.flatnonzero(np.nansum(observed.contacts, axis=1) > 0)
    if not len(came):
        return observed
    last = came[-1] if len(observed.days) - 1 - came[-1] >= LONG_SILENCE else len(observed.days) - 1
    return Observed(observed.days[came[0] : last + 1], observed.contacts[came[0] : last + 1])
