"""One agent's open conversations: how fast each moves, which ends next, what it takes out of the agent.

A conversation is worked on until its work is done, then it may hold its slot idle for a while.
With j conversations worked on each of them advances at 1 / (1 + slow_down (j - 1)) of its solo pace,
exactly (processor sharing). Compiled; see `compiled` for what to do after a change.
"""

from __future__ import annotations

import numpy as np

from staffing.compiled import part
from staffing.simulation.floor import Floor


@part
def begin(agent: int, contact: int, now_s: float, floor: Floor) -> None:
    """The agent takes the contact."""
    advance(agent, now_s, floor)
    person = floor.agents[agent]
    talk = floor.talks[agent, person.taken]
    talk.contact, talk.work_left_s, talk.idle_until_s = contact, floor.contacts[contact].work_s, np.inf
    person.taken += 1
    person.working += 1
    floor.contacts[contact].answered_s = now_s


@part
def end_next(agent: int, now_s: float, floor: Floor) -> int:
    """What was due at the agent's desk has come: the contact that is finished, or -1 (a slot comes free)."""
    person, talks = floor.agents[agent], floor.talks[agent]
    slot = _next_to_end(agent, now_s, floor)
    contact, idle_s = talks[slot].contact, floor.contacts[talks[slot].contact].idle_s
    worked_on = talks[slot].idle_until_s == np.inf
    if worked_on:
        floor.contacts[contact].finished_s = now_s
        person.working -= 1
    if worked_on and idle_s > 0:
        talks[slot].idle_until_s = now_s + idle_s
    else:
        person.taken -= 1
        talks[slot] = talks[person.taken]
    return contact if worked_on else -1


@part
def advance(agent: int, now_s: float, floor: Floor) -> None:
    """Do the work since the last time at the pace that held."""
    person = floor.agents[agent]
    for slot in range(person.taken):
        if floor.talks[agent, slot].idle_until_s == np.inf:
            floor.talks[agent, slot].work_left_s -= (now_s - person.since_s) / _stretch(agent, slot, floor)
    person.since_s = now_s


@part
def settle(agent: int, now_s: float, floor: Floor) -> None:
    """After a change of open conversations: the agent's effort and next completion."""
    person, effort = floor.agents[agent], _effort(agent, floor)
    if person.charged >= 0 and effort != person.effort:
        sum_time(person.charged, 0, effort - person.effort, now_s, floor)
    person.effort = effort
    _set_due(agent, now_s, floor)


@part
def charge(agent: int, number: int, now_s: float, floor: Floor) -> None:
    """From now on the agent's time counts for this group (-1: for none)."""
    person = floor.agents[agent]
    if person.charged >= 0:
        sum_time(person.charged, -1, -person.effort, now_s, floor)
    if number >= 0:
        sum_time(number, 1, person.effort, now_s, floor)
    person.charged = number


@part
def sum_time(number: int, people: int, effort: float, now_s: float, floor: Floor) -> None:
    """Sum the group's time up to now; from now on it has so many people and so much effort more."""
    group = floor.groups[number]
    group.people_s += (now_s - group.until_s) * group.people
    group.busy_s += (now_s - group.until_s) * group.effort
    group.until_s = now_s
    group.people, group.effort = group.people + people, group.effort + effort


@part
def _stretch(agent: int, slot: int, floor: Floor) -> float:
    """Seconds that a second of solo work takes at the present number of conversations worked on."""
    queue = floor.queues[floor.contacts[floor.talks[agent, slot].contact].queue]
    return 1.0 + queue.slow_down * (floor.agents[agent].working - 1)


@part
def _left_s(agent: int, slot: int, now_s: float, floor: Floor) -> float:
    """Seconds until something happens to the conversation, if nothing else changes."""
    talk = floor.talks[agent, slot]
    if talk.idle_until_s < np.inf:
        return talk.idle_until_s - now_s
    return talk.work_left_s * _stretch(agent, slot, floor)


@part
def _next_to_end(agent: int, now_s: float, floor: Floor) -> int:
    best, best_s = 0, np.inf
    for slot in range(floor.agents[agent].taken):
        left_s = _left_s(agent, slot, now_s, floor)
        if left_s < best_s:
            best, best_s = slot, left_s
    return best


@part
def _effort(agent: int, floor: Floor) -> float:
    """Work done, as a share of what the agent does with all slots worked on; a call takes all of it."""
    person, effort = floor.agents[agent], 0.0
    for slot in range(person.taken):
        queue = floor.queues[floor.contacts[floor.talks[agent, slot].contact].queue]
        if not queue.concurrent:
            return 1.0
        if floor.talks[agent, slot].idle_until_s == np.inf:
            full = 1.0 + queue.slow_down * (person.slots - 1)
            effort += full / _stretch(agent, slot, floor) / person.slots
    return min(effort, 1.0)


@part
def _set_due(agent: int, now_s: float, floor: Floor) -> None:
    """Enter the agent's next completion into the knock-out tree."""
    agents, winner = floor.agents, floor.winner
    agents[agent].due_s = np.inf
    if agents[agent].taken > 0:
        left_s = _left_s(agent, _next_to_end(agent, now_s, floor), now_s, floor)
        agents[agent].due_s = now_s + max(left_s, 0.0)
    node = (agent + len(agents)) >> 1
    while node >= 1:
        left, right = winner[2 * node], winner[2 * node + 1]
        best = left if agents[left].due_s <= agents[right].due_s else right
        if winner[node] == best and best != agent:
            return
        winner[node] = best
        node >>= 1
