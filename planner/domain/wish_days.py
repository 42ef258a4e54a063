"""The days and clock times of a wish, as people write them: `mon-fri`, `sat;sun`, `2026-12-24`; `08:30`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pandas as pd

from planner.domain.column import Found
from planner.domain.timegrid import WEEKDAYS

CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?")
MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?$")  # what a spreadsheet adds to a date
Days = tuple[frozenset[int], frozenset[date]]


def days_of(text: str) -> Days:
    """Weekdays (0 = Monday) and dates of a list joined by `;` of all, mon, mon-fri or 2026-12-24.

    ValueError names the part that is neither.

    >>> days_of("sat-sun;2026-12-24")
    (frozenset({5, 6}), frozenset({datetime.date(2026, 12, 24)}))
    """
    weekdays: set[int] = set()
    dates: set[date] = set()
    for part in (MIDNIGHT.sub("", each.strip().lower()) for each in text.split(";") if each.strip()):
        if part[0].isdigit():
            dates.add(date.fromisoformat(part))
        else:
            weekdays |= _weekdays(part)
    if not weekdays and not dates:
        raise ValueError("names no day")
    return frozenset(weekdays), frozenset(dates)


def _weekdays(name: str) -> set[int]:
    if name == "all":
        return set(range(7))
    first, _, last = name.partition("-")
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return {(begin + n) % 7 for n in range((end - begin) % 7 + 1)}


def falls_on(text: str, calendar: pd.DatetimeIndex) -> np.ndarray:
    """Which local days a wish for the days of `text` speaks of."""
    weekdays, dates = days_of(text)
    named = calendar.isin([pd.Timestamp(day) for day in dates])
    return np.asarray(np.isin(calendar.day_of_week, list(weekdays)) | named, bool)


def minutes_of(clock: str) -> int:
    """Minutes after midnight of a local clock time; ValueError when it is none.

    >>> minutes_of("08:30"), minutes_of("24:00")
    (510, 1440)
    """
    found = CLOCK.fullmatch(clock.strip())
    if not found or (minutes := int(found[1]) * 60 + int(found[2])) > 1440:
        raise ValueError(f"“{clock}” is no clock time; write it as 08:30")
    return minutes


def readable(
    column: str, read: Callable[[str], object], note: str
) -> Callable[[pd.DataFrame], Iterator[Found]]:
    """A check that every cell of a text column can be read."""

    def rule(frame: pd.DataFrame) -> Iterator[Found]:
        if column in frame.columns:
            cells = frame[column]
            strange = {text for text in cells.dropna().unique() if not _reads(read, text)}
            if strange:
                where = cells.isin(list(strange)).to_numpy(bool)
                yield Found("unreadable", column, where, lambda v: f"“{v}” {note}")

    return rule


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def bands_where_due(frame: pd.DataFrame) -> Iterator[Found]:
    """A check of PREFERENCES: a wish for a start has a band from and to, other wishes have none."""
    kind = frame["wish"]
    for name in ("start_from", "start_to"):
        there = name in frame.columns
        cell = frame[name] if there else pd.Series(None, index=frame.index, dtype="str")
        missing = (kind.eq("start") & cell.isna()).to_numpy(bool)
        if missing.any():
            note = f"a wish for a start needs {name}, a clock time such as 08:30"
            yield Found("no_band", name if there else "wish", missing, _saying(note))
        stray = (kind.isin(["day off", "work"]) & cell.notna()).to_numpy(bool)
        if stray.any():
            yield Found(
                "stray_band", name, stray, _saying("only a wish for a start has a band; leave it blank")
            )


def _saying(note: str) -> Callable[[object], str]:
    return lambda _: note
