"""The formulas behind the drawn service: limits, identities, and staffing's own as a witness."""

import numpy as np
import pytest

from planner.sample.waiting import Work, service
from staffing.erlang import Demand, measures, service_level


def test_nobody_leaves_when_patience_is_endless_and_waits_follow_erlang_c() -> None:
    agents, load, aht = 14.0, 10.0, 180.0
    poisson = np.cumprod(np.concatenate([[1.0], load / np.arange(1, 14)]))
    top = poisson[-1] * load / agents
    erlang_c = top / (1 - load / agents) / (poisson.sum() + top / (1 - load / agents))
    found = service(np.array([agents]), np.array([load / aht]), Work(aht, 4e4), within_s=[20])
    assert found.waits[0] == pytest.approx(erlang_c, rel=0.01)
    assert found.abandoned[0] < 1e-3
    late = erlang_c * np.exp(-(agents - load) * 20 / aht)
    assert found.late[0, 0] == pytest.approx(late, rel=0.02)


def test_conversations_without_slow_down_are_as_many_single_servers() -> None:
    agents, rate = np.array([3.0, 8.0]), np.array([8.0, 20.0]) / 300
    side_by_side = service(agents, rate, Work(300.0, 200.0, 3, 0.0), within_s=[60])
    apart = service(agents * 3, rate, Work(300.0, 200.0), within_s=[60])
    for name in ("waits", "abandoned", "late", "open_s"):
        assert getattr(side_by_side, name) == pytest.approx(getattr(apart, name), rel=1e-9), name


def test_a_call_is_with_an_agent_for_its_handle_time() -> None:
    agents, rate = np.arange(1.0, 60), np.arange(1.0, 60) * 0.9 / 325
    found = service(agents, rate, Work(325.0, 190.0), within_s=[20, 60])
    assert found.open_s == pytest.approx(np.full(59, 325.0), rel=1e-6)


def test_who_left_and_who_was_answered_late_add_up() -> None:
    found = service(np.array([10.0]), np.array([12 / 300]), Work(300.0, 150.0), within_s=[0, 1e5])
    assert found.late[0, 0] == pytest.approx(found.waits[0] - found.abandoned[0])
    assert found.gone[1, 0] == pytest.approx(found.abandoned[0], rel=1e-6)
    assert found.gone[0, 0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("slots", "slow_down"), [(1, 0.0), (3, 0.24)])
def test_staffing_says_the_same_in_its_own_way(slots: int, slow_down: float) -> None:
    rng = np.random.default_rng(3)
    agents = rng.integers(1, 60, 300).astype(float)
    aht, patience = 320.0, 180.0
    rate = agents * slots * rng.uniform(0.3, 1.2, 300) / aht
    found = service(agents, rate, Work(aht, patience, slots, slow_down), within_s=[20, 60])
    demand = Demand(rate * aht, aht, patience, slots, slow_down)
    there = measures(demand, agents=agents)
    assert found.abandoned == pytest.approx(there.p_abandon, abs=1e-9)
    for row, seconds in enumerate((20, 60)):
        level = service_level(demand, agents=agents, within_s=seconds)
        assert 1 - found.abandoned - found.late[row] == pytest.approx(level, abs=1e-9)
