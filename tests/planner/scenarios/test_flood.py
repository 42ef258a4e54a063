"""An outage: so many contacts more on one day, half as many every half-life, and what a bulk reply takes off."""

from __future__ import annotations

import numpy as np
import pytest

from planner.domain.scenario import Flood, Where
from planner.scenarios.flood import flooded
from tests.planner.scenarios.flows import flow, key, setting, work

DAY = range(7, 19)  # UTC; 9 to 21 h in Seville


def flood(*, bulk_share: float = 0.0, bulk_s: float = 0.0, aht: float = 1.0, half_h: float = 2.0) -> Flood:
    """On Wednesday of the first week from 11 h on, twice the day's contacts on top."""
    return Flood(Where(channels=("voice",)), 1, 11.0, 2.0, half_h, 2, bulk_share, bulk_s, aht)


def test_the_day_has_its_contacts_three_times_and_no_other_day_is_touched() -> None:
    demand = {key("voice"): flow(DAY, 10), key("chat"): flow(DAY, 5)}
    after = flooded(demand, flood(), setting())
    days = after[key("voice")].by_day(after[key("voice")].offered)
    assert days == pytest.approx([120, 120, 360, 120, 120, 120, 120])
    assert after[key("chat")] is demand[key("chat")]
    assert after[key("voice")].paths[2] == pytest.approx(np.array([96, 120, 144]) + 240)


def test_it_begins_at_its_hour_on_the_sites_clock_and_halves() -> None:
    demand = {key("voice"): flow(DAY, 10)}
    after = flooded(demand, flood(half_h=1.0), setting())[key("voice")]
    more = (after.offered - 10)[after.day_of == 2]
    assert more[:2] == pytest.approx(0.0)  # 9 and 10 h
    assert more[3:] / more[2:-1] == pytest.approx(0.5)
    assert more.sum() == pytest.approx(240)


def test_a_message_to_all_takes_seconds_not_places_in_the_queue() -> None:
    demand = {key("voice"): flow(DAY, 10, aht_s=300)}
    after = flooded(demand, flood(bulk_share=0.75, bulk_s=4, aht=0.5), setting())
    assert after[key("voice")].by_day(after[key("voice")].offered)[2] == pytest.approx(120 + 60)
    by_hand_s = 180 * 4 + 60 * 150
    assert work(after) - work(demand) == pytest.approx(by_hand_s)


def test_an_outage_after_closing_brings_nobody() -> None:
    demand = {key("voice"): flow(range(7, 8), 10)}
    assert flooded(demand, flood(), setting())[key("voice")] is demand[key("voice")]
