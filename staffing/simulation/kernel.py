"""The event simulation of one site, compiled: contacts meet agents.

All compiled functions stand in this one file: numba's cache does not see a change in another file.
A contact goes to the free agent with the fewest open conversations (then a specialist, then whoever
has been free longest). An agent who becomes free takes the contact that has waited longest among the
group's queues. A waiting contact leaves when its patience ends. Agents finish open contacts after
their segment, but take no new ones. With j conversations open each of them advances at
1 / (1 + slow_down (j - 1)) of its solo pace, exactly (processor sharing).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from staffing.simulation.floor import Floor


@njit(cache=True, nogil=True, error_model="numpy")
def walk(changes: np.ndarray, floor: Floor) -> None:
    """Carry the floor through every change of duty to the end of the last interval, in place."""
    contact, interval = 0, 0
    for change in changes:
        while True:
            agent = floor.winner[1]
            end_s = floor.agents[agent].due_s
            arrival_s = floor.contacts[contact].arrived_s if contact < len(floor.contacts) else np.inf
            if min(end_s, arrival_s) > change.at_s:
                break
            if end_s <= arrival_s:
                _finish(agent, end_s, floor)
            else:
                _arrive(contact, arrival_s, floor)
                contact += 1
        if change.agent >= 0:
            _change(change, floor)
        else:
            _close_interval(interval, change.at_s, floor)
            interval += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _arrive(contact: int, now_s: float, floor: Floor) -> None:
    number = floor.contacts[contact].queue
    agent, queue = _free_agent(number, floor), floor.queues[number]
    if agent < 0:
        if queue.first < 0:
            queue.first = contact
        else:
            floor.contacts[queue.last].behind = contact
        queue.last = contact
        return
    _step_aside(agent, floor)
    _begin(agent, contact, now_s, floor)
    _settle(agent, now_s, floor)
    if _may_take(agent, floor):
        _stand_free(agent, floor)


@njit(cache=True, nogil=True, error_model="numpy")
def _finish(agent: int, now_s: float, floor: Floor) -> None:
    person, talks = floor.agents[agent], floor.talks[agent]
    _step_aside(agent, floor)
    _advance(agent, now_s, floor)
    ended = _next_to_end(agent, floor)
    floor.contacts[talks[ended].contact].finished_s = now_s
    person.open_count -= 1
    talks[ended] = talks[person.open_count]
    if person.open_count == 0 and person.group < 0:
        _charge(agent, -1, now_s, floor)
    _seek_work(agent, now_s, floor)


@njit(cache=True, nogil=True, error_model="numpy")
def _change(change: np.record, floor: Floor) -> None:
    person = floor.agents[change.agent]
    _step_aside(change.agent, floor)
    _advance(change.agent, change.at_s, floor)
    person.group, person.slots = change.group, change.slots
    if change.group >= 0 or person.open_count == 0:
        _charge(change.agent, change.group, change.at_s, floor)
    _seek_work(change.agent, change.at_s, floor)


@njit(cache=True, nogil=True, error_model="numpy")
def _close_interval(interval: int, now_s: float, floor: Floor) -> None:
    for number in range(len(floor.groups)):
        group = floor.groups[number]
        _sum_time(group, 0, 0.0, now_s)
        floor.people_s[number, interval] = group.people_s
        floor.busy_s[number, interval] = group.busy_s
        if group.idle_share > 0:
            _blend(number, now_s, floor)
        group.people_s, group.busy_s, group.began_s = 0.0, 0.0, now_s


@njit(cache=True, nogil=True, error_model="numpy")
def _blend(number: int, now_s: float, floor: Floor) -> None:
    """Deferred work done in idle time: the oldest that was there when the interval began."""
    group = floor.groups[number]
    group.credit_s += group.idle_share * (group.people_s - group.busy_s)
    while True:
        oldest = _longest_waiting(floor.blended[number], 0, now_s, floor)
        if oldest < 0 or floor.contacts[oldest].arrived_s > group.began_s:
            group.credit_s = 0.0  # idle time cannot be saved for work that is yet to come
            return
        contact = floor.contacts[oldest]
        if contact.work_s > group.credit_s:
            return
        group.credit_s -= contact.work_s
        _leave_line(contact.queue, floor)
        contact.answered_s, contact.finished_s = now_s, now_s


@njit(cache=True, nogil=True, error_model="numpy")
def _may_take(agent: int, floor: Floor) -> bool:
    person = floor.agents[agent]
    if person.group < 0 or person.open_count >= person.slots:
        return False
    first = floor.talks[agent, 0].contact
    return person.open_count == 0 or floor.queues[floor.contacts[first].queue].concurrent


@njit(cache=True, nogil=True, error_model="numpy")
def _seek_work(agent: int, now_s: float, floor: Floor) -> None:
    person = floor.agents[agent]
    while _may_take(agent, floor):
        contact = _longest_waiting(floor.queues_of[person.group], person.open_count, now_s, floor)
        if contact < 0:
            _stand_free(agent, floor)
            break
        _leave_line(floor.contacts[contact].queue, floor)
        _begin(agent, contact, now_s, floor)
    _settle(agent, now_s, floor)


@njit(cache=True, nogil=True, error_model="numpy")
def _begin(agent: int, contact: int, now_s: float, floor: Floor) -> None:
    _advance(agent, now_s, floor)
    person = floor.agents[agent]
    talk = floor.talks[agent, person.open_count]
    talk.contact, talk.work_left_s = contact, floor.contacts[contact].work_s
    person.open_count += 1
    floor.contacts[contact].answered_s = now_s


@njit(cache=True, nogil=True, error_model="numpy")
def _stretch(agent: int, slot: int, floor: Floor) -> float:
    """Seconds that a second of solo work takes at the present number of open conversations."""
    queue = floor.queues[floor.contacts[floor.talks[agent, slot].contact].queue]
    return 1.0 + queue.slow_down * (floor.agents[agent].open_count - 1)


@njit(cache=True, nogil=True, error_model="numpy")
def _advance(agent: int, now_s: float, floor: Floor) -> None:
    person = floor.agents[agent]
    for slot in range(person.open_count):
        floor.talks[agent, slot].work_left_s -= (now_s - person.since_s) / _stretch(agent, slot, floor)
    person.since_s = now_s


@njit(cache=True, nogil=True, error_model="numpy")
def _next_to_end(agent: int, floor: Floor) -> int:
    best, best_s = 0, np.inf
    for slot in range(floor.agents[agent].open_count):
        left_s = floor.talks[agent, slot].work_left_s * _stretch(agent, slot, floor)
        if left_s < best_s:
            best, best_s = slot, left_s
    return best


@njit(cache=True, nogil=True, error_model="numpy")
def _settle(agent: int, now_s: float, floor: Floor) -> None:
    """After a change of open conversations: the agent's effort and next completion."""
    person, effort = floor.agents[agent], _effort(agent, floor)
    if person.charged >= 0 and effort != person.effort:
        _sum_time(floor.groups[person.charged], 0, effort - person.effort, now_s)
    person.effort = effort
    _set_due(agent, now_s, floor)


