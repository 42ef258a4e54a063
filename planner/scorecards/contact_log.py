"""The contact log as numbers in DuckDB: millions of rows, a bound on memory, no customer kept.

One row of the table `contact` is one contact: parts that a transfer made and double submissions are
joined (`one_contact`). A contact counts where and when its first part arrived.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pandas as pd

from planner.domain.centre import CHANNEL_KINDS, Centre, QueueKey
from planner.domain.quality import FcrReading
from planner.domain.tables import QUEUE
from planner.domain.timegrid import local_day
from planner.scorecards.one_contact import join_parts

MEMORY, THREADS = "400MB", 2  # of DuckDB's own; Python and the sums come on top
HOUR_US = 3_600_000_000
QUARTER_US = HOUR_US // 4  # every zone's midnight is on a quarter of an hour
OPTIONAL = (
    "customer_id",
    "reason",
    "answered_at",
    "ended_at",
    "agent_id",
    "handled_by",
    "conversation_id",
    "transferred",
    "escalated",
    "agent_resolved",
    "survey_resolved",
)
UNKNOWN_REASON = "unknown"
DAY_ZERO = pd.Timestamp("1970-01-01")


@dataclass(frozen=True)
class Span:
    """From when to when the log is complete; None = its first and its last arrival, site by site."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Log:
    """The table `contact` behind a connection, and what its `cell` numbers mean.

    `cells` has one row per site, language, channel and reason family: cell, site, language, channel,
    reason, client, since_us, until_us.
    """

    connection: duckdb.DuckDBPyConnection
    cells: pd.DataFrame

    def by_cell(self, query: str) -> pd.DataFrame:
        """A query's rows with the names of their cell and, where they have one, their local day."""
        rows = self.connection.sql(query).df()
        rows = rows.sort_values([name for name in ("cell", "day", "bot") if name in rows], ignore_index=True)
        names = self.cells[["cell", *QUEUE, "client", "reason"]]
        named = rows.merge(names, on="cell", how="left").drop(columns="cell")
        if "day" not in named.columns:
            return named
        return named.assign(day=(DAY_ZERO + pd.to_timedelta(named["day"], unit="D")).dt.as_unit("us"))


@contextmanager
def read_log(paths: Sequence[Path], *, centre: Centre, span: Span | None = None) -> Iterator[Log | None]:
    """CONTACTS files (Parquet) as a `Log`, None when they hold no contact.

    What does not fit into DuckDB's memory goes through the system's temporary folder.
    """
    with TemporaryDirectory() as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET temp_directory = {_text(spill)}; SET preserve_insertion_order = false")
        there = _view(connection, paths, reading=centre.quality.fcr)
        seen = connection.sql(SEEN).df()
        if seen.empty:
            yield None
            return
        raw = _cells(seen, centre, span or Span())
        connection.register("raw_cell", raw)
        connection.register("local_day", _local_days(raw, centre))
        connection.execute(NUMBERS)
        cells = raw.drop_duplicates("cell").drop(columns="raw").sort_values("cell", ignore_index=True)
        connection.register("cell", cells)
        join_parts(connection, there, reading=centre.quality.fcr)
        yield Log(connection, cells)


