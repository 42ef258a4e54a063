"""The table of deferred work that has been begun, waits, or is late."""

from __future__ import annotations

from planner.domain.keys import INTERVAL, QUEUE, QUEUE_COLUMNS, START
from planner.domain.table import Column, Table


def _contacts(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, "contacts", least=0)


BACKLOG = Table(
    "BACKLOG",
    "deferred contacts by state, expected: one row per deferred queue and interval, open or closed; "
    "new and returned come into open, worked leaves it",
    (*QUEUE, "interval_start"),
    (
        *QUEUE_COLUMNS,
        START,
        INTERVAL,
        _contacts("new", "contacts that arrive in the interval"),
        _contacts("returned", "contacts that come back from pending or on hold, open again"),
        _contacts("worked", "open contacts that an agent handles (touches)"),
        _contacts("done", "contacts that need no more"),
        _contacts("open", "wait for an agent at the end of the interval"),
        _contacts("pending", "wait for the customer at the end of the interval"),
        _contacts("on_hold", "wait for a third party at the end of the interval"),
        _contacts("late", "open beyond their deadline at the end of the interval"),
        Column(
            "oldest_h",
            "number",
            "open hours that the oldest open contact has waited; blank when none is open",
            "h",
            least=0,
            blank=True,
        ),
    ),
)
