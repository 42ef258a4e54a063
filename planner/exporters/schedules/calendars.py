"""One iCalendar file per agent, which updates the entries of the file before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from planner.domain.tables import CALENDAR_EVENTS
from planner.exporters.refusal import refuse
from planner.exporters.roster.calendar_text import calendar_text
from planner.exporters.roster.scheduled import Scheduled
from planner.exporters.roster.shifts import names_of
from planner.store.atomic import make_folder, write_file
from planner.store.parquet import typed_frame, write_parquet

MEANING = "calendars/: one iCalendar file per agent, and the state that the next ones go on from"
USUAL = True
FOLDER, STATE = "calendars", "calendar_events.parquet"
LONGEST = 80  # letters of a file name before its digest


def write(scheduled: Scheduled, folder: Path) -> Sequence[Path]:
    """Write everyone's calendar from CALENDAR_EVENTS."""
    place = folder / FOLDER
    make_folder(place)
    events = scheduled.table("CALENDAR_EVENTS")
    names, sites = names_of(scheduled.table("AGENTS")), scheduled.centre.sites
    places = {code: site.name for code, site in sites.items()}
    files = file_names({*names, *events["agent_id"]})
    home = dict(zip(scheduled.table("AGENTS")["agent_id"], scheduled.table("AGENTS")["site"]))
    by_agent = dict(list(events.groupby("agent_id")))
    for agent, file in sorted(files.items()):
        mine = by_agent.get(agent, events.iloc[:0])
        site = home.get(agent) or str(mine["site"].iloc[0])
        text = calendar_text(
            mine, name=f"Shifts of {names.get(agent, agent)}", zone=sites[site].time_zone, places=places
        )
        (place / file).write_bytes(text.encode())
    write_file(place / STATE, lambda new: write_parquet(events, CALENDAR_EVENTS, new))
    return [place]


def last_state(folder: Path) -> pd.DataFrame:
    """The CALENDAR_EVENTS that were written into a folder before; empty where none were.

    InputError where the file cannot be read: without it every calendar would begin anew.
    """
    path = folder / FOLDER / STATE
    if not path.exists():
        return CALENDAR_EVENTS.empty()
    try:
        return typed_frame(pq.read_table(path, partitioning=None), CALENDAR_EVENTS)
    except (OSError, pa.ArrowException, KeyError) as error:
        note = f"cannot be read ({type(error).__name__}); move the folder away to begin the calendars anew"
        raise refuse("broken_state", note, path) from None


def file_names(agents: Iterable[str]) -> dict[str, str]:
    """A file name for each agent: the id where it can be one, else what is left of it and a digest.

    Ids that differ in capitals only have digests too, for some disks do not tell them apart.
    """
    every = list(agents)
    alike = Counter(agent.casefold() for agent in every)
    return {agent: f"{_stem(agent, alone=alike[agent.casefold()] == 1)}.ics" for agent in every}


def _stem(agent: str, *, alone: bool) -> str:
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in agent)
    if alone and safe == agent and len(agent) <= LONGEST and not agent.startswith("-"):
        return agent
    return f"{safe[:LONGEST].lstrip('-')}-{sha256(agent.encode()).hexdigest()[:8]}"
