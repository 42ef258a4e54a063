"""The floor of one site as arrays: what goes into a run, what moves during it, what comes out.

Times are seconds after the horizon's first local midnight. Queues, groups and agents are numbered
from 0; -1 stands for "none" in index arrays, which never leave this package.
A group is a set of queues served together; an agent belongs to one group at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

ANYONE = -2  # as the agent of a change: whoever of the group is free goes, else who came first


class Again(NamedTuple):
    """Who would call again (shape n each): the contact that it would be, and how long after.

    `redial_s` after giving up, `reconnect_s` after the end of the contact; inf: not in that case.
    """

    row: np.ndarray  # among the contacts; -1: in no case
    redial_s: np.ndarray
    reconnect_s: np.ndarray


class Contacts(NamedTuple):
    """Every contact of a run in order of arrival, with the luck it brings along (shape n each).

    Behind them stand the contacts of those who would call again; when they arrive is NaN, because
    only the run tells.
    """

    arrived_s: np.ndarray
    queue: np.ndarray
    work_s: np.ndarray  # handle time when it is the agent's only conversation
    patience_s: np.ndarray  # inf: never leaves
    idle_s: np.ndarray | float = 0.0  # how long the slot is held once the work is done
    again: Again | None = None


class Queues(NamedTuple):
    """How each queue is worked (shape Q; `groups` is Q x most groups, specialists first).

    `is_open` (Q x intervals) is when those who call again get through to it at all; None = always.
    """

    slow_down: np.ndarray
    concurrent: np.ndarray
    groups: np.ndarray
    priority: np.ndarray | int = 0  # the higher one first
    is_open: np.ndarray | None = None


class Groups(NamedTuple):
    """Queues of each group (G x most queues) and the deferred ones its idle time fills."""

    queues: np.ndarray
    blended: np.ndarray
    idle_share: np.ndarray  # share of the group's idle time spent on `blended`


class Duty(NamedTuple):
    """Who changes group when, in order of time; agent -1 is the end of an interval, ANYONE any of the group
    (who then goes off duty).
    """

    at_s: np.ndarray
    agent: np.ndarray
    group: np.ndarray  # -1: off contact duty
    slots: np.ndarray  # conversations at once


class Outcome(NamedTuple):
    """When each contact arrived, was answered and finished (NaN: not before the end), and agents' time.

    `people_s` and `busy_s` are groups x intervals: seconds on contact duty, and those of them with a
    contact. An agent with some of several conversations open is busy for the work done, as a share of
    the work done with all open.
    """

    answered_s: np.ndarray
    finished_s: np.ndarray
    people_s: np.ndarray
    busy_s: np.ndarray
    arrived_s: np.ndarray


# Rows of the moving state: one array of records holds what is needed at the same moment side by side.
CONTACT = np.dtype([
    ("arrived_s", "f8"), ("leaves_s", "f8"), ("work_s", "f8"), ("idle_s", "f8"),
    ("answered_s", "f8"), ("finished_s", "f8"), ("queue", "i8"), ("behind", "i8"),
])  # fmt: skip
AGAIN = np.dtype([("row", "i8"), ("redial_s", "f8"), ("reconnect_s", "f8")])
ENTRY = np.dtype([("at_s", "f8"), ("contact", "i8"), ("answered", "?")])
QUEUE = np.dtype([
    ("slow_down", "f8"), ("concurrent", "?"), ("priority", "i8"), ("first", "i8"), ("last", "i8"),
])  # fmt: skip
GROUP = np.dtype([
    ("people", "i8"), ("effort", "f8"), ("people_s", "f8"), ("busy_s", "f8"), ("until_s", "f8"),
    ("began_s", "f8"), ("idle_share", "f8"), ("credit_s", "f8"),
])  # fmt: skip
AGENT = np.dtype([
    ("group", "i8"), ("charged", "i8"), ("slots", "i8"), ("taken", "i8"), ("working", "i8"),
    ("since_s", "f8"), ("due_s", "f8"), ("effort", "f8"), ("stands", "i8"), ("before", "i8"), ("after", "i8"),
])  # fmt: skip
TALK = np.dtype([("contact", "i8"), ("work_left_s", "f8"), ("idle_until_s", "f8")])  # inf: still at work
ENDS = np.dtype([("first", "i8"), ("last", "i8")])
CHANGE = np.dtype([("at_s", "f8"), ("agent", "i8"), ("group", "i8"), ("slots", "i8")])


class Floor(NamedTuple):
    """A run under way. Agents who are free stand by group and number of open conversations (`free`,
    longest free first); `winner[1]` of the knock-out tree is the agent at whose desk something ends next.
    `first_calls` contacts come by themselves, those behind when `calendar`, a heap of `entries[0]`, says.
    """

    contacts: np.ndarray
    first_calls: int
    again: np.ndarray
    calendar: np.ndarray
    entries: np.ndarray
    queues: np.ndarray
    is_open: np.ndarray  # queues x intervals
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
    agents = _agent_records(duty)
    intervals = int((duty.agent == -1).sum())
    again = _again_records(contacts)
    return Floor(
        contacts=_contact_records(contacts),
        first_calls=int(np.searchsorted(contacts.arrived_s, np.inf)),  # NaN stands last
        again=again,
        calendar=np.zeros(2 * int((again["row"] >= 0).sum()) + 1, ENTRY),
        entries=np.zeros(1, np.int64),
        queues=_queue_records(queues),
        is_open=np.ones((len(queues.slow_down), intervals), bool)
        if queues.is_open is None
        else queues.is_open,
        groups=records(GROUP, group_count, idle_share=groups.idle_share),
        agents=agents,
        talks=np.zeros((len(agents), slots), TALK),
        free=records(ENDS, group_count * slots, first=-1, last=-1).reshape(group_count, slots),
        winner=_knock_out(len(agents)),
        groups_of=queues.groups,
        queues_of=groups.queues,
        blended=groups.blended,
        people_s=np.zeros((group_count, intervals)),
        busy_s=np.zeros((group_count, intervals)),
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
    """Those who would call again hold their patience where the others hold when it ends."""
    return records(
        CONTACT,
        len(contacts.arrived_s),
        arrived_s=contacts.arrived_s,
        queue=contacts.queue,
        work_s=contacts.work_s,
        idle_s=contacts.idle_s,
        leaves_s=np.nan_to_num(contacts.arrived_s) + contacts.patience_s,
        answered_s=np.nan,
        finished_s=np.nan,
        behind=-1,
    )


def _again_records(contacts: Contacts) -> np.ndarray:
    if contacts.again is None:
        return np.zeros(0, AGAIN)
    return records(AGAIN, len(contacts.arrived_s), **contacts.again._asdict())


def _queue_records(queues: Queues) -> np.ndarray:
    return records(
        QUEUE,
        len(queues.slow_down),
        slow_down=queues.slow_down,
        concurrent=queues.concurrent,
        priority=queues.priority,
        first=-1,
    )


def _agent_records(duty: Duty) -> np.ndarray:
    """As many agents as the knock-out tree has leaves, all off duty."""
    count = 1 << max(0, int(duty.agent.max(initial=0))).bit_length()
    return records(AGENT, count, group=-1, charged=-1, stands=-1, due_s=np.inf)


def _knock_out(leaves: int) -> np.ndarray:
    """A tree in which nobody has anything due: the first agent of each half wins."""
    rounds = [np.arange(0, leaves, leaves >> level) for level in range(leaves.bit_length())]
    return np.concatenate([[0], *rounds])
