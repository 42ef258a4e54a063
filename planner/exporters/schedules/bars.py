"""A text with bars between the fields and their names in the first line, as NICE IEX exports have it.

Agent data stand from midnight to midnight of the local day there, so a segment that runs over midnight is
cut in two: https://help.nicecxone.com, "IEX WFM Integrated", exports of agent activities and schedules.
Fields and their order are agreed on with whoever reads the file; these are the usual ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.roster.shifts import names_of, on_site_clock, queue_of
from planner.store.atomic import write_file

MEANING = "schedule_bars.txt: fields between bars, cut at midnight, days mmddyyyy, as NICE IEX has them"
USUAL = False
FIELDS = ("date", "TZ", "site", "agentID", "agent", "activity", "queue", "startTime", "stopTime", "minutes")
DAY = pd.Timedelta(days=1)


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write the segments in order of site, agent and time."""
    path = folder / "schedule_bars.txt"
    rows = fields(scheduled)
    lines = [f"#fields:{'|'.join(FIELDS)}", *("|".join(row) for row in rows.itertuples(index=False))]
    write_file(path, lambda new: new.write_bytes("".join(f"{line}\n" for line in lines).encode()))
    return [path]


def fields(scheduled: Scheduled) -> pd.DataFrame:
    """The rows as texts; a stop at midnight is written 24:00."""
    rows = _cut_at_midnight(on_site_clock(scheduled.table("SCHEDULE"), scheduled.zones))
    names = rows["agent_id"].map(names_of(scheduled.table("AGENTS")))
    midnight = rows["to"] == rows["to"].dt.normalize()
    columns = {
        "date": rows["from"].dt.strftime("%m%d%Y"),
        "TZ": rows["site"].map(scheduled.zones),
        "site": _plain(rows["site"]),
        "agentID": _plain(rows["agent_id"]),
        "agent": _plain(names),
        "activity": rows["activity"],
        "queue": _plain(queue_of(rows)),
        "startTime": rows["from"].dt.strftime("%H:%M"),
        "stopTime": rows["to"].dt.strftime("%H:%M").mask(midnight, "24:00"),
        "minutes": (rows["length_h"] * 60).round().astype("int64"),
    }
    return pd.DataFrame(columns).astype("str")


def _plain(texts: pd.Series) -> pd.Series:
    """Texts that cannot be taken for two fields or lines."""
    return texts.astype("str").str.replace(r"[|\r\n]", " ", regex=True)


def _cut_at_midnight(rows: pd.DataFrame) -> pd.DataFrame:
    """Segments within one local day each: the second part of one that runs over midnight begins there."""
    next_day = rows["from"].dt.normalize() + DAY
    over = (rows["to"] > next_day).to_numpy()
    late_h = (rows["to"] - next_day) / pd.Timedelta(hours=1)
    first = rows.assign(
        to=rows["to"].mask(over, next_day), length_h=rows["length_h"] - np.where(over, late_h, 0.0)
    )
    second = rows.assign(**{"from": next_day}, length_h=late_h)[over]
    return pd.concat([first, second]).sort_values(["site", "agent_id", "from", "start"], ignore_index=True)
