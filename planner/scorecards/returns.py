"""Who came back: each answered contact of a known customer, the contacts around it, and its windows.

A contact is *followed* within w when the same customer is back about the same reason family, on any
channel and answered or not, no later than w after its close. It is an *anchor* of w when it was
answered, its customer is known, no answered contact of the same customer and family closed within w
before it arrived, and the log tells it: it had begun w (at most `LOOKED_BACK_H`) before. Its window is
*due* when w has fully elapsed since its close.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import duckdb

from planner.scorecards.contact_log import HOUR_US

WINDOWS_H: Mapping[str, int] = {"24h": 24, "72h": 72, "7d": 168, "30d": 720}
BITS: Mapping[str, int] = {name: 1 << place for place, name in enumerate(WINDOWS_H)}
LOOKED_BACK_H = 168  # later repeats are too rare to bias an anchor: decision 084
AT_ONCE = 2_000_000  # contacts that are sorted together; more are taken customer by customer in shares


def follow(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `anchor` from `contact`: one row per answered contact of a known customer.

    Columns: cell, day, bot; anchor, due and back, a bit for each window; back_s and left_s, seconds from
    its close to the next contact (NULL: none) and to the end of the log; next_cell.
    """
    count = connection.execute("SELECT count(*) FROM contact").fetchall()[0][0]
    shares = -(-count // AT_ONCE) or 1
    for share in range(shares):
        make = "INSERT INTO anchor" if share else "CREATE TEMP TABLE anchor AS"
        connection.execute(f"{make} {_followed(f'who % {shares} = {share}')}")


def _followed(among: str) -> str:
    """The anchors among some of the customers."""
    return f"""
        SELECT cell, day, bot,
               {_bits(_is_anchor)} AS anchor, {_bits(_is_due)} AS due, {_bits(_is_back)} AS back,
               CASE WHEN next_arrived IS NOT NULL
                    THEN (greatest(next_arrived - closed, 0) // 1000000)::INTEGER END AS back_s,
               ((until_us - closed) // 1000000)::INTEGER AS left_s, next_cell
        FROM (
            SELECT cell, day, bot, answered, arrived, closed,
                   lead(arrived) OVER around AS next_arrived, lead(cell) OVER around AS next_cell,
                   max(CASE WHEN answered THEN closed END)
                       OVER (around ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_closed
            FROM contact WHERE who IS NOT NULL AND {among}
            WINDOW around AS (PARTITION BY who, family ORDER BY arrived, closed, cell, answered, bot)
        ) JOIN (SELECT cell, since_us, until_us FROM cell) USING (cell)
        WHERE answered"""


def _is_anchor(window_us: int) -> str:
    known = min(window_us, LOOKED_BACK_H * HOUR_US)
    alone = f"(before_closed IS NULL OR arrived - before_closed > {window_us})"
    return f"{alone} AND arrived >= since_us + {known}"


def _is_due(window_us: int) -> str:
    return f"closed + {window_us} <= until_us"


def _is_back(window_us: int) -> str:
    return f"coalesce(next_arrived <= closed + {window_us}, false)"


def _bits(claim: Callable[[int], str]) -> str:
    """A claim about each window as one number."""
    claims = [f"({claim(hours * HOUR_US)})::UTINYINT * {BITS[name]}" for name, hours in WINDOWS_H.items()]
    return f"({' + '.join(claims)})::UTINYINT"


def window_sums() -> str:
    """SQL sums over `anchor`: anchors whose window is due, those not followed, and windows still open."""
    parts = []
    for name, bit in BITS.items():
        counted = f"anchor & {bit} > 0"
        parts += [
            f"count(*) FILTER ({counted} AND due & {bit} > 0) AS anchors_{name}",
            f"count(*) FILTER ({counted} AND due & {bit} > 0 AND back & {bit} = 0) AS resolved_{name}",
            f"count(*) FILTER ({counted} AND due & {bit} = 0) AS open_{name}",
        ]
    return ", ".join(parts)
