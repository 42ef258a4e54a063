"""Whether rows belong to the centre: its sites, languages, channels, queues, contracts and hours."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from planner.domain.centre import Centre, Queue, QueueKey
from planner.domain.column import Found
from planner.domain.form_rules import evaluation_rules
from planner.domain.table import Rule, Table
from planner.domain.teaching import ALL
from planner.domain.timegrid import OpeningHours

QUEUE = ["site", "language", "channel"]
SHOWN = 3  # rows written out for each unknown value
TAG = r"\s*[a-z]{2,3}(?:-\w+)*\s*(?::[^:;]+)?"  # a BCP 47 tag, with or without a level
SPOKEN = f"{TAG}(?:;{TAG})*"
QUARTER = pd.Timedelta(minutes=15)
OF_MANY = {"OVERRIDES", "TEACHING"}  # a row may speak of all sites, languages or channels


def of_centre(table: Table, centre: Centre) -> Table:
    """The table, which now also refuses rows that are not of this centre."""
    languages = centre.languages
    channels = tuple(dict.fromkeys(key.channel for key in centre.queues))
    codes = {
        "site": tuple(centre.sites),
        "language": languages,
        "channel": channels,
        "contract": tuple(centre.contracts),
    }
    if table.name in OF_MANY:
        codes = {name: (*known, ALL) for name, known in codes.items()}
    columns = tuple(replace(c, values=codes.get(c.name, c.values)) for c in table.columns)
    rules: dict[str, tuple[Rule, ...]] = {
        "VOLUME": (lambda frame: _while_closed(frame, centre),),
        "AGENTS": (languages_spoken, listed("channels", channels)),
        "EVENTS": (listed("languages", languages),),
        "EVALUATIONS": evaluation_rules(centre),
    }
    every = (lambda frame: _of_queues(frame, centre), *rules.get(table.name, ()))
    return replace(table, columns=columns, together=(*table.together, *every))


def listed(column: str, codes: Collection[str]) -> Rule:
    """A check that a column of lists, joined by ;, names only these codes."""

    def rule(frame: pd.DataFrame) -> Iterator[Found]:
        if column in frame.columns:
            lists = frame[column].fillna("")
            strange = [not {part.strip() for part in text.split(";") if part} <= set(codes) for text in lists]
            if any(strange):
                known = ", ".join(codes)
                note = f"names what is not one of {known}; a list is joined by ;"
                yield Found("unknown_value", column, np.array(strange), lambda v: f"“{v}” {note}")

    return rule


def languages_spoken(frame: pd.DataFrame) -> Iterator[Found]:
    """A check that an agent's languages are written as tags with levels, the first language first."""
    if "languages" in frame.columns:
        wrong = (frame["languages"].notna() & ~frame["languages"].str.fullmatch(SPOKEN, na=True)).to_numpy()
        if wrong.any():
            note = "is no list of languages; write pt:native;es:fluent"
            yield Found("not_languages", "languages", wrong, lambda v: f"“{v}” {note}")


def _of_queues(frame: pd.DataFrame, centre: Centre) -> Iterator[Found]:
    """Site, language and channel may each be known and still be no queue together."""
    if not set(QUEUE) <= set(frame.columns):
        return
    languages, channels = set(centre.languages), {key.channel for key in centre.queues}
    for names in frame[QUEUE].drop_duplicates().itertuples(index=False):
        key = QueueKey(*names)
        alone = key.site in centre.sites and key.language in languages and key.channel in channels
        if alone and key not in centre.queues:
            here = ", ".join(f"{q.key.language} {q.key.channel}" for q in centre.queues_at(key.site))
            note = f"{key} is no queue in plan.yaml; {key.site} answers {here or 'none'}"
            yield _each("unknown_queue", "channel", frame[QUEUE].eq(list(key)).all(axis=1), note)


def _each(code: str, column: str, where: pd.Series, note: str) -> Found:
    return Found(code, column, where.to_numpy(dtype=bool), lambda _: note, shown=SHOWN)


def _while_closed(frame: pd.DataFrame, centre: Centre) -> Iterator[Found]:
    """Contacts offered to an immediate channel while it is closed; deferred work may arrive at any time."""
    when = frame[["interval_start", "interval_min"]]
    told = ((frame["offered"] > 0) & when.notna().all(axis=1)).to_numpy()
    for names, places in frame.groupby(QUEUE, sort=False).indices.items():
        queue = centre.queues.get(QueueKey(*names))
        if queue is not None and queue.kind == "immediate":
            busy = places[told[places]]
            closed = busy[~open_within(queue.hours, when.iloc[busy])]
            if closed.size:
                yield _closed(frame, closed, queue)


def _closed(frame: pd.DataFrame, places: np.ndarray, queue: Queue) -> Found:
    where = np.zeros(len(frame), bool)
    where[places] = True
    zone = queue.hours.zone

    def say(start: object) -> str:
        local = pd.Timestamp(start).tz_convert(zone)
        return (
            f"contacts were offered on {local:%a %Y-%m-%d at %H:%M} {zone}, when {queue.key} is closed; "
            "mend the row, or the queue's hours in plan.yaml"
        )

    return Found("closed_volume", "offered", where, say, cells=frame["interval_start"], shown=SHOWN)


def open_within(hours: OpeningHours, volume: pd.DataFrame) -> np.ndarray:
    """Whether any quarter of an hour of each interval is open; one row per interval, as in VOLUME."""
    start = pd.DatetimeIndex(volume["interval_start"])
    length = volume["interval_min"].to_numpy()
    result = hours.is_open(start)
    for quarter in range(1, int(length.max(initial=15)) // 15):
        shut = np.flatnonzero(~result & (length > quarter * 15))
        if not shut.size:
            break
        result[shut] = hours.is_open(start[shut] + quarter * QUARTER)
    return result
