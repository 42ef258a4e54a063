"""The contact log summed by day, queue and reason with DuckDB: millions of rows, a bound on memory.

A contact is *followed* within w when the same customer is back about the same reason family, on any
channel and answered or not, no later than w after its close. It is an *anchor* of w when it was
answered, its customer is known, no answered contact of the same customer and reason closed within w
before it arrived, and w has fully elapsed since its close. Contacts before the log began are not
known: in its first w an anchor may in truth be a repeat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd

from planner.domain.centre import Centre
from planner.domain.timegrid import local_day

MEMORY, THREADS = "400MB", 2  # of DuckDB's own; Python and the sums come on top
WINDOWS_H: Mapping[str, int] = {"24h": 24, "72h": 72, "7d": 168, "30d": 720}
HOUR_US = 3_600_000_000
QUARTER_US = HOUR_US // 4  # every zone's midnight is on a quarter of an hour
OPTIONAL = (
    "customer_id",
    "reason",
    "answered_at",
    "ended_at",
    "escalated",
    "agent_resolved",
    "survey_resolved",
)
UNKNOWN_REASON = "unknown"


def contact_sums(paths: Sequence[Path], *, centre: Centre, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per site, language, channel, reason and local day of arrival with sums of CONTACTS files.

    Columns: answered, unknown (of the answered, customer not known), anchors_W and resolved_W for each
    window W, and for survey, agent and no_escalation n_X and yes_X of the answered contacts that tell.
    `as_of` is the moment up to which the log is complete (default: its last arrival). What does not fit
    into DuckDB's memory goes through the system's temporary folder.
    """
    with TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET TimeZone = 'UTC'")
        connection.execute(f"SET temp_directory = {_text(spill)}")
        connection.execute(f"CREATE VIEW contact AS {_contacts(connection, paths)}")
        first_us, last_us = connection.execute("SELECT min(arrived), max(arrived) FROM contact").fetchall()[0]
        if first_us is None:
            return pd.DataFrame()
        connection.register("local_days", _local_days(centre, first_us=first_us, last_us=last_us))
        return _by_cell(connection, now_us=last_us if as_of is None else round(as_of.timestamp() * 1e6))


def _text(value: object) -> str:
    """A text in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _contacts(connection: duckdb.DuckDBPyConnection, paths: Sequence[Path]) -> str:
    """The log as numbers: microseconds, and one hash for customer and reason (NULL: customer unknown)."""
    files = ", ".join(map(_text, paths))
    source = f"read_parquet([{files}], union_by_name = true)"
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}
    c = {name: name if name in there else "NULL" for name in OPTIONAL}
    reason = f"coalesce(CAST({c['reason']} AS VARCHAR), '{UNKNOWN_REASON}')"
    answered = c["answered_at"] if "answered_at" in there else "arrived_at"
    return f"""
        SELECT site, language, channel, {reason} AS reason, epoch_us(arrived_at) AS arrived,
               epoch_us(coalesce({c["ended_at"]}, {answered}, arrived_at)) AS closed,
               {answered} IS NOT NULL AS answered,
               CASE WHEN {c["customer_id"]} IS NOT NULL
                    THEN hash({c["customer_id"]}, {reason}) END AS customer,
               CAST({c["escalated"]} AS BOOLEAN) AS escalated,
               CAST({c["agent_resolved"]} AS BOOLEAN) AS agent_resolved,
               CAST({c["survey_resolved"]} AS BOOLEAN) AS survey_resolved
        FROM {source}"""


def _local_days(centre: Centre, *, first_us: int, last_us: int) -> pd.DataFrame:
    """The local day of every quarter of an hour at each site."""
    quarter = np.arange(first_us // QUARTER_US, last_us // QUARTER_US + 1)
    moments = pd.Series(pd.to_datetime(quarter * QUARTER_US, unit="us", utc=True))
    return pd.concat(
        [
            pd.DataFrame({"site": code, "quarter": quarter, "day": local_day(moments, site.time_zone)})
            for code, site in centre.sites.items()
        ],
        ignore_index=True,
    )


def _by_cell(connection: duckdb.DuckDBPyConnection, *, now_us: int) -> pd.DataFrame:
    """Repeats and all other sums, side by side, by site, language, channel, reason and local day."""
    cell = "site, language, channel, reason, day"
    joined = f"JOIN local_days USING (site) WHERE quarter = arrived // {QUARTER_US} GROUP BY ALL"
    repeats = connection.sql(f"SELECT {cell}, {_window_sums(now_us)} FROM ({NEIGHBOURS}) {joined}").df()
    others = connection.sql(f"SELECT {cell}, {OUTCOME_SUMS} FROM contact {joined}").df()
    keys = cell.split(", ")
    return others.merge(repeats, on=keys, how="left").fillna(dict.fromkeys(repeats.columns.drop(keys), 0))


NEIGHBOURS = """
    SELECT site, language, channel, reason, arrived, closed, answered,
           lead(arrived) OVER around AS next_arrived,
           max(CASE WHEN answered THEN closed END)
               OVER (around ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_closed
    FROM contact WHERE customer IS NOT NULL
    WINDOW around AS (PARTITION BY customer ORDER BY arrived, closed, site, language, channel)"""
OUTCOME_SUMS = """
    count(*) FILTER (answered) AS answered,
    count(*) FILTER (answered AND customer IS NULL) AS unknown,
    count(survey_resolved) FILTER (answered) AS n_survey,
    count(*) FILTER (answered AND survey_resolved) AS yes_survey,
    count(agent_resolved) FILTER (answered) AS n_agent,
    count(*) FILTER (answered AND agent_resolved) AS yes_agent,
    count(escalated) FILTER (answered) AS n_no_escalation,
    count(*) FILTER (answered AND NOT escalated) AS yes_no_escalation"""


def _window_sums(now_us: int) -> str:
    """Anchors of each window, and those of them that were not followed."""
    parts = []
    for name, hours in WINDOWS_H.items():
        window = hours * HOUR_US
        anchor = (
            f"answered AND closed + {window} <= {now_us} "
            f"AND (before_closed IS NULL OR arrived - before_closed > {window})"
        )
        alone = f"(next_arrived IS NULL OR next_arrived > closed + {window})"
        parts.append(f"count(*) FILTER ({anchor}) AS anchors_{name}")
        parts.append(f"count(*) FILTER ({anchor} AND {alone}) AS resolved_{name}")
    return ", ".join(parts)
