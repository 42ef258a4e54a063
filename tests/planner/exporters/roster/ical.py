"""A strict reader of iCalendar, which knows nothing of the writer: it refuses what RFC 5545 does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = re.compile(r"(?P<name>[A-Z0-9-]+)(?P<params>(;[A-Z0-9-]+=[^;:\"]+)*):(?P<value>.*)", re.DOTALL)


@dataclass(frozen=True)
class Event:
    """One VEVENT."""

    uid: str
    sequence: int
    status: str
    start: datetime
    end: datetime
    stamp: datetime
    summary: str
    description: str

    @property
    def hours(self) -> float:
        return (self.end - self.start).total_seconds() / 3600


def read_calendar(content: bytes) -> list[Event]:
    """The events of a file; AssertionError names what the standard forbids."""
    assert content.endswith(b"\r\n"), "ends without a line end"
    raw = content.split(b"\r\n")[:-1]
    assert b"\n" not in b"".join(raw), "a line ends without CR"
    assert max(map(len, raw)) <= 75, "a line has more than 75 octets"
    for line in raw:
        line.decode()  # no letter is cut in two
    lines = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    found = [LINE.fullmatch(line) for line in lines]
    assert all(found), f"no property: {lines[found.index(None)]}"
    properties = [(match["name"], match["value"]) for match in found if match]
    assert properties[0] == ("BEGIN", "VCALENDAR")
    assert properties[-1] == ("END", "VCALENDAR")
    head = dict(
        properties[: next((i for i, p in enumerate(properties) if p[0] == "BEGIN" and i), len(properties))]
    )
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    return [_event(block) for block in _blocks(properties[1:-1])]


def _blocks(properties: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    blocks, inside = [], False
    for name, value in properties:
        if (name, value) == ("BEGIN", "VEVENT"):
            assert not inside, "an event inside an event"
            blocks.append([])
            inside = True
        elif (name, value) == ("END", "VEVENT"):
            inside = False
        elif inside:
            blocks[-1].append((name, value))
    assert not inside, "an event without END"
    return blocks


def _event(block: list[tuple[str, str]]) -> Event:
    names = [name for name, _ in block]
    assert len(set(names)) == len(names), f"a property stands twice: {names}"
    value = dict(block)
    assert value["STATUS"] in ("CONFIRMED", "CANCELLED")
    return Event(
        value["UID"],
        int(value["SEQUENCE"]),
        value["STATUS"],
        _moment(value["DTSTART"]),
        _moment(value["DTEND"]),
        _moment(value["DTSTAMP"]),
        _text(value["SUMMARY"]),
        _text(value["DESCRIPTION"]),
    )


def _moment(text: str) -> datetime:
    assert re.fullmatch(r"\d{8}T\d{6}Z", text), f"{text} is no moment in UTC"
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _text(value: str) -> str:
    assert not re.search(r"(?<!\\)(\\\\)*[;,]", value), f"unescaped: {value}"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