def _text(value: object) -> str:
    """A text in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def _texts(values: Sequence[str]) -> str:
    return ", ".join(map(_text, values)) or "''"


def _view(
    connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], *, reading: FcrReading
) -> frozenset[str]:
    """The view `log` on the files, and which optional columns they have; an absent column is NULL."""
    files = f"read_parquet([{_texts([str(path) for path in paths])}], union_by_name = true)"
    there = {row[0] for row in connection.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()}
    c = {name: name if name in there else "NULL" for name in OPTIONAL}
    answered = c["answered_at"] if "answered_at" in there else "arrived_at"
    bots = _texts(reading.bot)
    connection.execute(f"""CREATE VIEW log AS
        SELECT site, language, channel, coalesce(CAST({c["reason"]} AS VARCHAR), '{UNKNOWN_REASON}') AS raw,
               epoch_us(arrived_at) AS arrived,
               epoch_us(coalesce({c["ended_at"]}, {answered}, arrived_at)) AS closed,
               {answered} IS NOT NULL AS answered,
               coalesce({c["handled_by"]} = 'bot', false) OR channel IN ({bots})
                   OR coalesce({c["agent_id"]} IN ({bots}), false) AS bot,
               CASE WHEN {c["customer_id"]} IS NOT NULL THEN hash({c["customer_id"]}) END AS who,
               CASE WHEN {c["conversation_id"]} IS NOT NULL THEN hash({c["conversation_id"]}) END AS talk,
               coalesce(CAST({c["transferred"]} AS BOOLEAN), false) AS transferred,
               CAST({c["escalated"]} AS BOOLEAN) AS escalated,
               CAST({c["agent_resolved"]} AS BOOLEAN) AS agent_resolved,
               CAST({c["survey_resolved"]} AS BOOLEAN) AS survey_resolved
        FROM {files}""")
    return frozenset(there & set(OPTIONAL))


SEEN = """SELECT site, language, channel, raw, min(arrived) AS first_us, max(arrived) AS last_us
          FROM log GROUP BY ALL"""
NUMBERS = f"""CREATE TEMP TABLE contact AS
    SELECT cell, family, line, local_day.day, arrived, closed, answered OR bot AS answered, bot,
           who, talk, transferred, escalated, agent_resolved, survey_resolved, 0::USMALLINT AS joined
    FROM log JOIN raw_cell USING (site, language, channel, raw)
    JOIN local_day ON local_day.site = raw_cell.site AND quarter = arrived // {QUARTER_US}"""


def _cells(seen: pd.DataFrame, centre: Centre, span: Span) -> pd.DataFrame:
    """Each site, language, channel and raw reason: its cell, family and written line as numbers.

    `line` numbers language, channel and family of deferred channels, -1 for others. Numbers follow the
    names' order, so that they do not depend on the order of rows.
    """
    mine = seen[seen["site"].isin(list(centre.sites))]
    families = centre.quality.fcr.families
    mine = mine.assign(reason=[families.get(str(raw), str(raw)) for raw in mine["raw"]])
    place = ["language", "channel", "reason"]
    deferred = mine["channel"].map(lambda name: CHANNEL_KINDS.get(name) == "deferred")
    mine = mine.assign(
        cell=mine.groupby(["site", *place]).ngroup(),
        family=mine.groupby("reason").ngroup(),
        line=mine.groupby(place).ngroup().where(deferred, -1),
        client=[_client(centre, key) for key in zip(mine["site"], mine["language"], mine["channel"])],
    )
    by_site = mine.groupby("site")
    first, last = by_site["first_us"].transform("min"), by_site["last_us"].transform("max")
    mine["since_us"] = first if span.since is None else round(span.since.timestamp() * 1e6)
    mine["until_us"] = last if span.until is None else round(span.until.timestamp() * 1e6)
    mine["channel_code"] = mine.groupby("channel").ngroup()
    numbers = {"cell": "int32", "family": "int32", "line": "int32", "channel_code": "int16"}
    return mine.astype(numbers)


def _client(centre: Centre, key: tuple[str, str, str]) -> str | None:
    queue = centre.queues.get(QueueKey(*key))
    return queue.client if queue is not None else None


def _local_days(cells: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """The local day (days since 1970) of every quarter of an hour at each site."""
    first, last = int(cells["first_us"].min()), int(cells["last_us"].max())
    quarter = np.arange(first // QUARTER_US, last // QUARTER_US + 1)
    moments = pd.Series(pd.to_datetime(quarter * QUARTER_US, unit="us", utc=True))
    parts = []
    for code in cells["site"].unique():
        days = (local_day(moments, centre.sites[str(code)].time_zone) - DAY_ZERO).dt.days
        parts.append(pd.DataFrame({"site": code, "quarter": quarter, "day": days.astype("int32")}))
    return pd.concat(parts, ignore_index=True)
