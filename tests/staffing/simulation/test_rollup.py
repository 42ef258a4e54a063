"""A whole channel is its contacts added up, in the same replication."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.measures import Quotient
from planner.domain.tables import SERVICE_CHECK
from planner.domain.timegrid import midnight
from staffing.simulation.report import Measured, Service
from staffing.simulation.rollup import groupings, rolled_up, together
from staffing.simulation.simulate import SimulationSettings, simulate
from tests.staffing.simulation.centres import (
    MONDAY,
    ZONE,
    agents_of,
    around_the_clock_schedule,
    centre,
    forecast,
    no_paths,
    queue,
)

DAYS = pd.date_range(MONDAY, periods=2)


def service(in_time: list[list[float]], offered: list[list[float]], *, target: float | None = 0.8) -> Service:
    """Replications x days of one queue with one service level."""
    counts = np.array(offered, float)
    level = Measured("service_level", Quotient(np.array(in_time, float), counts), target)
    return Service(counts.sum(axis=0) > 0, counts, (level,))


def test_contacts_are_added_before_they_are_divided() -> None:
    """80 of 100 and 0 of 10 are 80 of 110, and miss 80 % although the mean queue day is far below it."""
    found = together([service([[80, 50]], [[100, 50]]), service([[0, 0]], [[10, 0]])])
    assert list(found.measured[0].quotient.value[0]) == pytest.approx([80 / 110, 1.0])
    assert list(found.measured[0].met()[0]) == [False, True]


def test_queues_simulated_unequally_often_are_taken_as_often_as_the_least() -> None:
    found = together([service([[1, 1]] * 3, [[2, 2]] * 3), service([[2, 2]] * 5, [[2, 2]] * 5)])
    assert found.offered.shape == (3, 2)
    assert found.measured[0].quotient.value == pytest.approx(np.full((3, 2), 0.75))


def test_a_target_the_queues_do_not_share_is_not_held_against_the_whole() -> None:
    found = together([service([[1, 1]], [[2, 2]]), service([[1, 1]], [[2, 2]], target=0.9)])
    assert found.measured[0].target is None


def test_every_queue_is_in_its_channel_and_its_language() -> None:
    keys = [QueueKey("LIS", "pt", "voice"), QueueKey("OPO", "pt", "voice"), QueueKey("LIS", "pt", "chat")]
    found = groupings(keys)
    assert found[QueueKey("all", "all", "voice")] == keys[:2]
    assert found[QueueKey("LIS", "all", "voice")] == keys[:1]
    assert found[QueueKey("all", "pt", "voice")] == keys[:2]
    assert found[QueueKey("all", "pt", "all")] == keys
    assert not any(key in found for key in keys)


def test_a_week_and_all_days_hold_their_days() -> None:
    key = QueueKey("LIS", "pt", "voice")
    found = rolled_up(
        {key: service([[8, 20], [10, 10]], [[10, 20], [10, 20]])}, days=DAYS, zones={"LIS": ZONE}, seed=3
    )
    channel = found[(found["site"] == "all") & (found["channel"] == "voice") & (found["language"] == "all")]
    level = channel[channel["measure"] == "service_level"].set_index("level")["value"]
    assert level["day"].tolist() == [0.9, 0.75]
    assert level["week"] == level["total"] == 0.8
    chance = channel[channel["measure"] == "all_targets"].set_index("level")["p_meets"]
    assert chance["day"].tolist() == [1.0, 0.5]
    assert chance["total"] == 0.5  # 28 of 30, and 20 of 30
    joint = channel[channel["measure"] == "all_targets"]
    assert joint[["low", "high", "target"]].isna().all(axis=None)
    assert (channel["mean_high"] <= 1).all()
    here = found[(found["site"] == "LIS") & (found["level"] == "day")]
    assert set(here["interval_start"]) == {midnight(day.date(), ZONE) for day in DAYS}


def test_a_simulated_channel_holds_all_its_contacts_and_lies_between_its_queues() -> None:
    keys = [QueueKey("LIS", "pt", "voice"), QueueKey("OPO", "es", "voice")]
    schedule = pd.concat(
        [around_the_clock_schedule(key, agents=n, days=2) for key, n in zip(keys, (9, 12), strict=True)]
    )
    found = SERVICE_CHECK.check(
        simulate(
            schedule,
            forecast(keys, offered=50, days=2),
            no_paths(),
            agents_of(schedule),
            centre(*map(queue, keys)),
            settings=SimulationSettings(replications=6, seed=1),
        )
    )
    total = found[(found["level"] == "total") & (found["measure"] == "service_level")]
    total = total.set_index(["site", "language", "channel"])
    whole, parts = total.loc[("all", "all", "voice")], total.loc[[tuple(key) for key in keys]]
    assert whole["offered"] == pytest.approx(parts["offered"].sum())
    assert whole["value"] == pytest.approx((parts["value"] * parts["offered"]).sum() / whole["offered"])
    assert (whole["mean_high"] - whole["mean_low"]) < (parts["mean_high"] - parts["mean_low"]).max()
