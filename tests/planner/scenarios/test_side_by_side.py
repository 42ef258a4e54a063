"""Runs beside the base: differences are against the base, or against what a scenario says without itself."""

from __future__ import annotations

import pandas as pd
import pytest

from planner.scenarios.side_by_side import compared


def measures(**values: tuple[float, float | None]) -> pd.DataFrame:
    """Value and value without the scenario, of each measure."""
    rows = [
        {"measure": name, "of": "all", "value": value, "low": None, "high": None, "unit": "h", "definition": name, "without": without}
        for name, (value, without) in values.items()
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"without": float})


BASE = measures(cost=(100, None), service=(0.8, None))


def test_the_difference_is_against_the_base_of_the_same_measure() -> None:
    found = compared(BASE, {"a": measures(cost=(120, None), service=(0.7, 0.9), reply=(2, 5))})
    found = found.set_index("measure")
    assert found["base"].to_dict() == {"cost": 100, "service": 0.9, "reply": 5}
    assert found["a difference"].to_dict() == pytest.approx({"cost": 20, "service": -0.2, "reply": -3})


def test_of_several_each_is_against_its_own_week_and_the_base_column_is_the_bases() -> None:
    others = {"a": measures(service=(0.7, 0.9)), "b": measures(service=(0.6, 0.65), reply=(2, 5))}
    found = compared(BASE, others).set_index("measure")
    assert found["base"].to_dict() == {"cost": 100, "service": 0.8, "reply": 5}
    assert found.loc["service", ["a difference", "b difference"]].tolist() == pytest.approx([-0.2, -0.05])
    assert found["a"].isna().to_dict() == {"cost": True, "service": False, "reply": True}


def test_the_base_alone() -> None:
    assert compared(BASE, {})["base"].tolist() == [100, 0.8]
