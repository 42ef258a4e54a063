"""Runs of scenarios beside the base: each measure's value and its difference."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

KEY = ["measure", "of"]


def compared(base: pd.DataFrame, others: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """SCENARIO_MEASURES of the base and of others, by name: one row per measure and part of any of them.

    Columns: unit, definition, base, and for each other its value, low, high and difference. Where a
    scenario says what a measure would be without it (in its own week, or of its own team), the difference
    is against that; so is the base where its run has none, or only one scenario is compared.
    """
    every = [base, *others.values()]
    texts = pd.concat([frame[[*KEY, "unit", "definition"]] for frame in every]).drop_duplicates(KEY)
    table = texts.merge(_value(base, "base"), on=KEY, how="left")
    for name, frame in others.items():
        table = table.merge(_value(frame, name), on=KEY, how="left")
        own = _without(table, frame)
        table[f"{name} difference"] = table[name] - own.fillna(table["base"])
        table["base"] = own.fillna(table["base"]) if len(others) == 1 else table["base"].fillna(own)
    return table.reset_index(drop=True)


def _value(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {"value": name, "low": f"{name} low", "high": f"{name} high"}
    return frame[[*KEY, "value", "low", "high"]].rename(columns=columns)


def _without(table: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """What a scenario says its measures would be without it, by the rows of the table; NaN = nothing."""
    if "without" not in frame:
        return pd.Series(np.nan, table.index)
    return table[KEY].merge(frame[[*KEY, "without"]], on=KEY, how="left")["without"]
