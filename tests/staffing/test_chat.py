"""The conversation chain is Erlang A where it must be, and the chain solved state by state elsewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from planner.domain.centre import Handling, ServiceLevel
from staffing.chat import first_reply_level, first_reply_s, full_load
from staffing.erlang import Demand, measures, service_level
from tests.staffing.chain import chat

REACTS = Handling(530, 330, reaction_s=9)


@given(st.integers(1, 30), st.floats(0.1, 60), st.floats(10, 2000), st.integers(2, 5))
@settings(max_examples=80, deadline=None)
def test_agents_who_do_not_slow_down_are_so_many_agents(
    agents: int, load: float, patience_s: float, slots: int
) -> None:
    several, plain = Demand(load, 500, patience_s, slots, 0.0), Demand(load, 500, patience_s)
    one, many = measures(several, agents=agents), measures(plain, agents=agents * slots)
    assert_allclose(one.p_wait, many.p_wait, rtol=1e-9, atol=1e-290)  # the least numbers have few digits
    assert_allclose(one.asa_s, many.asa_s, rtol=1e-9, atol=1e-290)
    assert_allclose(one.occupancy, many.occupancy, rtol=1e-9)
    level = [service_level(d, agents=n, within_s=45) for d, n in ((several, agents), (plain, agents * slots))]
    assert_allclose(level[0], level[1], atol=1e-11)


@pytest.mark.parametrize(("agents", "load", "slots", "slow_down"), [(3, 6.0, 3, 0.24), (7, 12.5, 3, 0.5), (20, 31.0, 2, 0.1), (1, 0.4, 5, 0.3), (6, 19.0, 4, 0.2)])  # fmt: skip
def test_the_chain_state_by_state(agents: int, load: float, slots: int, slow_down: float) -> None:
    truth = chat(agents, load=load, aht_s=530, patience_s=330, slots=slots, slow_down=slow_down)
    demand = Demand(load, 530, 330, slots, slow_down)
    found = measures(demand, agents=agents)
    assert found.p_wait == pytest.approx(truth.p_wait, rel=1e-10)
    assert found.p_abandon == pytest.approx(truth.p_abandon, rel=1e-10)
    assert found.asa_s == pytest.approx(truth.asa_s(), rel=1e-9)
    assert found.queue_length == pytest.approx(truth.queue_length, rel=1e-10)
    level = first_reply_level(demand, agents=agents, asked=ServiceLevel(0.8, 60), handling=REACTS)
    assert level == pytest.approx(truth.answered_within(51), abs=1e-11)


def test_the_first_reply_is_the_slot_and_the_reaction() -> None:
    demand = Demand([5.0, 0.0], 530, 330, 3, 0.24)
    assert first_reply_s(demand, agents=[4, 4], reaction_s=9)[1] == 9
    assert first_reply_s(demand, agents=4, reaction_s=9)[0] > 9
    assert first_reply_level(demand, agents=4, asked=ServiceLevel(0.8, 8), handling=REACTS).tolist() == [0, 0]


@pytest.mark.parametrize(("slow_down", "level"), [(0.25, 0.39), (0.5, 0.13)])
def test_aht_over_concurrency_is_badly_wrong(slow_down: float, level: float) -> None:
    """300 chats an hour of 8 minutes, three at once: the shortcut's agents by the chain state by state."""
    shortcut = Demand(40 / 3, 480 / 3, 180)
    agents = next(n for n in range(1, 50) if service_level(shortcut, agents=n, within_s=60) >= 0.8)
    truth = chat(agents, load=40, aht_s=480, patience_s=180, slots=3, slow_down=slow_down)
    demand = Demand(40, 480, 180, 3, slow_down)
    assert truth.answered_within(60) == pytest.approx(level, abs=0.01)
    assert service_level(demand, agents=agents, within_s=60) == pytest.approx(level, abs=0.01)


def test_full_agents_in_erlang() -> None:
    assert full_load([1, 10], concurrency=3, slow_down=0.25).tolist() == pytest.approx([2, 20])
    busy = measures(Demand(1e4, 480, 1e6, 3, 0.25), agents=10)
    assert busy.occupancy == pytest.approx(1)
    assert 1e4 * (1 - busy.p_abandon) == pytest.approx(float(full_load(10, concurrency=3, slow_down=0.25)))
    assert np.isinf(measures(Demand(25.0, 480, None, 3, 0.25), agents=10).asa_s)