@njit(cache=True, nogil=True, error_model="numpy")
def _effort(agent: int, floor: Floor) -> float:
    """Work done, as a share of what the agent does with all slots taken; a call takes all of it."""
    person, effort = floor.agents[agent], 0.0
    for slot in range(person.open_count):
        queue = floor.queues[floor.contacts[floor.talks[agent, slot].contact].queue]
        if not queue.concurrent:
            return 1.0
        full = 1.0 + queue.slow_down * (person.slots - 1)
        effort += full / _stretch(agent, slot, floor) / person.slots
    return min(effort, 1.0)


@njit(cache=True, nogil=True, error_model="numpy")
def _set_due(agent: int, now_s: float, floor: Floor) -> None:
    """Enter the agent's next completion into the knock-out tree."""
    agents, winner = floor.agents, floor.winner
    agents[agent].due_s = np.inf
    if agents[agent].open_count > 0:
        slot = _next_to_end(agent, floor)
        left_s = floor.talks[agent, slot].work_left_s * _stretch(agent, slot, floor)
        agents[agent].due_s = now_s + max(left_s, 0.0)
    node = (agent + len(agents)) >> 1
    while node >= 1:
        left, right = winner[2 * node], winner[2 * node + 1]
        best = left if agents[left].due_s <= agents[right].due_s else right
        if winner[node] == best and best != agent:
            return
        winner[node] = best
        node >>= 1


@njit(cache=True, nogil=True, error_model="numpy")
def _free_agent(queue: int, floor: Floor) -> int:
    levels = floor.free.shape[1] if floor.queues[queue].concurrent else 1
    for level in range(levels):
        for group in floor.groups_of[queue]:
            if group >= 0 and floor.free[group, level].first >= 0:
                return floor.free[group, level].first
    return -1


@njit(cache=True, nogil=True, error_model="numpy")
def _stand_free(agent: int, floor: Floor) -> None:
    person = floor.agents[agent]
    ends = floor.free[person.group, person.open_count]
    person.stands, person.before, person.after = person.open_count, ends.last, -1
    if ends.last < 0:
        ends.first = agent
    else:
        floor.agents[ends.last].after = agent
    ends.last = agent


@njit(cache=True, nogil=True, error_model="numpy")
def _step_aside(agent: int, floor: Floor) -> None:
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


@njit(cache=True, nogil=True, error_model="numpy")
def _charge(agent: int, number: int, now_s: float, floor: Floor) -> None:
    """From now on the agent's time counts for this group (-1: for none)."""
    person = floor.agents[agent]
    if person.charged >= 0:
        _sum_time(floor.groups[person.charged], -1, -person.effort, now_s)
    if number >= 0:
        _sum_time(floor.groups[number], 1, person.effort, now_s)
    person.charged = number


@njit(cache=True, nogil=True, error_model="numpy")
def _sum_time(group: np.record, people: int, effort: float, now_s: float) -> None:
    """Sum the group's time up to now; from now on it has so many people and so much effort more."""
    group.people_s += (now_s - group.until_s) * group.people
    group.busy_s += (now_s - group.until_s) * group.effort
    group.until_s = now_s
    group.people, group.effort = group.people + people, group.effort + effort


@njit(cache=True, nogil=True, error_model="numpy")
def _leave_line(number: int, floor: Floor) -> None:
    queue = floor.queues[number]
    queue.first = floor.contacts[queue.first].behind


@njit(cache=True, nogil=True, error_model="numpy")
def _longest_waiting(served: np.ndarray, open_count: int, now_s: float, floor: Floor) -> int:
    """The oldest waiting contact of the queues served, or -1; beside open ones only written channels."""
    best = -1
    for queue in served:
        if queue < 0 or (open_count > 0 and not floor.queues[queue].concurrent):
            continue
        contact = _first_waiting(queue, now_s, floor)
        if contact >= 0 and (best < 0 or contact < best):  # contacts are numbered by arrival
            best = contact
    return best


@njit(cache=True, nogil=True, error_model="numpy")
def _first_waiting(queue: int, now_s: float, floor: Floor) -> int:
    """The queue's first contact that has not lost patience, or -1; the others leave the line."""
    while True:
        contact = floor.queues[queue].first
        if contact < 0 or floor.contacts[contact].leaves_s > now_s:
            return contact
        _leave_line(queue, floor)
