"""A language answered at another site."""

from __future__ import annotations

from planner.domain.centre import QueueKey
from planner.domain.scenario import Move
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.joined import Leaving, arriving, within_reach
from planner.scenarios.new_queue import empty_flow
from planner.scenarios.setting import Setting


def moved(demand: Demand, change: Move, setting: Setting) -> dict[QueueKey, Flow]:
    """Contacts of the queues meant, answered in the same language and channel at the site `to`.

    Their handle time goes with them. A queue that the other site has no history of begins empty. What
    the other site does not open for within a few days stays.
    """
    found = dict(demand)
    for key in setting.meant(demand, change.where):
        to = QueueKey(change.to, key[1], key[2])
        if to == key or to not in setting.centre.queues:
            continue
        there = found[to] if to in found else empty_flow(found[key], setting.centre, to)
        found[key], found[to] = _handed(found[key], there, change, setting)
    return found


def _handed(flow: Flow, there: Flow, change: Move, setting: Setting) -> tuple[Flow, Flow]:
    part = setting.weights(flow, change.when) * change.share * within_reach(flow, there)
    leaving = Leaving(flow, flow.offered * part)
    come = arriving(leaving, there)
    work_s = arriving(Leaving(flow, leaving.contacts * flow.aht_s), there).contacts
    return leaving.left, there.with_more(come.contacts, work_s, come.paths)
