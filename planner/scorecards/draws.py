"""DRAWS: which contacts to score next, at random within each queue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from planner.domain.quality_tables import DRAWS
from planner.domain.tables import QUEUE

MEMORY, THREADS = "200MB", 2  # of DuckDB's own
FROM_DAYS = 28  # contacts no older than this are drawn
SPARE = 3  # contacts drawn beyond those asked, for calls that cannot be heard


def draws(
    contacts: Sequence[Path],
    sampling: pd.DataFrame,
    *,
    scored: pd.DataFrame,
    now: pd.Timestamp,
    seed: int,
) -> pd.DataFrame:
    """DRAWS for what is left of SAMPLING, out of CONTACTS (Parquet files), without those in `scored`.

    Each queue's answered contacts of the last days are put in an order that only the seed, the month and
    the contact's id decide (MD5): the same call gives the same list, whatever was scored in between.
    """
    left = (sampling["asked"] - sampling["done"]).clip(lower=0)
    asked = sampling[[*QUEUE]].assign(most=left + SPARE)[left > 0]
    if not contacts or asked.empty:
        return DRAWS.empty()
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET TimeZone = 'UTC'")
        connection.register("asked", asked)
        connection.register("scored", scored[["contact_id"]].dropna().drop_duplicates())
        source = connection.read_parquet([str(path) for path in contacts], union_by_name=True)
        columns = {name: name if name in source.columns else "NULL" for name in ("answered_at", "agent_id")}
        connection.register("contact", source)
        found = connection.execute(
            _drawn(columns), [f"{seed} {now:%Y-%m}", now - pd.Timedelta(days=FROM_DAYS), now]
        ).df()
    return DRAWS.check(found) if len(found) else DRAWS.empty()


def _drawn(columns: dict[str, str]) -> str:
    """The query; a contact that no person took is not drawn, where the log tells."""
    answered = "answered_at IS NOT NULL" if columns["answered_at"] != "NULL" else "TRUE"
    return f"""
        SELECT site, language, channel, rank, contact_id, agent_id, arrived_at FROM (
            SELECT site, language, channel, contact_id, CAST({columns["agent_id"]} AS VARCHAR) AS agent_id,
                   arrived_at, row_number() OVER (PARTITION BY site, language, channel
                                                  ORDER BY md5(contact_id || $1), contact_id) AS rank
            FROM contact
            WHERE arrived_at >= $2 AND arrived_at < $3 AND {answered}
              AND contact_id NOT IN (SELECT contact_id FROM scored))
        JOIN asked USING (site, language, channel)
        WHERE rank <= most ORDER BY site, language, channel, rank"""
