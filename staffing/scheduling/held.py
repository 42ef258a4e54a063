"""Days that stay exactly as they are: locked shifts, training, and what the engine could not have written.

The engine gets such a day as a shift of its own that is off contact from its first to its last minute: it
counts for hours, rests and days in a row like any other, while what its people do on contact is taken off
the need beforehand. So a day may be held whatever it holds, and is written out again row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from staffing.scheduling.clock import Clock
from staffing.scheduling.shift_table import Kind
from staffing.shifts import Pause, Shift

MINUTE = pd.Timedelta(minutes=1)
DAY = ["agent_id", "day"]


@dataclass(frozen=True)
class HeldShift(Shift):
    """A shift of someone whose day is held, `held_min` long; only who is held in it may take it."""

    held_min: int = 0

    @property
    def span_min(self) -> int:
        """Minutes from the start to the end, whatever lies between."""
        return self.held_min


def held_days(rows: pd.DataFrame, clock: Clock) -> pd.DataFrame:
    """One row per held agent and day: start_min and span_min on whole intervals, paid_min (all but meals).

    `rows` are segments of a SCHEDULE; `start_min` is the clock time in minutes after the local midnight.
    """
    length = (rows["end"] - rows["start"]) / MINUTE
    each = rows.assign(paid=length.where(rows["activity"] != "meal", 0.0)).groupby(DAY, as_index=False)
    days = each.agg(start=("start", "min"), end=("end", "max"), paid_min=("paid", "sum"))
    step = clock.interval_min
    begin = ((days["start"] - clock.midnights[0]) / MINUTE).to_numpy() // step * step
    stop = -(-((days["end"] - clock.midnights[0]) / MINUTE).to_numpy() // step) * step
    local = (clock.midnights[0] + pd.to_timedelta(begin, unit="min")).tz_convert(clock.zone)
    return days.assign(
        start_min=np.asarray(local.hour * 60 + local.minute, np.int64),
        span_min=(stop - begin).astype(np.int64),
        begin=(begin // step).astype(np.int64),
    )


def held_shifts(
    days: pd.DataFrame, contracts: Mapping[str, str], kinds: Mapping[str, Kind]
) -> dict[str, Kind]:
    """The kinds with a shift for each way in which their people are held.

    `days` is as from `held_days`, `contracts` gives each agent's contract. Hours that are no multiple of
    the contract's unit count as the next one, so that no week gets more than its hours.
    """
    known = days.assign(contract=days["agent_id"].map(dict(contracts)))
    found = dict(kinds)
    for name, rows in known.groupby("contract"):
        kind = kinds[str(name)]
        ways = rows.assign(paid=_whole_units(rows["paid_min"].to_numpy(), kind))
        shifts = [
            _shift(start, span, paid, each["day"])
            for (start, span, paid), each in ways.groupby(["start_min", "span_min", "paid"])
        ]
        found[str(name)] = replace(kind, shifts=(*kind.shifts, *shifts))
    return found


def _shift(start_min: int, span_min: int, paid_min: int, days: pd.Series) -> HeldShift:
    away = Pause("break", int(span_min), 0, 0)
    on = frozenset(day.date() for day in days)
    return HeldShift("held", int(start_min), int(paid_min), (away,), on, held_min=int(span_min))


def _whole_units(paid_min: np.ndarray, kind: Kind) -> np.ndarray:
    """Paid minutes in whole units of the kind; where all its shifts are as long, a day is one of them."""
    if not kind.shifts:
        return np.ceil(paid_min).astype(np.int64)
    unit = kind.unit_min or kind.shifts[0].paid_min
    lengths = {shift.paid_min for shift in kind.shifts if not shift.overtime}
    most = max(lengths) if len(lengths) == 1 else np.inf
    return np.minimum(np.ceil(paid_min / unit - 1e-9) * unit, most).astype(np.int64)


def cover_of(rows: pd.DataFrame, queues: Sequence[QueueKey], clock: Clock) -> np.ndarray:
    """Agents on contact in segments of a SCHEDULE, queue x interval of the horizon; parts of one count."""
    step, cover = clock.interval_min, np.zeros((len(queues), clock.horizon))
    number = {queue: q for q, queue in enumerate(queues)}
    contact = rows[(rows["activity"] == "contact") & (rows["end"] > clock.midnights[0])]
    keys = zip(contact["site"], contact["language"], contact["channel"])
    q = np.array([number.get(QueueKey(*key), -1) for key in keys], np.int64)
    begin, stop = (((contact[edge] - clock.midnights[0]) / MINUTE).to_numpy() for edge in ("start", "end"))
    first, last = np.floor(begin / step).astype(np.int64), np.ceil(stop / step).astype(np.int64)
    count = np.maximum(last - first, 0)
    of = np.repeat(np.arange(len(q)), count)
    t = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count) + first[of]
    share = (np.minimum(stop[of], (t + 1) * step) - np.maximum(begin[of], t * step)) / step
    inside = (q[of] >= 0) & (t >= 0) & (t < clock.horizon)
    np.add.at(cover, (q[of][inside], t[inside]), share[inside])
    return cover
