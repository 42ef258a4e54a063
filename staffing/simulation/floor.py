"""The floor of one site as arrays: what goes into a run, what moves during it, what comes out.

Times are seconds after the horizon's first local midnight. Queues, groups and agents are numbered
from 0; -1 stands for "none" in index arrays, which never leave this package.
A group is a set of queues served together; an agent belongs to one group at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Contacts(NamedTuple):
    """Every contact of a run in order of arrival, with the luck it brings along (shape n each)."""

    arrived_s: np.ndarray
    queue: np.ndarray
    work_s: np.ndarray  # handle time when it is the agent's only conversation
    patience_s: np.ndarray  # inf: never leaves


class Queues(NamedTuple):
    """How each queue is worked (shape Q; `groups` is Q x most groups, specialists first)."""

    slow_down: np.ndarray
    concurrent: np.ndarray
    groups: np.ndarray


class Groups(NamedTuple):
    """Queues of each group (G x most queues) and the deferred ones its idle time fills."""

    queues: np.ndarray
    blended: np.ndarray
    idle_share: np.ndarray  # share of the group's idle time spent on `blended`


class Duty(NamedTuple):
    """Who changes group when, in order of time; agent -1 is the end of an interval."""

    at_s: np.ndarray
    agent: np.ndarray
    group: np.ndarray  # -1: off contact duty
    slots: np.ndarray  # conversations at once


class Outcome(NamedTuple):
    """When each contact was answered and finished (NaN: not before the end), and agents' time.

    `people_s` and `busy_s` are groups x intervals: seconds on contact duty, and those of them with a
    contact. An agent with some of several conversations open is busy for the work done, as a share of
    the work done with all open.
    """

    answered_s: np.ndarray
    finished_s: np.ndarray
    people_s: np.ndarray
    busy_s: np.ndarray


# Rows of the moving state. Records, because compiled code passes one array of records much faster
# than an array for each field (measured: 1.4 against 0.4 million contacts a second).
CONTACT = np.dtype([
    ("arrived_s", "f8"), ("leaves_s", "f8"), ("work_s", "f8"), ("answered_s", "f8"), ("finished_s", "f8"),
    ("queue", "i8"), ("behind", "i8"),
])  # fmt: skip
QUEUE = np.dtype([("slow_down", "f8"), ("concurrent", "?"), ("first", "i8"), ("last", "i8")])
GROUP = np.dtype([
    ("people", "i8"), ("effort", "f8"), ("people_s", "f8"), ("busy_s", "f8"), ("until_s", "f8"),
    ("began_s", "f8"), ("idle_share", "f8"), ("credit_s", "f8"),
])  # fmt: skip
AGENT = np.dtype([
    ("group", "i8"), ("charged", "i8"), ("slots", "i8"), ("open_count", "i8"), ("since_s", "f8"),
    ("due_s", "f8"), ("effort", "f8"), ("stands", "i8"), ("before", "i8"), ("after", "i8"),
])  # fmt: skip
TALK = np.dtype([("contact", "i8"), ("work_left_s", "f8")])
ENDS = np.dtype([("first", "i8"), ("last", "i8")])
CHANGE = np.dtype([("at_s", "f8"), ("agent", "i8"), ("group", "i8"), ("slots", "i8")])


class Floor(NamedTuple):
    """A run under way. Agents who are free stand by group and number of open conversations (`free`,
    longest free first); `winner[1]` of the knock-out tree is the agent whose contact ends next.
    """

    contacts: np.ndarray
    queues: np.ndarray
    groups: np.ndarray
    agents: np.ndarray
    talks: np.ndarray  # agents x slots
    free: np.ndarray  # groups x open conversations
    winner: np.ndarray
    groups_of: np.ndarray
    queues_of: np.ndarray
    blended: np.ndarray
    people_s: np.ndarray
    busy_s: np.ndarray


def opening_floor(contacts: Contacts, *, queues: Queues, groups: Groups, duty: Duty) -> Floor:
    """The floor before anyone has arrived."""
    slots, group_count = int(duty.slots.max(initial=1)), len(groups.idle_share)
    agents = records(
        AGENT, 1 << max(0, int(duty.agent.max(initial=0))).bit_length(), group=-1, charged=-1, stands=-1
    )
    agents["due_s"] = np.inf
    intervals = int((duty.agent < 0).sum())
    return Floor(
        _contact_records(contacts),
        records(
            QUEUE, len(queues.slow_down), slow_down=queues.slow_down, concurrent=queues.concurrent, first=-1
        ),
        records(GROUP, group_count, idle_share=groups.idle_share),
        agents,
        np.zeros((len(agents), slots), TALK),
        records(ENDS, group_count * slots, first=-1, last=-1).reshape(group_count, slots),
        _knock_out(len(agents)),
        queues.groups,
        groups.queues,
        groups.blended,
        np.zeros((group_count, intervals)),
        np.zeros((group_count, intervals)),
    )


def padded(lists: Sequence[Sequence[int]]) -> np.ndarray:
    """Lists of numbers as rows of one array, filled up with -1 (at least one column)."""
    result = np.full((len(lists), max([1, *map(len, lists)])), -1, np.int64)
    for row, numbers in zip(result, lists, strict=True):
        row[: len(numbers)] = numbers
    return result


def records(dtype: np.dtype, count: int, **fields: object) -> np.ndarray:
    """`count` rows of a record type, zero but for the fields given (a value, or one for each row)."""
    result = np.zeros(count, dtype)
    for name, values in fields.items():
        result[name] = values
    return result


def _contact_records(contacts: Contacts) -> np.ndarray:
    return records(
        CONTACT,
        len(contacts.arrived_s),
        arrived_s=contacts.arrived_s,
        queue=contacts.queue,
        work_s=contacts.work_s,
        leaves_s=contacts.arrived_s + contacts.patience_s,
        answered_s=np.nan,
        finished_s=np.nan,
        behind=-1,
    )


def _knock_out(leaves: int) -> np.ndarray:
    winner = np.zeros(2 * leaves, np.int64)
    winner[leaves:] = np.arange(leaves)
    for node in range(leaves - 1, 0, -1):
        winner[node] = winner[2 * node]
    return winner
