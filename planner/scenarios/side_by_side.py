"""Runs of scenarios beside the base: each measure's value and its difference."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

KEY = ["measure", "of"]


def compared(base: pd.DataFrame, others: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """SCENARIO_MEASURES of the base and of others, by name: one row per measure and part of any of them.

    Columns: unit, definition, base, and for each other its value, low, high and difference.
    """
    every = [base, *others.values()]
    texts = pd.concat([frame[[*KEY, "unit", "definition"]] for frame in every]).drop_duplicates(KEY)
    table = texts.merge(_value(base, "base"), on=KEY, how="left")
    for name, frame in others.items():
        table = table.merge(_value(frame, name), on=KEY, how="left")
        table[f"{name} difference"] = table[name] - table["base"]
    return table.reset_index(drop=True)


def _value(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {"value": name, "low": f"{name} low", "high": f"{name} high"}
    return frame[[*KEY, "value", "low", "high"]].rename(columns=columns)
