"""Findings that lie in which rows a history has: gaps, closed days, zeros left out, too few days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from forecasting.finding import Finding, Seen, counted, day_name, runs, span_name

EIGHT_WEEKS, A_YEAR, WEEK = 56, 330, 7
LOOKED_BACK = 8 * WEEK


def gaps(seen: Seen) -> Iterator[Finding]:
    """Open days without rows, and days of which some intervals have none."""
    past, axis = seen.examined.past, seen.history.grid.axis
    rows = slice(seen.first, axis.cutoff)
    said = seen.history.reading.told.left_out[rows] if seen.history.reading else np.zeros(past.n, bool)
    is_open = past.is_open[: past.n]
    absent = is_open & np.isnan(past.offered) & ~said
    for run in runs(absent, is_open):
        first, last = seen.day(int(run[0])), seen.day(int(run[-1]))
        missing = counted(len(run), "open day")
        where = f"{span_name(first, last)}: no rows"
        if run[-1] == np.flatnonzero(is_open)[-1]:
            where = f"the history ends before {day_name(first)}, {missing} before the forecast begins"
        yield Finding("gap", first, last, "left out", f"{where}; {missing} taken as unknown, not as zero")
    yield from _holes(seen, is_open & ~absent & ~said, rows)


def _holes(seen: Seen, known: np.ndarray, rows: slice) -> Iterator[Finding]:
    reading = seen.history.reading
    silent = reading.outages[rows] if reading else np.zeros((rows.stop - rows.start, 1), bool)
    holes = known & (np.isnan(seen.history.contacts[rows]) & ~silent).any(axis=1)
    days = np.flatnonzero(holes)
    if len(days):
        first, last = seen.day(int(days[0])), seen.day(int(days[-1]))
        reason = (
            f"{span_name(first, last)}: on {counted(len(days), 'day')} some intervals have no row; "
            "they are unknown, and their usual share is added to the day"
        )
        yield Finding("gap", first, last, "left out", reason)


def closed(seen: Seen) -> Iterator[Finding]:
    """Weekdays and holidays on which the history shows that nobody answers, though they are open on paper."""
    past = seen.examined.past
    days, weekday = past.calendar.days[: past.n], past.calendar.weekday[: past.n]
    shut = past.calendar.is_open[: past.n] & ~past.is_open[: past.n]
    recent = np.arange(past.n) >= past.n - LOOKED_BACK
    whole = [d for d in range(WEEK) if shut[weekday == d].any() and shut[(weekday == d) & recent].all()]
    for d in whole:
        here = days[(weekday == d) & recent]
        reason = f"hardly any contacts on {here[0]:%A}s in the last weeks; taken as closed"
        yield Finding("closed_day", here[0], here[-1], "left out", reason, size=-1.0)
    single = days[shut & ~np.isin(weekday, whole)]
    if len(single):
        reason = (
            f"no contacts on {counted(len(single), 'public holiday')}; holidays like them are taken as closed"
        )
        yield Finding("closed_day", single[0], single[-1], "left out", reason, size=-1.0)


def left_zeros_out(seen: Seen) -> Iterator[Finding]:
    """Whether the file has no rows for intervals without contacts."""
    if seen.history.reading is None or not seen.history.reading.zeros_left_out:
        return
    first, last = _known_span(seen)
    reason = "no row has zero contacts and many intervals have no row; on days with rows they count as zero"
    yield Finding("zeros_left_out", first, last, "said", reason)


def short(seen: Seen) -> Iterator[Finding]:
    """Whether the history is short, and what cannot be known from it."""
    known, span = seen.history.days_known, seen.examined.past.known_age
    if not known or span >= A_YEAR:
        return
    first, last = _known_span(seen)
    if span >= EIGHT_WEEKS:
        reason = f"{counted(known, 'day')} of history: no full year, so its own season cannot be known"
        yield Finding("short_history", first, last, "said", reason)
        return
    weekdays = np.unique(
        seen.examined.past.calendar.weekday[: seen.examined.past.n][seen.examined.past.known]
    )
    never = WEEK - len(weekdays)
    note = f"; {counted(never, 'weekday')} never seen" if never else ""
    reason = f"only {counted(known, 'day')} of history{note}: a rough forecast, its intervals are wide"
    yield Finding("short_history", first, last, "said", reason)


def _known_span(seen: Seen) -> tuple[pd.Timestamp, pd.Timestamp]:
    rows = np.flatnonzero(~np.isnan(seen.examined.past.offered))
    return seen.day(int(rows[0])), seen.day(int(rows[-1]))
