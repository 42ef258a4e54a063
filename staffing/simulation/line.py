"""Who waits: lines of contacts by queue, and of free agents by group and number of open conversations.

Compiled; see `compiled` for what to do after a change.
"""

from __future__ import annotations

import numpy as np

from staffing.compiled import part
from staffing.simulation.floor import Floor


@part
def stand_in_line(contact: int, floor: Floor) -> None:
    """The contact waits behind all others of its queue."""
    queue = floor.queues[floor.contacts[contact].queue]
    if queue.first < 0:
        queue.first = contact
    else:
        floor.contacts[queue.last].behind = contact
    queue.last = contact


@part
def leave_line(number: int, floor: Floor) -> None:
    """The first contact of the queue waits no longer."""
    queue = floor.queues[number]
    queue.first = floor.contacts[queue.first].behind


@part
def first_waiting(queue: int, now_s: float, floor: Floor) -> int:
    """The queue's first contact that has not lost patience, or -1; the others leave the line."""
    while True:
        contact = floor.queues[queue].first
        if contact < 0 or floor.contacts[contact].leaves_s > now_s:
            return contact
        leave_line(queue, floor)


@part
def next_in_line(served: np.ndarray, taken: int, now_s: float, floor: Floor) -> int:
    """Who is next among the queues served, or -1: the highest priority, then the longest wait.

    An agent with conversations open (`taken`) takes only written ones beside them.
    """
    best = -1
    for queue in served:
        if queue < 0 or (taken > 0 and not floor.queues[queue].concurrent):
            continue
        contact = first_waiting(queue, now_s, floor)
        if contact >= 0 and (best < 0 or _goes_before(contact, best, floor)):
            best = contact
    return best


@part
def _goes_before(contact: int, other: int, floor: Floor) -> bool:
    one, two = floor.contacts[contact], floor.contacts[other]
    above = floor.queues[one.queue].priority - floor.queues[two.queue].priority
    return above > 0 or (above == 0 and one.arrived_s < two.arrived_s)


@part
def free_agent(queue: int, floor: Floor) -> int:
    """Who takes a contact of the queue: fewest open conversations, specialist, longest free; or -1."""
    levels = floor.free.shape[1] if floor.queues[queue].concurrent else 1
    for level in range(levels):
        for group in floor.groups_of[queue]:
            if group >= 0 and floor.free[group, level].first >= 0:
                return floor.free[group, level].first
    return -1


@part
def who_goes(group: int, floor: Floor) -> int:
    """Who of the group goes when any may: whoever has been free longest, else the lowest number."""
    for level in range(floor.free.shape[1]):
        if floor.free[group, level].first >= 0:
            return floor.free[group, level].first
    for agent in range(len(floor.agents)):
        if floor.agents[agent].group == group:
            return agent
    return -1


@part
def stand_free(agent: int, floor: Floor) -> None:
    """The agent waits for a contact behind all others of the group with as many conversations open."""
    person = floor.agents[agent]
    ends = floor.free[person.group, person.taken]
    person.stands, person.before, person.after = person.taken, ends.last, -1
    if ends.last < 0:
        ends.first = agent
    else:
        floor.agents[ends.last].after = agent
    ends.last = agent


@part
def step_aside(agent: int, floor: Floor) -> None:
    """The agent waits for no contact, wherever he or she stood."""
    person = floor.agents[agent]
    if person.stands < 0:
        return
    ends = floor.free[person.group, person.stands]
    if person.before < 0:
        ends.first = person.after
    else:
        floor.agents[person.before].after = person.after
    if person.after < 0:
        ends.last = person.before
    else:
        floor.agents[person.after].before = person.before
    person.stands = -1


@part
def may_take(agent: int, floor: Floor) -> bool:
    """Whether the agent may take a further contact: on duty, a slot free, and no call open."""
    person = floor.agents[agent]
    if person.group < 0 or person.taken >= person.slots:
        return False
    first = floor.talks[agent, 0].contact
    return person.taken == 0 or floor.queues[floor.contacts[first].queue].concurrent
