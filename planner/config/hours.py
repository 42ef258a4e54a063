"""Opening hours as people write them: {mon-fri: "09:00-18:00", sat: "10:00-16:00"}."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planner.domain.timegrid import WEEKDAYS, Span

CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


def weekdays_named(text: str) -> tuple[int, ...]:
    """Weekdays (0 = Monday) of "all", "sat" or "mon-fri"; a range may pass the week's end.

    >>> weekdays_named("sat-mon")
    (5, 6, 0)
    """
    name = text.strip().lower()
    if name == "all":
        return tuple(range(7))
    first, _, last = name.partition("-")
    if first not in WEEKDAYS or (last or first) not in WEEKDAYS:
        raise ValueError(f"“{text}” names no weekdays; write all, mon, or mon-fri")
    begin, end = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
    return tuple((begin + i) % 7 for i in range((end - begin) % 7 + 1))


def spans_of(text: str) -> tuple[Span, ...]:
    """Minutes after midnight of "09:00-13:00, 15:00-19:00"; "closed" is empty, "22:00-02:00" ends next day.

    >>> spans_of("22:00-02:00")
    ((1320, 1560),)
    """
    if text.strip().lower() == "closed":
        return ()
    spans = []
    for part in text.split(","):
        found = SPAN.fullmatch(part.strip())
        if not found:
            raise ValueError(f"“{text}” is no opening time; write 09:00-18:00 or closed")
        begin, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
        if begin > 1440 or end > 1440 or int(found[2]) > 59 or int(found[4]) > 59:
            raise ValueError(f"“{text}” is no time of day; hours are 00:00 to 24:00")
        spans.append((begin, end if end > begin else end + 1440))
    return tuple(spans)


def week_of(hours: Mapping[str, str]) -> dict[int, tuple[Span, ...]]:
    """Spans per weekday; a later line replaces an earlier one for the same weekday."""
    week: dict[int, tuple[Span, ...]] = {}
    for names, text in hours.items():
        for weekday in weekdays_named(names):
            week[weekday] = spans_of(text)
    return week


def minute_of(text: str) -> int:
    """Minutes after midnight of a clock time; ValueError where it is none.

    >>> minute_of("14:30")
    870
    """
    found = CLOCK.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise ValueError(f"“{text}” is no time of day; write 07:00, in quotes")
    return int(found[1]) * 60 + int(found[2])
