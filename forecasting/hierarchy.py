"""Languages, sites, channels and the whole as day series of their own, above the queues they are sums of.

A total's days are smoother than any queue's: its season, holidays and level show where a small queue's
drown in chance. Queues learn from them (`parents`), and all forecasts are made to agree (`reconciliation`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from forecasting.history import QueueHistory
from forecasting.kin import Histories, Reason, line_of
from forecasting.rollup import ALL
from planner.domain.centre import Queue, QueueKey

FEWEST_QUEUES = 2
MAIN = 0.08  # of a total's contacts come from a country whose holidays can be seen in it
DIMENSIONS = ("language", "site", "channel")


@dataclass(frozen=True)
class Node:
    """A total above queues: what it is the sum of.

    `queues` are forecast and add up to it; `members` lived in its past too, such as a site that the
    language has left since.
    """

    name: str
    key: QueueKey
    queues: tuple[QueueKey, ...]
    members: tuple[QueueKey, ...]


def nodes_of(taught: Histories, known: Histories, reasons: Mapping[QueueKey, Reason]) -> list[Node]:
    """The totals worth a forecast of their own: at least two queues, and no two of the same queues.

    `reasons` says why a queue follows kin. A line that changed sites counts where all of it is summed, not
    at a site; a queue that follows a like market has no past of its own to add. They are added to the
    totals when all is forecast.
    """
    lines = {line_of(taught[key].queue) for key, reason in reasons.items() if reason == "line"}
    lived = [key for key, history in known.items() if key in taught or line_of(history.queue) in lines]
    settled = [key for key in lived if key in taught and key not in reasons]
    whole = [key for key in lived if reasons.get(key) != "like market"]
    found: dict[frozenset[QueueKey], Node] = {}
    for name, key in _totals(whole):
        members = tuple(one for one in (settled if name == "site" else whole) if _within(one, key))
        queues = tuple(one for one in members if one in taught)
        if len(queues) >= FEWEST_QUEUES:
            found.setdefault(frozenset(members), Node(name, key, queues, members))
    return list(found.values())


def _totals(queues: list[QueueKey]) -> Iterator[tuple[str, QueueKey]]:
    """Name and key of each language, site, channel, and of the whole."""
    nothing = QueueKey(ALL, ALL, ALL)
    for name in DIMENSIONS:
        for value in dict.fromkeys(getattr(key, name) for key in queues):
            yield name, nothing._replace(**{name: value})
    yield "total", nothing


def _within(queue: QueueKey, total: QueueKey) -> bool:
    return all(whole in (ALL, part) for whole, part in zip(total, queue))


def speaker(members: list[QueueHistory], total: QueueKey) -> Queue:
    """A queue in whose name a total is forecast: the largest, with the countries that make up the total.

    Events of one language do not touch a total over several.
    """
    sizes = {member.queue.key: float(np.nansum(member.day_totals)) for member in members}
    largest = max(members, key=lambda member: sizes[member.queue.key]).queue
    parts: dict[str, float] = {}
    for member in members:
        for country in member.queue.customers:
            share = sizes[member.queue.key] / len(member.queue.customers)
            parts[country] = parts.get(country, 0.0) + share
    main = tuple(country for country, size in parts.items() if size >= MAIN * sum(parts.values()))
    key = largest.key._replace(language=total.language, channel=total.channel)
    return replace(largest, key=key, customers=main)
