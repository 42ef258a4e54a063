"""JSON as Genesys Cloud takes a schedule: per site, every agent's shifts with their activities.

The shape is that of ImportScheduleUploadSchema in the vendor's public client libraries. `userId` is our
agent id: give agents the ids of their users there. Activity codes are the ones every business unit begins
with; map them where yours differ.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pandas as pd

from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.roster.shifts import queue_of
from planner.store.atomic import write_text

MEANING = "genesys_SITE.json: shifts and activities in UTC, as Genesys Cloud imports a schedule"
USUAL = False
CODES = {"contact": "0", "break": "1", "meal": "2", "training": "6"}
MINUTE = pd.Timedelta(minutes=1)
WEEK = 7
FIELDS = ("startDate", "lengthMinutes", "activityCodeId", "description", "paid")


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write a file per site."""
    written = []
    for site, rows in scheduled.table("SCHEDULE").groupby("site"):
        path = folder / f"genesys_{''.join(c if c.isalnum() else '_' for c in str(site))}.json"
        write_text(path, json.dumps(upload(rows, scheduled), indent=1, ensure_ascii=False) + "\n")
        written.append(path)
    return written


def upload(rows: pd.DataFrame, scheduled: Scheduled) -> dict[str, Any]:
    """One site's schedule; it is not published there until somebody does so."""
    activities = _activities(rows)
    agents = [
        {"userId": agent, "shifts": [_shift(list(parts)) for _, parts in groupby(mine, itemgetter("day"))]}
        for agent, mine in groupby(activities, itemgetter("agent_id"))
    ]
    return {
        "description": f"{scheduled.centre.name}, {scheduled.first_day} on",
        "weekCount": -(-scheduled.days // WEEK),
        "published": False,
        "agentSchedules": agents,
    }


def _activities(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Segments by agent and time as `FIELDS`, with agent_id and day beside them."""
    queue = queue_of(rows)
    made = rows.assign(
        startDate=rows["start"].dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        lengthMinutes=((rows["end"] - rows["start"]) / MINUTE).round().astype("int64"),
        activityCodeId=rows["activity"].map(CODES),
        description=queue.where(queue != "", rows["activity"]),
        paid=rows["activity"] != "meal",
    )
    return made.sort_values(["agent_id", "start"])[["agent_id", "day", *FIELDS]].to_dict("records")


def _shift(parts: Sequence[Mapping[Hashable, Any]]) -> dict[str, Any]:
    """A shift from its activities, which follow one another."""
    return {
        "startDate": parts[0]["startDate"],
        "lengthMinutes": sum(part["lengthMinutes"] for part in parts),
        "activities": [{name: part[name] for name in FIELDS} for part in parts],
    }
