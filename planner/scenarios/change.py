"""Any change of a scenario, applied to the contacts that come."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.domain.centre import QueueKey
from planner.domain.scenario import Flood, FrontEnd, Mix, Move, Remove, Scale, Scenario
from planner.scenarios.demand import Demand, Flow
from planner.scenarios.flood import flooded
from planner.scenarios.front_end import behind_front_end
from planner.scenarios.mix import mixed
from planner.scenarios.move import moved
from planner.scenarios.setting import Setting
from planner.scenarios.shrink import removed, scaled

EACH: Mapping[type, Callable[..., dict[QueueKey, Flow]]] = {
    Scale: scaled,
    Mix: mixed,
    FrontEnd: behind_front_end,
    Remove: removed,
    Move: moved,
    Flood: flooded,
}


def changed(demand: Demand, scenario: Scenario, setting: Setting) -> dict[QueueKey, Flow]:
    """The demand with the scenario's changes, one after the other."""
    found = dict(demand)
    for change in scenario.changes:
        found = EACH[type(change)](found, change, setting)
    return found
