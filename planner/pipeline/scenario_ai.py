"""How many people's work an AI in front of them takes, by how able it turns out to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from planner.domain.scenario import FrontEnd, Scenario
from planner.domain.scenario_tables import WHOLE
from planner.pipeline.scenario_measures import Row, full_time_h
from planner.pipeline.scenario_steps import Need, fte_of
from planner.scenarios.change import changed
from planner.scenarios.demand import Demand
from planner.scenarios.front_end import as_able
from planner.scenarios.setting import Setting

LEAST, MOST = -1.0, 1.0
FREED = (
    "full-time people needed on 50 % days without the AI less those needed with it; mean of the weeks; "
    "low to high: resolving as little and as much as may be"
)


def freed_by_ai(
    scenario: Scenario, start: Demand, setting: Setting, *, need: Need, whole: Mapping[str, pd.DataFrame]
) -> Iterator[Row]:
    """People freed, all else of the scenario as it is; `need` gives CAPACITY_NEED, `whole` is the run's."""
    if not any(isinstance(change, FrontEnd) for change in scenario.changes):
        return
    full_h = full_time_h(setting.centre)
    people = {
        level: fte_of(need(changed(start, _with(scenario, level), setting)), full_h)
        for level in (None, LEAST, MOST)
    }
    likely = fte_of(whole["CAPACITY_NEED"], full_h)
    freed = (people[None] - each for each in (likely, people[LEAST], people[MOST]))
    yield Row("ai_fte_freed", WHOLE, next(freed), "FTE", FREED, *freed)


def _with(scenario: Scenario, level: float | None) -> Scenario:
    """The scenario with its front ends as able as `level`; None = without them."""
    changes = (
        as_able(change, level) if isinstance(change, FrontEnd) and level is not None else change
        for change in scenario.changes
        if level is not None or not isinstance(change, FrontEnd)
    )
    return replace(scenario, changes=tuple(changes))
