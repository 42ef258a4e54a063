"""Findings that lie in what the days brought: odd days, hours of silence, levels that moved, one-offs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from forecasting.finding import Finding, Seen, counted, day_name, span_name
from forecasting.level_shifts import LevelShift
from forecasting.odd_days import OddDay
from forecasting.told import touches, within
from planner.domain.teaching import Teaching

AROUND = "what its weekday and the weeks around it suggest"


def odd(seen: Seen) -> Iterator[Finding]:
    """Days far from what the days around them suggest, and days without any contact."""
    for one in seen.examined.odd:
        day = seen.day(one.row)
        kind, treatment, why = _treated(one)
        word = seen.word_on(day) if one.why == "vouched" else None
        said = f"; kept because {word.author} says so: {word.reason}" if word else why
        reason = f"{day_name(day)}: {_far(one.size)} {AROUND}{said}"
        yield Finding(kind, day, day, treatment, reason, one.size, decided_by=_by(word))


def _treated(one: OddDay) -> tuple[str, str, str]:
    """Kind, treatment and the end of the reason of an odd day."""
    if one.why == "shut":
        return "closed_day", "left out", "; taken as closed or not counted, and left out"
    if one.why == "odd":
        return "outlier", "drawn in", "; it counts, but only as an unusual day would"
    kept = {"returns": "; kept, for it comes every year", "latest": "; kept, for it may be the new level"}
    return "outlier", "kept", kept.get(one.why, "; kept")


def _far(size: float) -> str:
    return f"{abs(size):.0%} {'below' if size < 0 else 'above'}".replace("%", " %")


def silences(seen: Seen) -> Iterator[Finding]:
    """Hours without a contact in the middle of a busy day."""
    reading, grid = seen.history.reading, seen.history.grid
    if reading is None:
        return
    already = {seen.first + one.row for one in seen.examined.odd}
    for row in np.flatnonzero(reading.outages.any(axis=1)):
        if row not in already:
            day, slots = grid.axis.days[row], np.flatnonzero(reading.outages[row])
            begin, end = (_clock(int(slot) * grid.interval_min) for slot in (slots[0], slots[-1] + 1))
            silence = f"no contacts in {counted(len(slots), 'interval')} between {begin} and {end}"
            reason = (
                f"{day_name(day)}: {silence} of a busy day; they are unknown, and their usual share is "
                "added to the day"
            )
            yield Finding("outlier", day, day, "left out", reason)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def shifts(seen: Seen) -> Iterator[Finding]:
    """Days from which the level is another one."""
    for shift in seen.examined.shifts:
        end = "; what came before counts at the level since"
        yield shift_finding(seen.day(shift.row), shift, kind="level_shift", end=end)
    for shift in seen.examined.ignored:
        yield shift_finding(
            seen.day(shift.row), shift, kind="level_shift", end="", word=seen.word_on(seen.day(shift.row))
        )


def shift_finding(
    day: pd.Timestamp, shift: LevelShift, *, kind: str, end: str, word: Teaching | None = None
) -> Finding:
    """A change of level; kept where a planner's word stands against putting the past to it."""
    size = float(np.expm1(shift.log_size))
    if word is not None:
        end = f"; the past is kept as it was because {word.author} says so: {word.reason}"
    side = "higher" if size > 0 else "lower"
    reason = f"from {day_name(day)} {abs(size) * 100:.0f} % {side} than in the weeks before{end}"
    treatment = "levelled" if word is None else "kept"
    measure = "aht_s" if kind == "handle_time" else "offered"
    return Finding(kind, day, day, treatment, reason, size, measure, _by(word))


def exceptional(seen: Seen) -> Iterator[Finding]:
    """Past days that an event or a planner says must not teach; a planner's word stands before an event's."""
    axis, queue = seen.history.grid.axis, seen.history.queue
    known = axis.days[seen.first : axis.cutoff]
    for event in seen.centre.events:
        here = known[within(known, event)]
        if event.exceptional and touches(event, queue) and len(here):
            word = seen.word_on(here[0])
            kept = word is not None and word.teaches
            why = f"{event.name} is marked as a one-off"
            end = f", but {word.author} lets it teach: {word.reason}" if kept and word else " and left out"
            reason = f"{span_name(here[0], here[-1])}: {why}{end}"
            yield Finding(
                "exceptional", here[0], here[-1], "kept" if kept else "left out", reason,
                decided_by=_by(word if kept else None),
            )  # fmt: skip
    for word in seen.centre.teaching:
        here = known[within(known, word)]
        if word.covers(queue.key) and not word.teaches and len(here):
            reason = f"{span_name(here[0], here[-1])}: left out by {word.author}: {word.reason}"
            yield Finding("exceptional", here[0], here[-1], "left out", reason, decided_by=word.author)


def _by(word: Teaching | None) -> str:
    return Finding.decided_by if word is None else word.author
