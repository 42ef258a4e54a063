"""Contact logs of any length counted by the second with DuckDB: few rows come back, memory is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb
import pandas as pd

from planner.domain.centre import Centre, Handling
from planner.domain.keys import QUEUE

MEMORY, THREADS = "400MB", 2  # of DuckDB's own; Python and the counts come on top
OPTIONAL = dict.fromkeys(("answered_at", "ended_at"), "TIMESTAMPTZ") | dict.fromkeys(
    ("talk_s", "hold_s", "wrap_s", "concurrent"), "DOUBLE"
)


class ContactTimes(NamedTuple):
    """Two small frames, each with site, language, channel.

    `waits`: wait_s (whole seconds), answered, abandoned, abandoned_short, short_s, one row per queue
    and second, immediate and concurrent channels only. `handled`: seconds, contacts, sum_s, sum2_s,
    log_s, log2_s, one row per queue and second.
    """

    waits: pd.DataFrame
    handled: pd.DataFrame


def contact_times(paths: Sequence[Path], centre: Centre) -> ContactTimes:
    """Waits and handle times of the centre's queues in CONTACTS files (Parquet), at least one.

    A written contact waits until an agent is free: the agent's reaction is taken off the first reply.
    Conversations side by side are told as if alone, divided by 1 + slow_down (concurrent - 1); where
    the log does not say how many were open, their handle time is unknown. Contacts that were abandoned
    without a moment of leaving are left out, and a log without answered_at tells nothing of waits.
    """
    with TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = {_text(spill)}")
        connection.register("queue", _queues(centre))
        connection.execute(f"CREATE VIEW contact AS {_contacts(connection, paths)}")
        return ContactTimes(connection.sql(WAITS).df(), connection.sql(HANDLED).df())


def _text(value: object) -> str:
    """A text in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _queues(centre: Centre) -> pd.DataFrame:
    """What the counting must know of each queue."""
    rows = [
        (*key, q.kind != "deferred", q.handling.reaction_s, q.handling.short_abandon_s, _slower(q.handling))
        for key, q in centre.queues.items()
    ]
    return pd.DataFrame(rows, columns=[*QUEUE, "waits", "reaction_s", "short_s", "slow_down"])


def _slower(handling: Handling) -> float:
    return handling.slow_down if handling.concurrency > 1 else 0.0


def _contacts(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> str:
    """Each contact of the centre's queues as numbers of seconds; what the log does not tell is NULL."""
    source = f"read_parquet([{', '.join(map(_text, paths))}], union_by_name = true)"
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    c = {name: name if name in there else f"NULL::{kind}" for name, kind in OPTIONAL.items()}
    reply = f"(epoch_us({c['answered_at']}) - epoch_us(arrived_at)) / 1e6"
    left = f"(epoch_us({c['ended_at']}) - epoch_us(arrived_at)) / 1e6" if "answered_at" in there else "NULL"
    answered = f"{c['answered_at']} IS NOT NULL" if "answered_at" in there else "TRUE"
    spent = f"{c['talk_s']} + coalesce({c['hold_s']}, 0) + coalesce({c['wrap_s']}, 0)"
    return f"""
        SELECT site, language, channel, waits, short_s, {answered} AS answered,
               CASE WHEN {c["answered_at"]} IS NULL THEN {left}
                    ELSE greatest(0, {reply} - reaction_s) END AS wait,
               CASE WHEN slow_down = 0 THEN {spent}
                    WHEN {c["concurrent"]} >= 1 THEN ({spent}) / (1 + slow_down * ({c["concurrent"]} - 1))
                    WHEN {c["concurrent"]} >= 0 THEN {spent} END AS handle
        FROM {source} JOIN queue USING (site, language, channel)"""


WAITS = """
    SELECT site, language, channel, CAST(round(wait) AS BIGINT) AS wait_s,
           count(*) FILTER (answered) AS answered,
           count(*) FILTER (NOT answered) AS abandoned,
           count(*) FILTER (NOT answered AND wait <= short_s) AS abandoned_short,
           any_value(short_s) AS short_s
    FROM contact WHERE waits AND wait IS NOT NULL GROUP BY ALL ORDER BY ALL"""
HANDLED = """
    SELECT site, language, channel, CAST(round(handle) AS BIGINT) AS seconds, count(*) AS contacts,
           sum(handle) AS sum_s, sum(handle * handle) AS sum2_s,
           sum(ln(handle)) AS log_s, sum(ln(handle) * ln(handle)) AS log2_s
    FROM contact WHERE answered AND handle > 0 GROUP BY ALL ORDER BY ALL"""
