"""Rows of a contact log that are parts of one contact: transfers, and the same message sent twice.

Why these rules: docs/decisions/084-first-contact-resolution.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from planner.domain.quality import FcrReading

SECOND_US = 1_000_000
SEVERAL = "talk IN (SELECT talk FROM contact WHERE talk IS NOT NULL GROUP BY talk HAVING count(*) > 1)"


@dataclass(frozen=True)
class Joining:
    """A rule in SQL: within `partition`, a row of `among` that is `part` belongs to the one before.

    `part` may use `earlier_closed` (latest close so far) and `last_arrived` of the rows before it.
    """

    partition: str
    among: str
    part: str


def join_parts(connection: duckdb.DuckDBPyConnection, there: Collection[str], *, reading: FcrReading) -> None:
    """Join the rows of the table `contact` that are parts of one contact; `joined` counts them."""
    for rule in _rules(there, reading):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE part AS {_parts(rule)}")
        connection.execute(HEADS)
        connection.execute("DELETE FROM contact WHERE rowid IN (SELECT part FROM part)")
    connection.execute("DROP TABLE IF EXISTS part")


def _rules(there: Collection[str], reading: FcrReading) -> list[Joining]:
    """The rules that the log's columns allow; transfers come first, since a joined contact ends later."""
    soon = f"arrived <= earlier_closed + {round(reading.transfer_within_s * SECOND_US)}"
    twice = f"arrived <= last_arrived + {round(reading.double_within_min * 60 * SECOND_US)}"
    marked = "who IN (SELECT who FROM contact WHERE transferred AND who IS NOT NULL)"
    rules = []
    if "conversation_id" in there:
        rules.append(Joining("talk", SEVERAL, soon))
    if {"transferred", "customer_id"} <= set(there):
        rules.append(Joining("who", marked, f"transferred AND {soon}"))
    if "customer_id" in there:
        rules.append(Joining("who, line", "who IS NOT NULL AND line >= 0", twice))
    return rules


def _parts(rule: Joining) -> str:
    """Each row that is a part (`part`) with the row that its contact begins with (`head`), by rowid."""
    order = f"PARTITION BY {rule.partition} ORDER BY arrived, closed, cell, answered, bot"
    return f"""
        WITH seen AS (
            SELECT rowid AS place, arrived, transferred, closed, cell, answered, bot, {rule.partition},
                   max(closed) OVER before AS earlier_closed, max(arrived) OVER before AS last_arrived
            FROM contact WHERE {rule.among}
            WINDOW before AS ({order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        ),
        told AS (SELECT *, coalesce({rule.part}, false) AS part FROM seen)
        SELECT place AS part, head FROM (
            SELECT place, part,
                   last_value(CASE WHEN NOT part THEN place END IGNORE NULLS) OVER ({order}) AS head
            FROM told)
        WHERE part"""


# A contact is the bot's only when every part is, and answered when a person answered any part.
HEADS = """
    UPDATE contact SET closed = whole.closed, answered = whole.answered, bot = whole.bot, who = whole.who,
        escalated = whole.escalated, agent_resolved = whole.agent_resolved,
        survey_resolved = whole.survey_resolved, joined = contact.joined + whole.joined
    FROM (
        SELECT head, max(closed) AS closed, bool_and(bot) OR bool_or(answered AND NOT bot) AS answered,
               bool_and(bot) AS bot, arg_min(who, arrived) AS who, bool_or(escalated) AS escalated,
               arg_max(agent_resolved, arrived) AS agent_resolved,
               arg_max(survey_resolved, arrived) AS survey_resolved,
               sum(joined + (own IS NULL)::INTEGER) FILTER (head <> contact.rowid) AS joined
        FROM (SELECT part AS place, head, NULL AS own FROM part
              UNION ALL SELECT DISTINCT head, head, head FROM part) AS member
        JOIN contact ON contact.rowid = member.place GROUP BY head
    ) AS whole WHERE contact.rowid = whole.head"""
