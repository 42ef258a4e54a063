"""The weeks of a scenario's least-cost plan beside the base's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.domain.scenario_tables import SCENARIO_WEEKS

KEY = ["site", "language", "week"]


def weeks_of(
    made: Mapping[str, pd.DataFrame], base: Mapping[str, pd.DataFrame], *, level: str
) -> pd.DataFrame:
    """SCENARIO_WEEKS of CAPACITY of a scenario and of its base, at the level planned."""
    mine, before = _weeks(made["CAPACITY"], level), _weeks(base["CAPACITY"], level)
    names = {name: f"base_{name}" for name in before.columns if name not in KEY}
    return SCENARIO_WEEKS.check(mine.merge(before.rename(columns=names), on=KEY, how="outer"))


def _weeks(capacity: pd.DataFrame, level: str) -> pd.DataFrame:
    there = capacity["supply_h"] + capacity["spare_h"]
    need = capacity[f"need_{level}_h"]
    return capacity[[*KEY, "chance"]].assign(need_h=need, there_h=there)
