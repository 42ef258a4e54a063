"""What was found in a file: rows, span, queues, gaps, clock changes, and how the source counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.membership import QUEUE, open_within
from planner.domain.problems import counted
from planner.domain.timegrid import ClockChange, clock_changes, local_day
from planner.importers.tabulated import Conventions
from planner.records import Opened

NAMED = 5  # queues, gaps and clock changes written out in the text; the rest is counted
SPANS = (("interval_start",), ("arrived_at",), ("evaluated_at",), ("first_day", "last_day"))
DAY_MIN = 1440
LONGEST = pd.Timedelta(days=30 * 366)  # a longer span is no record of one operation: its gaps are not listed


@dataclass(frozen=True)
class Gap:
    """Open intervals of a queue without a row, between its first and last row; times in UTC."""

    queue: QueueKey
    intervals: int
    first: pd.Timestamp
    last: pd.Timestamp

    def __str__(self) -> str:
        return f"{self.queue} {self.intervals:,}, {self.first:%Y-%m-%d %H:%M} to {_moment(self.last)}"


@dataclass(frozen=True)
class ImportReport:
    """What an importer found; as text, one fact a line.

    `span` is the first and last moment (UTC) or day. `duplicates` are repeated keys: a file that has
    any is refused, so that a report always states 0.
    """

    file: str
    format: str
    table: str
    rows: int
    span: tuple[pd.Timestamp, pd.Timestamp] | None
    queues: tuple[QueueKey, ...]
    gaps: tuple[Gap, ...]
    clock_changes: tuple[ClockChange, ...]
    ignored: tuple[str, ...]
    opened: Opened
    conventions: Conventions
    notices: tuple[str, ...] = ()
    duplicates: int = 0

    def __str__(self) -> str:
        facts = {
            "span": " to ".join(map(_moment, self.span)) if self.span else "",
            "queues": f"{len(self.queues)}: {_first(self.queues)}" if self.queues else "",
            "gaps": self._gaps() if self.table == "VOLUME" else "",
            "duplicates": f"{self.duplicates:,}" if self.duplicates else "none",
            "clock changes": _first(self.clock_changes),
            "columns left out": ", ".join(self.ignored),
            "read as": _read_as(self.opened),
            "service level": self.conventions.service_level,
            "AHT": self.conventions.aht,
            "interval": self.conventions.attribution,
            "note": "; ".join(self.notices),
        }
        title = f"{self.file}: {counted(self.rows, 'row')} of {self.table} ({self.format})"
        return "\n".join([title, *(f"  {name:16} {fact}" for name, fact in facts.items() if fact)])

    def _gaps(self) -> str:
        missing = sum(gap.intervals for gap in self.gaps)
        open_intervals = f"{counted(missing, 'open interval')} without a row"
        return f"{open_intervals}: {_first(self.gaps)}" if missing else "none"


def span_of(frame: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """First and last moment or day of a checked table; None where it has no time."""
    for names in SPANS:
        if set(names) <= set(frame.columns) and len(frame):
            return frame[names[0]].min(), frame[names[-1]].max()
    return None


def queues_of(frame: pd.DataFrame) -> tuple[QueueKey, ...]:
    """The queues of a table in the order in which they appear; rows of no queue, such as meals, have none."""
    if not set(QUEUE) <= set(frame.columns):
        return ()
    return tuple(
        QueueKey(*names) for names in frame[QUEUE].dropna().drop_duplicates().itertuples(index=False)
    )


def gaps_of(volume: pd.DataFrame, centre: Centre) -> tuple[Gap, ...]:
    """Queues of VOLUME that lack rows for open intervals within their span; none beyond 30 years."""
    times = volume[["interval_start", "interval_min"]]
    if times["interval_start"].max() - times["interval_start"].min() > LONGEST:
        return ()
    found = []
    for names, places in volume.groupby(QUEUE, sort=False).indices.items():
        key = QueueKey(*names)
        missing = _missing(times.iloc[places], centre.queues[key], centre.sites[key.site].time_zone)
        if len(missing):
            found.append(Gap(key, len(missing), missing.min(), missing.max()))
    return tuple(found)


def _missing(rows: pd.DataFrame, queue: Queue, zone: str) -> pd.DatetimeIndex:
    """Starts of the open intervals without a row; daily rows are compared by the site's local day."""
    length = int(rows["interval_min"].min())
    there = pd.DatetimeIndex(rows["interval_start"])
    if length == DAY_MIN:
        days = local_day(rows["interval_start"], zone)
        every = pd.date_range(days.min(), days.max(), freq="D")
        absent = every.difference(pd.DatetimeIndex(days))
        lacking = absent.tz_localize(zone, ambiguous=np.ones(len(absent), bool), nonexistent="shift_forward")
        lacking = lacking.tz_convert("UTC")
    else:
        every = pd.date_range(there.min(), there.max(), freq=f"{length}min")
        lacking = every.difference(there)
    return lacking[
        open_within(queue.hours, pd.DataFrame({"interval_start": lacking, "interval_min": length}))
    ]


def changes_of(frame: pd.DataFrame, centre: Centre) -> tuple[ClockChange, ...]:
    """Clock changes of the sites in a table, within its span."""
    span = span_of(frame)
    if span is None or "site" not in frame.columns or span[0].tzinfo is None:
        return ()
    zones = dict.fromkeys(centre.sites[site].time_zone for site in frame["site"].unique())
    changes = [change for zone in zones for change in clock_changes(zone, *span)]
    return tuple(sorted(changes, key=lambda change: change.at))


def _moment(time: pd.Timestamp) -> str:
    return f"{time:%Y-%m-%d}" if time.tzinfo is None else f"{time:%Y-%m-%d %H:%M} UTC"


def _first(things: tuple[object, ...]) -> str:
    rest = [f"and {len(things) - NAMED:,} more"] if len(things) > NAMED else []
    return "; ".join([*map(str, things[:NAMED]), *rest])


def _read_as(opened: Opened) -> str:
    separators = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
    parts = [
        opened.kind,
        opened.encoding,
        f"separated by {separators[opened.separator]}" if opened.separator else None,
        f"sheet {opened.sheet}" if opened.sheet else None,
        f"header in row {opened.header_row}" if opened.kind != "Parquet" else None,
    ]
    return ", ".join(part for part in parts if part)
