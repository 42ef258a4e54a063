"""SCHEDULE -> CALENDAR_EVENTS: what everyone's calendar holds, and what has changed since it was published.

An event is an agent's shift of one local day. Its uid is made from the two and nothing else, so that the
next plan's shift of that day updates the entry instead of standing beside it. `sequence` counts the
changes, as calendars ask before they take a newer entry for an older one (RFC 5545, 3.8.7.4).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

import pandas as pd

from planner.domain.tables import CALENDAR_EVENTS
from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.roster.shifts import on_site_clock, queue_of, shifts_of

NAMESPACE = UUID("5b8f2f5e-0a63-4d5c-9f0e-6a6a3c3f8d11")  # of these events; never to be changed
KEPT_DAYS = 56  # so long past shifts stay in a calendar that follows the file
KEY = ["agent_id", "day"]
CONTENT = ("status", "site", "start", "end", "summary", "description")


def uid_of(agent_id: str, day: date) -> str:
    """The same for an agent and local day in every plan, and telling nobody who it is."""
    return f"{day:%Y%m%d}-{uuid5(NAMESPACE, f'{agent_id}/{day:%Y-%m-%d}')}@planner"


def calendar_events(scheduled: Scheduled, *, earlier: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """CALENDAR_EVENTS of a schedule; `earlier` are those published before it, empty when there are none.

    What has not changed keeps its sequence and moment. An earlier shift on a day of this schedule that is
    no more is cancelled and stays. Days outside the schedule keep what they had, the last weeks long.
    """
    fresh = _events(scheduled)
    both = fresh.merge(earlier, on=KEY, how="outer", suffixes=("", "_before"), indicator=True)
    gone = both[both["_merge"] == "right_only"].drop(columns=[*CONTENT])
    gone = gone.rename(columns={f"{name}_before": name for name in CONTENT})
    inside = gone["day"].between(*_span(scheduled))
    cancelled = gone[inside].assign(status_before=gone["status"][inside], status="cancelled")
    kept = gone[~inside & (gone["day"] >= _span(scheduled)[0] - timedelta(days=KEPT_DAYS))]
    there = both[both["_merge"] != "right_only"]
    rows = pd.concat([_counted(there, now), _cancelled(cancelled, now), kept], ignore_index=True)
    uids = [uid_of(agent, day) for agent, day in zip(rows["agent_id"], rows["day"])]
    return CALENDAR_EVENTS.check(rows.assign(uid=uids).sort_values(KEY, ignore_index=True))


def _span(scheduled: Scheduled) -> tuple[pd.Timestamp, pd.Timestamp]:
    first = pd.Timestamp(scheduled.first_day)
    return first, first + pd.Timedelta(days=scheduled.days - 1)


def _counted(rows: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """Events of the schedule with their sequence: new ones 0, changed ones one more than before."""
    known = rows["_merge"] == "both"
    same = known.copy()
    for name in CONTENT:
        same &= rows[name] == rows[f"{name}_before"]
    return _moved_on(rows.assign(sequence=rows["sequence"].fillna(-1)), same, now)


def _cancelled(rows: pd.DataFrame, now: datetime) -> pd.DataFrame:
    return _moved_on(rows, rows["status_before"] == "cancelled", now)


def _moved_on(rows: pd.DataFrame, same: pd.Series, now: datetime) -> pd.DataFrame:
    moment = pd.Timestamp(now).tz_convert("UTC").floor("s")
    return rows.assign(sequence=rows["sequence"] + ~same, changed_at=rows["changed_at"].where(same, moment))


def _events(scheduled: Scheduled) -> pd.DataFrame:
    """One row per agent and day worked: `KEY` and `CONTENT`."""
    segments = on_site_clock(scheduled.table("SCHEDULE"), scheduled.zones)
    shifts = shifts_of(segments)
    spans = shifts["from"].dt.strftime("%H:%M") + "–" + shifts["to"].dt.strftime("%H:%M")
    texts = _descriptions(segments, scheduled)
    made = shifts.assign(status="confirmed", summary=_titles(shifts, spans)).merge(texts, on=KEY)
    return made[[*KEY, *CONTENT]]


def _titles(shifts: pd.DataFrame, spans: pd.Series) -> pd.Series:
    what = shifts["queues"].fillna(shifts["shift"]).astype("str")
    return spans + " " + what


def _descriptions(segments: pd.DataFrame, scheduled: Scheduled) -> pd.DataFrame:
    """The segments of each agent and day, one a line, and on whose clock they are told."""
    what = queue_of(segments).where(segments["activity"] == "contact", segments["activity"])
    clock = segments["from"].dt.strftime("%H:%M") + "–" + segments["to"].dt.strftime("%H:%M")
    lines = segments[[*KEY, "site"]].assign(line=clock + " " + what.astype("str"))
    texts = lines.groupby(KEY).agg(site=("site", "first"), description=("line", "\n".join)).reset_index()
    places = texts["site"].map({code: f"\n{s.name} time" for code, s in scheduled.centre.sites.items()})
    return texts.assign(description=texts["description"] + places)[[*KEY, "description"]]
