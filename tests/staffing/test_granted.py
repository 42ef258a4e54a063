"""Every wish has a price in the plan; a shortage is told by language beside that of the site."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest

from planner.domain.soft import Weights
from planner.domain.tables import COVERAGE
from staffing.granted import shortage
from staffing.wish import every_wish
from tests.staffing.wishes.hand import centre


def test_every_wish_has_a_name_and_a_weight_of_its_own_and_every_weight_a_wish() -> None:
    wishes = every_wish()
    assert len({wish.name for wish in wishes}) == len(wishes)
    assert sorted(wish.weight for wish in wishes) == sorted(field.name for field in fields(Weights))


def test_a_language_bears_its_own_shortage() -> None:
    """Monday: Spanish voice lacks 2 of 4 agents for an hour, Spanish chat has one too many; Italian has all."""
    rows = [("es", "voice", 4.0, 2.0), ("es", "chat", 1.0, 2.0), ("it", "voice", 5.0, 5.0)]
    starts = pd.date_range("2026-10-05 08:00", periods=2, freq="30min", tz="UTC")
    table = pd.DataFrame(
        [
            {"site": "SVQ", "language": language, "channel": channel, "interval_start": start,
             "interval_min": 30, "needed": needed, "scheduled": there, "gap": there - needed}
            for language, channel, needed, there in rows for start in starts
        ]
    )  # fmt: skip
    found = shortage(COVERAGE.check(table), centre()).set_index("language")
    assert found["short_h"].to_dict() == {"es": 2.0, "it": 0.0}
    assert found["short_share"].to_dict() == pytest.approx({"es": 2 / 5, "it": 0.0})
    assert found["site_share"].to_dict() == pytest.approx({"es": 2 / 10, "it": 2 / 10})
    assert set(found["week"]) == {pd.Timestamp("2026-10-05")}
