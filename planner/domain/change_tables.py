"""Tables around a schedule: what must stay of it, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.keys import SITE
from planner.domain.shared_rules import DAY, no_more_than
from planner.domain.table import Column, Found, Table

OFF, WHOLE_SHIFT = "off", "shift"
LOCKED_ACTIVITIES = (OFF, WHOLE_SHIFT, "contact", "break", "meal", "training")


def _says_one_thing(frame: pd.DataFrame) -> Iterator[Found]:
    """A day is off, or one whole shift, or a shift's segments."""
    if not {"agent_id", "day", "activity"} <= set(frame.columns):
        return
    day = frame.groupby(["agent_id", "day"], dropna=False)["activity"]
    alone = frame["activity"].isin([OFF, WHOLE_SHIFT])
    wrong = (alone & (day.transform("size") > 1)).to_numpy(dtype=bool)
    if wrong.any():
        note = "stands beside other rows of the same agent and day; a day is off, one whole shift, or its segments"
        yield Found("contradicts", "activity", wrong, lambda v: f"“{v}” {note}")


def _one_after_the_other(frame: pd.DataFrame) -> Iterator[Found]:
    """An agent does one thing at a time."""
    if not {"agent_id", "start", "end"} <= set(frame.columns):
        return
    rows = frame[frame["activity"] != OFF].sort_values(["agent_id", "start"])
    before = rows.groupby("agent_id")["end"].shift()
    wrong = (rows["start"] < before).reindex(frame.index, fill_value=False).to_numpy(dtype=bool)
    if wrong.any():
        yield Found(
            "overlap",
            "start",
            wrong,
            lambda v: f"{v} is before the end of the agent's locked row before it; one thing at a time",
        )


LOCKED = Table(
    "LOCKED",
    "what must stay of a schedule: one row per agent, local day and segment, as in SCHEDULE; a day off is one row",
    ("agent_id", "day", "start"),
    (
        Column("agent_id", "text", "who"),
        SITE,
        Column("day", "day", "local day that is off, or on which the shift starts"),
        Column(
            "start",
            "utc",
            "first moment of the segment or shift; of a day off, its midnight (a file may leave it blank)",
        ),
        Column(
            "end",
            "utc",
            "end of the segment or shift; of a day off, the next midnight (a file may leave it blank)",
        ),
        Column(
            "activity",
            "text",
            "off; shift: from start to end, pauses and queues left open; else a segment that stays as it is",
            values=LOCKED_ACTIVITIES,
        ),
        Column("language", "text", "language served; blank outside contact", blank=True, needed=False),
        Column("channel", "text", "channel served; blank outside contact", blank=True, needed=False),
        Column("shift", "text", "shift pattern, such as full 8 h", needed=False),
    ),
    (no_more_than("start", "end"), _says_one_thing, _one_after_the_other),
)

CHANGE_KINDS = (
    "shift added",
    "shift dropped",
    "swapped",
    "start moved",
    "end moved",
    "break added",
    "break dropped",
    "break moved",
    "queue changed",
)
CHANGES = Table(
    "CHANGES",
    "what differs between two schedules: one row per agent, local day, kind of change and item",
    ("agent_id", "day", "kind", "item"),
    (
        Column("agent_id", "text", "who"),
        Column("name", "text", "name as shown on the roster", needed=False),
        SITE,
        Column("day", "day", "local day on which the shift starts"),
        Column("kind", "text", "what changed; meals count as breaks", values=CHANGE_KINDS),
        Column("item", "count", "number of the change of this kind on this day, from 1"),
        Column("before", "text", "what it was, by the clock of the site", blank=True),
        Column("after", "text", "what it is, by the clock of the site", blank=True),
        Column("before_start", "utc", "when it began", blank=True),
        Column("before_end", "utc", "when it ended", blank=True),
        Column("after_start", "utc", "when it begins", blank=True),
        Column("after_end", "utc", "when it ends", blank=True),
        Column(
            "hours_moved",
            "number",
            "later is positive, earlier negative; of what was added its length, of what was dropped minus it; of a queue changed its length",
            "h",
        ),
        Column("with_agent", "text", "whose shift it was, or who has it now", blank=True),
        Column("reason", "text", "why it could not stay, such as: away (sick)", needed=False),
    ),
)

CHANGES_DAYS = Table(
    "CHANGES_DAYS",
    "how much differs between two schedules: one row per site, local day and kind; kind all has the agents touched",
    ("site", "day", "kind"),
    (
        SITE,
        DAY,
        Column("kind", "text", "kind of change, or all", values=(*CHANGE_KINDS, "all")),
        Column("agents", "count", "agents touched", "agents"),
        Column("items", "count", "changes"),
        Column(
            "hours_moved", "number", "hours moved, added or dropped, whatever the direction", "h", least=0
        ),
    ),
)

CHANGE_TABLES: tuple[Table, ...] = (LOCKED, CHANGES, CHANGES_DAYS)
