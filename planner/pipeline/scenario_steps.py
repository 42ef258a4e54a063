"""What each change of a scenario does alone, and what they overlap: a waterfall that adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.domain.scenario import Flood, Scenario
from planner.domain.scenario_tables import SCENARIO_STEPS
from planner.scenarios.change import changed
from planner.scenarios.demand import HOUR_S, Demand
from planner.scenarios.setting import Setting

Need = Callable[[Demand], pd.DataFrame]


@dataclass(frozen=True)
class Size:
    """What contacts come to: their number, their handling time, and people (NaN = not reckoned)."""

    contacts: float
    work_h: float
    fte: float

    def less(self, other: Size) -> Size:
        """The difference of two."""
        return Size(self.contacts - other.contacts, self.work_h - other.work_h, self.fte - other.fte)


def steps_of(
    scenario: Scenario,
    start: Demand,
    setting: Setting,
    *,
    need: Need,
    whole: Mapping[str, pd.DataFrame],
    full_time_h: float,
) -> pd.DataFrame:
    """SCENARIO_STEPS: each change alone on the contacts of `start`, all together as in `whole`, the rest.

    `need` gives CAPACITY_NEED of contacts; it is asked only where there is more than one change, and for more
    than the days of outages.
    """
    if not scenario.changes:
        return SCENARIO_STEPS.empty()

    def size(demand: Demand, needed: pd.DataFrame | None) -> Size:
        flows = demand.values()
        work_h = sum(float(flow.work_s.sum()) for flow in flows) / HOUR_S
        fte = np.nan if needed is None else fte_of(needed, full_time_h)
        return Size(sum(float(flow.offered.sum()) for flow in flows), work_h, fte)

    several = len(scenario.changes) > 1 and not all(isinstance(each, Flood) for each in scenario.changes)
    none = size(start, need(start) if several else None)
    alone = []
    for change in scenario.changes:
        demand = changed(start, replace(scenario, changes=(change,)), setting)
        alone.append(size(demand, need(demand) if several else None).less(none))
    all_of_them = size(changed(start, scenario, setting), whole["CAPACITY_NEED"] if several else None)
    rows = _rows(scenario.names, alone, all_of_them.less(none))
    return SCENARIO_STEPS.check(pd.DataFrame([{"step": number, **row} for number, row in enumerate(rows, 1)]))


def fte_of(needed: pd.DataFrame, full_time_h: float) -> float:
    """Full-time people of CAPACITY_NEED on 50 % days, mean of the weeks."""
    return float(needed.groupby("week")["need_p50_h"].sum().mean()) / full_time_h


def _rows(names: tuple[str, ...], alone: list[Size], together: Size) -> Iterator[dict[str, object]]:
    for number, size in enumerate(alone):
        name = names[number] if number < len(names) else f"change {number + 1}"
        yield {"name": name, "kind": "alone", **vars(size)}
    added = Size(*(sum(getattr(size, name) for size in alone) for name in ("contacts", "work_h", "fte")))
    yield {"name": "counted twice", "kind": "overlap", **vars(together.less(added))}
    yield {"name": "together", "kind": "together", **vars(together)}
