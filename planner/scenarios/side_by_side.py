"""Runs of scenarios beside the base: each measure's value and its difference."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

KEY = ["measure", "of"]


def compared(base: pd.DataFrame, others: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """SCENARIO_MEASURES of the base and of others, by name: one row per measure and part of any of them.

    Columns: unit, definition, base, and for each other its value, low, high and difference. Of measures
    that the base's run does not have, the base is what a scenario says it would be without it.
    """
    every = [base, *others.values()]
    texts = pd.concat([frame[[*KEY, "unit", "definition"]] for frame in every]).drop_duplicates(KEY)
    table = texts.merge(_value(base, "base"), on=KEY, how="left")
    for frame in others.values():
        table = _with_own_base(table, frame)
    for name, frame in others.items():
        table = table.merge(_value(frame, name), on=KEY, how="left")
        table[f"{name} difference"] = table[name] - table["base"]
    return table.reset_index(drop=True)


def _value(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {"value": name, "low": f"{name} low", "high": f"{name} high"}
    return frame[[*KEY, "value", "low", "high"]].rename(columns=columns)


def _with_own_base(table: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The base filled in from what a scenario says of measures that only it has."""
    if "without" not in frame:
        return table
    said = table[KEY].merge(frame[[*KEY, "without"]], on=KEY, how="left")["without"]
    return table.assign(base=table["base"].fillna(said))
