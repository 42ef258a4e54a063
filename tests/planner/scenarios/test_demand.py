"""A forecast as arrays and back: nothing is added, paths follow the day, and what has none gets its mean."""

from __future__ import annotations

import numpy as np
import pytest

from planner.scenarios.demand import demand_of, tables_of
from tests.planner.scenarios.flows import flow, key, setting

DAY = range(7, 19)


def test_there_and_back_is_the_same() -> None:
    demand = {key("voice"): flow(DAY, 10), key("email"): flow(range(24), 2, aht_s=400)}
    again = demand_of(*tables_of(demand), setting().centre)
    for at, each in demand.items():
        assert again[at].offered.sum() == pytest.approx(each.offered.sum())
        assert again[at].work_s.sum() == pytest.approx(each.work_s.sum())
    assert again[key("voice")].paths == pytest.approx(demand[key("voice")].paths)


def test_a_queue_without_paths_has_its_mean_on_as_many_as_the_others() -> None:
    demand = {key("voice"): flow(DAY, 10), key("chat"): flow(DAY, 5)}
    forecast, paths = tables_of(demand)
    again = demand_of(forecast, paths[paths["channel"] != "chat"], setting().centre)
    assert again[key("chat")].paths == pytest.approx(np.full((7, 3), 60.0))


def test_contacts_on_top_bring_their_own_handling() -> None:
    whole = flow(DAY, 10, aht_s=300)
    more = np.full(len(whole.start), 5.0)
    after = whole.with_more(more, more * 600, np.zeros_like(whole.paths))
    assert after.aht_s == pytest.approx(400.0)
    assert after.work_s.sum() == pytest.approx(whole.work_s.sum() + 600 * more.sum())


def test_each_days_paths_follow_the_day() -> None:
    whole = flow(DAY, 10)
    after = whole.changed(np.where(whole.day_of == 3, 0.0, whole.offered / 2), whole.aht_s)
    assert after.paths[0] == pytest.approx(whole.paths[0] / 2)
    assert after.paths[3] == pytest.approx(0.0)
