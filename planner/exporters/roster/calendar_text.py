"""Events as iCalendar text (RFC 5545).

Times are UTC: an instant is right on every screen, also in the hour that a clock repeats, which a local
time with its zone cannot name. There is no METHOD, for the file is a calendar and no invitation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

PRODUCT = "-//planner//workforce planner//EN"
OCTETS = 75  # of a line, its end not counted
STAMP = "%Y%m%dT%H%M%SZ"
REFRESHED = "PT1H"  # how often a calendar that follows the file should look


def calendar_text(events: pd.DataFrame, *, name: str, zone: str, places: Mapping[str, str]) -> str:
    """One agent's CALENDAR_EVENTS as a calendar; `places` are the names of the sites."""
    head = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN",
        f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{zone}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESHED}", f"X-PUBLISHED-TTL:{REFRESHED}",
    ]  # fmt: skip
    rows = events.sort_values("start").to_dict("records")
    lines = [*head, *(line for row in rows for line in _event(row, places)), "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(row: Mapping[Any, Any], places: Mapping[str, str]) -> Iterator[str]:
    cancelled = row["status"] == "cancelled"
    yield "BEGIN:VEVENT"
    yield f"UID:{row['uid']}"
    yield f"DTSTAMP:{_stamp(row['changed_at'])}"
    yield f"LAST-MODIFIED:{_stamp(row['changed_at'])}"
    yield f"SEQUENCE:{row['sequence']}"
    yield f"STATUS:{str(row['status']).upper()}"
    yield f"DTSTART:{_stamp(row['start'])}"
    yield f"DTEND:{_stamp(row['end'])}"
    yield f"SUMMARY:{escaped(row['summary'])}"
    yield f"DESCRIPTION:{escaped(row['description'])}"
    yield f"LOCATION:{escaped(places[row['site']])}"
    yield f"TRANSP:{'TRANSPARENT' if cancelled else 'OPAQUE'}"
    yield "END:VEVENT"


def _stamp(moment: datetime) -> str:
    return moment.strftime(STAMP)


def escaped(text: str) -> str:
    r"""A text as a property's value (RFC 5545, 3.3.11).

    >>> print(escaped("pt; voice\nbreak, 15 min"))
    pt\; voice\nbreak\, 15 min
    """
    plain = "".join(c for c in text if c.isprintable() or c == "\n")
    plain = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line cut where it passes 75 octets, never inside a letter (RFC 5545, 3.1).

    >>> [len(part.encode()) for part in folded("DESCRIPTION:" + "é" * 60).split("\\r\\n")]
    [74, 59]
    """
    parts, size = [""], 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > OCTETS:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += octets
    return "\r\n".join(parts)
