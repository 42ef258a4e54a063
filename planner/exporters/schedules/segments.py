"""Every segment of every shift in one flat file, on the clock of the site with its offset."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from planner.domain.column import Column
from planner.domain.table import Table
from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.roster.shifts import names_of, on_site_clock, queue_of
from planner.exporters.tabular import write_table

MEANING = "segments.csv: agent, date, start, end, activity, queue, in local time with its offset"
USUAL = True
SEGMENTS = Table(
    "SEGMENTS",
    "a schedule for other systems: one row per agent and segment, on the clock of the site",
    ("agent_id", "start"),
    (
        Column("agent_id", "text", "who"),
        Column("agent", "text", "name as shown on the roster"),
        Column("site", "text", "site"),
        Column("date", "day", "local day on which the shift starts"),
        Column("start", "text", "begin of the segment, such as 2026-10-25T02:30:00+01:00"),
        Column("end", "text", "end of the segment"),
        Column("minutes", "count", "length", "min"),
        Column("activity", "text", "contact, break, meal or training"),
        Column("queue", "text", "language and channel served; blank outside contact", needed=False),
        Column("paid", "flag", "whether the time is paid"),
        Column("shift", "text", "shift pattern"),
    ),
)


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write the segments in order of site, agent and time."""
    path = folder / "segments.csv"
    write_table(flat(scheduled), SEGMENTS, path)
    return [path]


def flat(scheduled: Scheduled) -> pd.DataFrame:
    """The rows of `SEGMENTS`."""
    rows = on_site_clock(scheduled.table("SCHEDULE"), scheduled.zones)
    clock = {
        name: rows[of].dt.strftime("%Y-%m-%dT%H:%M:%S").astype("str") + rows[f"{of}_offset"]
        for name, of in (("start", "from"), ("end", "to"))
    }
    queue = queue_of(rows)
    made = rows.assign(
        **clock,
        agent=rows["agent_id"].map(names_of(scheduled.table("AGENTS"))),
        date=rows["day"],
        minutes=(rows["length_h"] * 60).round().astype("int64"),
        queue=queue.where(queue != ""),
        paid=rows["activity"] != "meal",
    )
    return SEGMENTS.check(made)
