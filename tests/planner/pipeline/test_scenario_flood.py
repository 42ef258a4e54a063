"""The backlog after an outage, and when it is gone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.scenario import Flood, Scale, Scenario, When, Where
from planner.pipeline.scenario_flood import gone_after, waiting, without_bulk

DAYS = pd.date_range("2026-11-16", periods=5)


def test_what_waits_is_what_came_less_what_could_be_done() -> None:
    rng = np.random.default_rng(2)
    come, can = rng.uniform(0, 3, 200), rng.uniform(0, 4, 200)
    by_hand, open_h = [], 0.0
    for one, able in zip(come, can, strict=True):
        open_h = max(open_h + one - able, 0.0)
        by_hand.append(open_h)
    assert waiting(come, can) == pytest.approx(np.array(by_hand), abs=1e-9)


def test_it_is_gone_on_the_first_evening_on_which_it_is_as_without_the_outage() -> None:
    """300 more on Tuesday, 100 worked off a day: Tuesday evening 300, Friday evening none."""
    table = pd.DataFrame({"day": DAYS, "base": 20.0, "scenario": [20.0, 320, 220, 120, 20.4], "never": 500.0})
    assert gone_after(table, "scenario", day=DAYS[1]) == 3
    assert np.isnan(gone_after(table, "never", day=DAYS[1]))


def test_each_answered_alone_leaves_all_else_of_the_scenario() -> None:
    flood = Flood(Where(), 1, 11.0, 2.0, 2.0, bulk_share=0.8, bulk_s=4, aht=0.5)
    scale = Scale(Where(), When(), volume=2)
    alone = without_bulk(Scenario("mine", "Mine", changes=(scale, flood)))
    assert alone.changes[0] is scale
    assert isinstance(alone.changes[1], Flood)
    assert (alone.changes[1].bulk_share, alone.changes[1].aht) == (0.0, 0.5)
