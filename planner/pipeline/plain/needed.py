"""A plain requirement on the queues and clocks of a centre: language x interval becomes REQUIREMENT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.keys import QUEUE
from planner.domain.problems import InputError, Problem, counted
from planner.importers.plain import PlainRequirement

LENGTHS_MIN = (15, 30, 60)
KEPT_MIN = 30  # hours are needed through both their halves
SHOWN = 20
ALIKE = ["site", "language", "channel", "column"]


@dataclass(frozen=True)
class Told:
    """What a file says of a queue, blank where it does not."""

    site: str
    language: str
    channel: str


class NotAQueue(Exception):
    """What a file says means no queue: which of site, language and channel is wrong, and why."""

    def __init__(self, key: str, note: str) -> None:
        super().__init__(note)
        self.key = key


Means = Callable[[Told], QueueKey]


@dataclass(frozen=True)
class Needed:
    """REQUIREMENT as far as a schedule needs it, its interval, and what a planner must hear about it."""

    rows: pd.DataFrame
    interval_min: int
    notices: tuple[str, ...]


def needed(plain: PlainRequirement, means: Means, zones: Mapping[str, str]) -> Needed:
    """The rows by queue and interval (UTC): site, language, channel, interval_start, interval_min, agents.

    Times without an offset stand on the clock of their site. One row for an hour that happens twice holds
    for both; rows for one that never happens are left out. InputError names whatever cannot be meant.
    """
    rows = with_queues(plain, means)
    length = interval_of(rows, plain.file)
    moments, skipped = _moments(rows, zones, zoned=plain.zoned)
    problems = list(_twice(moments, plain))
    if problems:
        raise InputError(problems)
    kept = moments[[*QUEUE, "interval_start", "agents"]].rename(columns={"agents": "agents_scheduled"})
    notices = (*plain.notices, *_said_of(skipped, length))
    return by_intervals(Needed(kept.assign(interval_min=length), length, notices), KEPT_MIN)


def by_intervals(need: Needed, most_min: int) -> Needed:
    """The same by intervals of at most so many minutes: whoever is needed is needed in every part."""
    if need.interval_min <= most_min:
        return replace(need, rows=need.rows.sort_values([*QUEUE, "interval_start"], ignore_index=True))
    starts = range(0, need.interval_min, most_min)
    parts = [
        need.rows.assign(interval_start=need.rows["interval_start"] + pd.Timedelta(minutes=n)) for n in starts
    ]
    rows = pd.concat(parts).assign(interval_min=most_min)
    return Needed(rows.sort_values([*QUEUE, "interval_start"], ignore_index=True), most_min, need.notices)


def _said_of(skipped: int, length: int) -> Iterator[str]:
    if skipped:
        rows = counted(skipped, "row")
        yield f"{rows} left out: when the clock goes forward, their time does not come"
    if length > KEPT_MIN:
        yield "hours are read as the people needed through both their halves"


def with_queues(plain: PlainRequirement, means: Means) -> pd.DataFrame:
    """The plain rows under the codes of the queues meant; InputError names each text that means none."""
    groups = plain.rows.groupby(ALIKE, sort=False, dropna=False)
    queues: dict[int, QueueKey] = {}
    problems = []
    for number, (texts, places) in enumerate(groups.indices.items()):
        try:
            queues[number] = means(Told(*texts[:3]))
        except NotAQueue as wrong:
            column = plain.labels.get(wrong.key, texts[3])
            first = int(plain.rows["row"].iloc[places].min())
            more = f" ({counted(len(places), 'row')})" if len(places) > 1 else ""
            problems.append(Problem("unknown_queue", f"{wrong}{more}", plain.file, first, column))
    if problems:
        raise InputError(problems[:SHOWN])
    which = groups.ngroup()
    named = {name: which.map({n: getattr(key, name) for n, key in queues.items()}) for name in QUEUE}
    return plain.rows.assign(**named)


def interval_of(rows: pd.DataFrame, file: str) -> int:
    """Minutes of the file's interval: the least step between the times of a queue."""
    away = pd.to_timedelta(rows["offset_min"].fillna(0), unit="min")
    minute = (rows["local"] - away).to_numpy().astype("datetime64[m]").astype(np.int64)
    steps = pd.Series(minute).sort_values().groupby(rows["local"].dt.normalize().to_numpy()).diff()
    found = int(steps[steps > 0].min()) if (steps > 0).any() else 0
    if found not in LENGTHS_MIN or (minute % found).any():
        said = f"every {found} min" if found else "with one time a day"
        note = f"has rows {said}; people needed are read by 15, 30 or 60 from the full hour on"
        raise InputError([Problem("other_interval", note, file)])
    return found


def _moments(rows: pd.DataFrame, zones: Mapping[str, str], *, zoned: bool) -> tuple[pd.DataFrame, int]:
    """The rows with `interval_start` in UTC and `again`, how often their time stood before; rows skipped."""
    if zoned:
        utc = rows["local"] - pd.to_timedelta(rows["offset_min"], unit="min")
        made = rows.assign(interval_start=utc.dt.tz_localize("UTC"))
        return made.assign(again=made.groupby([*QUEUE, "interval_start"]).cumcount()), 0
    parts = [_on_clock(part, zones[str(site)]) for site, part in rows.groupby("site", sort=False)]
    made = pd.concat(parts)
    known = made["interval_start"].notna()
    return made[known], int((~known).sum())


def _on_clock(rows: pd.DataFrame, zone: str) -> pd.DataFrame:
    """A site's rows by its own clock. `again` is 0 for the second of two rows in a repeated hour as well."""
    nth = rows.groupby([*QUEUE, "local"]).cumcount()
    first, second = (
        rows["local"].dt.tz_localize(zone, ambiguous=np.full(len(rows), early), nonexistent="NaT")
        for early in (True, False)
    )
    repeated = (first != second) & first.notna()
    later = repeated & (nth == 1)
    here = rows.assign(interval_start=first.mask(later, second), again=nth - later)
    alone = repeated & (rows.groupby([*QUEUE, "local"])["local"].transform("size") == 1)
    copied = rows.assign(interval_start=second, again=0)[alone]
    both = pd.concat([here, copied])
    return both.assign(interval_start=both["interval_start"].dt.tz_convert("UTC"))


def _twice(rows: pd.DataFrame, plain: PlainRequirement) -> Iterator[Problem]:
    """Rows that say a queue's need of a moment again."""
    again = rows[rows["again"] > 0]
    for row in again.head(SHOWN).itertuples():
        key = QueueKey(row.site, row.language, row.channel)
        note = f"{key} at {row.local:%Y-%m-%d %H:%M} stands in an earlier row too; keep one"
        yield Problem("duplicate_key", note, plain.file, int(row.row), row.column)
    if len(again) > SHOWN:
        more = counted(len(again) - SHOWN, "more row")
        yield Problem("duplicate_key", f"and {more} of the same kind", plain.file)
