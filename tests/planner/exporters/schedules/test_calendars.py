"""Calendars: legal iCalendar, whose hours are the schedule's, read by a strict reader and by a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pandas as pd
import pytest

from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.schedules import calendars
from tests.planner.exporters.roster.ical import Event, read_calendar
from tests.planner.exporters.roster.planted_schedule import LATER, scheduled, with_calendar


def exported(made: Scheduled, folder: Path) -> dict[str, list[Event]]:
    """The events in the file of every agent."""
    calendars.write(made, folder)
    files = calendars.file_names(made.table("AGENTS")["agent_id"])
    return {agent: read_calendar((folder / "calendars" / file).read_bytes()) for agent, file in files.items()}


def test_the_hours_of_every_calendar_are_those_of_the_schedule(tmp_path: Path) -> None:
    made = with_calendar(scheduled())
    rows = made.table("SCHEDULE")
    hours = ((rows["end"] - rows["start"]) / pd.Timedelta(hours=1)).groupby(rows["agent_id"]).sum()
    told = {agent: sum(e.hours for e in found) for agent, found in exported(made, tmp_path).items()}
    assert told == pytest.approx({agent: hours.get(agent, 0.0) for agent in told})


def test_a_library_reads_the_same_events(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="the icalendar library is not installed")
    made = with_calendar(scheduled())
    for agent, events in exported(made, tmp_path).items():
        read = icalendar.Calendar.from_ical((tmp_path / "calendars" / f"{agent}.ics").read_bytes())
        found = {
            str(event["UID"]): (
                event.decoded("DTSTART").astimezone(UTC),
                event.decoded("DTEND").astimezone(UTC),
                int(event["SEQUENCE"]),
                str(event["DESCRIPTION"]),
            )
            for event in read.walk("VEVENT")
        }
        assert not read.errors
        assert found == {e.uid: (e.start, e.end, e.sequence, e.description) for e in events}


def test_a_second_export_raises_the_sequence_of_what_changed_and_keeps_every_uid(tmp_path: Path) -> None:
    made = with_calendar(scheduled())
    before = exported(made, tmp_path)
    rows = made.table("SCHEDULE")
    agent, day = rows.iloc[0][["agent_id", "day"]]
    dropped = rows[rows["agent_id"].ne(agent) | rows["day"].ne(day)].reset_index(drop=True)
    other = replace(made, tables={**made.tables, "SCHEDULE": dropped})
    after = exported(with_calendar(other, earlier=made.table("CALENDAR_EVENTS"), now=LATER), tmp_path)
    for who, events in after.items():
        assert [e.uid for e in events] == [e.uid for e in before[who]]
        changed = [e for e, old in zip(events, before[who]) if e != old]
        assert len(changed) == (who == agent)
        assert all((e.status, e.sequence, e.stamp) == ("CANCELLED", 1, LATER) for e in changed)


def test_ids_that_are_no_file_names_get_one_each() -> None:
    ids = ["7", "a/b", "a_b", "A_B", "..", "-x", "é" * 200, "a b"]
    files = calendars.file_names(ids)
    assert len({file.casefold() for file in files.values()}) == len(ids)
    assert files["7"] == "7.ics"
    assert all(
        "/" not in file and not file.startswith((".", "-")) and len(file) < 100 for file in files.values()
    )


def test_whoever_left_still_hears_that_shifts_are_cancelled(tmp_path: Path) -> None:
    made = with_calendar(scheduled())
    agent = made.table("SCHEDULE").iloc[0]["agent_id"]
    others = {
        name: made.table(name)[made.table(name)["agent_id"] != agent].reset_index(drop=True)
        for name in ("SCHEDULE", "AGENTS")
    }
    after = with_calendar(
        replace(made, tables={**made.tables, **others}), earlier=made.table("CALENDAR_EVENTS"), now=LATER
    )
    calendars.write(after, tmp_path)
    events = read_calendar((tmp_path / "calendars" / f"{agent}.ics").read_bytes())
    assert {e.status for e in events} == {"CANCELLED"}
