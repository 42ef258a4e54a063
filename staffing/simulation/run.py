"""One run: what was drawn goes in, what came of it comes out."""

from __future__ import annotations

from staffing.simulation.floor import CHANGE, Contacts, Duty, Groups, Outcome, Queues, opening_floor, records
from staffing.simulation.kernel import walk


def run(contacts: Contacts, *, queues: Queues, groups: Groups, duty: Duty) -> Outcome:
    """What becomes of every contact and of the calls that follow from it: a pure function of its arguments,
    which hold all the luck.

    `duty` ends each interval with a row of agent -1. Contacts still waiting or open after the last
    interval are left as they are then.
    """
    floor = opening_floor(contacts, queues=queues, groups=groups, duty=duty)
    walk(records(CHANGE, len(duty.at_s), **duty._asdict()), floor)
    done = floor.contacts
    times = (done[name].copy() for name in ("answered_s", "finished_s", "arrived_s"))
    answered_s, finished_s, arrived_s = times
    return Outcome(answered_s, finished_s, floor.people_s, floor.busy_s, arrived_s)
