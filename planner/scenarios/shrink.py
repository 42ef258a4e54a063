"""More or fewer contacts, longer or shorter ones, and reasons that are gone."""

from __future__ import annotations

import numpy as np

from planner.domain.centre import QueueKey
from planner.domain.scenario import Remove, Scale
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.setting import Setting

LEAST_AHT_S = 1.0


def scaled(demand: Demand, change: Scale, setting: Setting) -> dict[QueueKey, Flow]:
    """Contacts and handle times of the queues meant, multiplied, seconds taken off."""
    found = dict(demand)
    for key in setting.meant(demand, change.where):
        flow = demand[key]
        part = setting.weights(flow, change.when)
        offered = flow.offered * (1 + part * (change.volume - 1))
        longer = flow.aht_s * (1 + part * change.share * (change.aht - 1))
        found[key] = flow.changed(
            offered, np.maximum(longer - part * change.share * change.aht_less_s, LEAST_AHT_S)
        )
    return found


def removed(demand: Demand, change: Remove, setting: Setting) -> dict[QueueKey, Flow]:
    """The queues meant without some of a reason's contacts.

    With d the share of all contacts that is gone and k their AHT as a multiple of the queue's, what is
    left takes (1 - d k) / (1 - d) of its AHT: a fifth of the contacts at half the AHT is a tenth of the work.
    """
    found = dict(demand)
    for key in setting.meant(demand, change.where):
        flow = demand[key]
        gone = setting.weights(flow, change.when) * change.share * change.reason_share
        left = 1 - gone
        aht = np.divide(1 - gone * change.aht_multiple, left, out=np.ones_like(left), where=left > 0)
        found[key] = flow.changed(flow.offered * left, np.maximum(flow.aht_s * aht, LEAST_AHT_S))
    return found
