"""The event simulation of one site, compiled: contacts meet agents.

A contact goes to the free agent with the fewest open conversations (then a specialist, then whoever
has been free longest). An agent who becomes free takes the contact of the highest priority among the
group's queues, and of these the one that has waited longest. A waiting contact leaves when its patience
ends, and may call again. Agents finish open contacts after their segment, but take no new ones.

See `compiled` for what to do after a change.
"""

from __future__ import annotations

import numpy as np

from staffing.compiled import entry, part
from staffing.simulation.again import note_reconnect, note_redial, soonest_s, take_soonest
from staffing.simulation.desk import advance, begin, charge, end_next, settle, sum_time
from staffing.simulation.floor import ANYONE, Floor
from staffing.simulation.line import (
    free_agent,
    leave_line,
    may_take,
    next_in_line,
    stand_free,
    stand_in_line,
    step_aside,
    who_goes,
)


@entry
def walk(changes: np.ndarray, floor: Floor) -> None:
    """Carry the floor through every change of duty to the end of the last interval, in place."""
    contact, interval = 0, 0
    for change in changes:
        while True:
            agent = floor.winner[1]
            end_s, again_s = floor.agents[agent].due_s, soonest_s(floor)
            arrival_s = floor.contacts[contact].arrived_s if contact < floor.first_calls else np.inf
            if min(end_s, arrival_s, again_s) > change.at_s:
                break
            if end_s <= min(arrival_s, again_s):
                _finish(agent, end_s, floor)
            elif arrival_s <= again_s:
                _arrive(contact, arrival_s, floor)
                contact += 1
            else:
                _arrive(take_soonest(interval, floor), again_s, floor)
        if change.agent == -1:
            _close_interval(interval, change.at_s, floor)
            interval += 1
        elif change.agent == ANYONE:
            _change(who_goes(change.group, floor), -1, 1, change.at_s, floor)
        else:
            _change(change.agent, change.group, change.slots, change.at_s, floor)


@part
def _arrive(contact: int, now_s: float, floor: Floor) -> None:
    if contact < 0:
        return
    agent = free_agent(floor.contacts[contact].queue, floor)
    if agent < 0:
        stand_in_line(contact, floor)
        note_redial(contact, floor)
        return
    step_aside(agent, floor)
    begin(agent, contact, now_s, floor)
    settle(agent, now_s, floor)
    if may_take(agent, floor):
        stand_free(agent, floor)


@part
def _finish(agent: int, now_s: float, floor: Floor) -> None:
    step_aside(agent, floor)
    advance(agent, now_s, floor)
    contact = end_next(agent, now_s, floor)
    if contact >= 0:
        note_reconnect(contact, now_s, floor)
    _go_home_if_done(agent, now_s, floor)
    _seek_work(agent, now_s, floor)


@part
def _change(agent: int, group: int, slots: int, now_s: float, floor: Floor) -> None:
    if agent < 0:
        return
    step_aside(agent, floor)
    advance(agent, now_s, floor)
    person = floor.agents[agent]
    person.group, person.slots = group, slots
    if group >= 0:
        charge(agent, group, now_s, floor)
    _go_home_if_done(agent, now_s, floor)
    _seek_work(agent, now_s, floor)


@part
def _go_home_if_done(agent: int, now_s: float, floor: Floor) -> None:
    """Off duty and with no work left, the agent leaves; idle conversations are closed or handed on."""
    person = floor.agents[agent]
    if person.group < 0 and person.working == 0:
        person.taken = 0
        charge(agent, -1, now_s, floor)


@part
def _close_interval(interval: int, now_s: float, floor: Floor) -> None:
    for number in range(len(floor.groups)):
        group = floor.groups[number]
        sum_time(number, 0, 0.0, now_s, floor)
        floor.people_s[number, interval] = group.people_s
        floor.busy_s[number, interval] = group.busy_s
        if group.idle_share > 0:
            _blend(number, now_s, floor)
        group.people_s, group.busy_s, group.began_s = 0.0, 0.0, now_s


@part
def _blend(number: int, now_s: float, floor: Floor) -> None:
    """Deferred work done in idle time: the oldest that was there when the interval began."""
    group = floor.groups[number]
    group.credit_s += group.idle_share * (group.people_s - group.busy_s)
    while True:
        oldest = next_in_line(floor.blended[number], 0, now_s, floor)
        if oldest < 0 or floor.contacts[oldest].arrived_s > group.began_s:
            group.credit_s = 0.0  # idle time cannot be saved for work that is yet to come
            return
        contact = floor.contacts[oldest]
        if contact.work_s > group.credit_s:
            return
        group.credit_s -= contact.work_s
        leave_line(contact.queue, floor)
        contact.answered_s, contact.finished_s = now_s, now_s
        note_reconnect(oldest, now_s, floor)


@part
def _seek_work(agent: int, now_s: float, floor: Floor) -> None:
    person = floor.agents[agent]
    while may_take(agent, floor):
        contact = next_in_line(floor.queues_of[person.group], person.taken, now_s, floor)
        if contact < 0:
            stand_free(agent, floor)
            break
        leave_line(floor.contacts[contact].queue, floor)
        begin(agent, contact, now_s, floor)
    settle(agent, now_s, floor)
