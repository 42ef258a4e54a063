"""Idle conversations hold slots: by hand for one agent, exact in its limits, and against agents one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from benchmarks.chat_floor import Floor, Seen, watch
from planner.domain.centre import Handling, ServiceLevel
from staffing.chat import (
    chat_measures,
    demand_with_idle,
    first_reply_level,
    first_reply_quantile_s,
    first_reply_s,
)
from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents
from tests.staffing import chain

AHT_S, PATIENCE_S = 500.0, 330.0
LOADS = st.one_of(st.just(0.0), st.floats(1e-6, 200))


def simulated(agents: int, demand: Demand, *, idle_s: float, contacts: int = 300_000) -> Seen:
    load, aht_s, patience_s, slots, slow_down = (float(cell) for cell in demand.columns())
    floor = Floor(agents, int(slots), load / aht_s, aht_s, slow_down, idle_s, patience_s)
    return watch(floor, within_s=51.0, contacts=contacts, rng=np.random.default_rng(5))


class TestDemandWithIdle:
    def test_no_idle_time_changes_nothing(self) -> None:
        demand = Demand([3.0, 8.0], 500, 330, 3, [0.1, 0.24])
        same = demand_with_idle(demand, idle_s=0.0)
        for before, after in zip(demand.columns(), same.columns(), strict=True):
            assert (before == after).all()

    @given(st.floats(0.1, 80), st.integers(1, 6), st.floats(0, 900))
    @settings(max_examples=60, deadline=None)
    def test_without_slow_down_it_is_a_longer_contact(self, load: float, slots: int, idle_s: float) -> None:
        found = demand_with_idle(Demand(load, AHT_S, 330, slots), idle_s=idle_s)
        assert_allclose(found.load, load * (1 + idle_s / AHT_S))
        assert_allclose(found.aht_s, AHT_S + idle_s)
        assert_allclose(found.slow_down, 0, atol=1e-12)

    @given(st.floats(0.5, 60), st.integers(2, 5), st.floats(0, 0.5), st.floats(1, 600))
    @settings(max_examples=60, deadline=None)
    def test_idle_conversations_never_need_fewer_agents(
        self, load: float, slots: int, slow_down: float, idle_s: float
    ) -> None:
        """More than without idle time, but no more than if the idle time were work."""
        alone = Demand(load, AHT_S, PATIENCE_S, slots, slow_down)
        worked = Demand(load * (1 + idle_s / AHT_S), AHT_S + idle_s, PATIENCE_S, slots, slow_down)
        limits = Limits(((0.8, 60.0),), max_abandonment=0.05)
        few, some, many = (
            int(least_agents(demand, limits).agents)
            for demand in (alone, demand_with_idle(alone, idle_s=idle_s), worked)
        )
        assert few <= some <= many

    def test_two_slots_by_hand(self) -> None:
        """AHT 100 s, slow-down .5, idle 100 s: with both slots taken the states both active, one, none
        weigh .75, 1, .5, and one slot alone 2; so an agent closes 2 / 2.25 conversations per AHT."""
        found = demand_with_idle(Demand(1.0, 100, 330, 2, 0.5), idle_s=100)
        closed = 2 / (float(found.aht_s) * (1 + float(found.slow_down)))
        assert closed == pytest.approx(2 / 2.25 / 100)

    def test_impossible_is_refused(self) -> None:
        with pytest.raises(ValueError, match="idle_s"):
            demand_with_idle(Demand(1.0, 100, 330, 2), idle_s=-1)


class TestChatMeasures:
    def test_one_agent_whose_customers_leave_at_once(self) -> None:
        """Nobody waits: a loss network with weights load^n x .75, 1, .5 at two, and 1, 1 at one."""
        demand = demand_with_idle(Demand(0.8, 100, 1e-6, 2, 0.5), idle_s=100)
        found = chat_measures(demand, agents=1, handling=Handling(100, idle_s=100, reaction_s=7))
        weights = {(0, 0): 1.0, (1, 0): 0.8, (0, 1): 0.8, (2, 0): 0.48, (1, 1): 0.64, (0, 2): 0.32}
        total = sum(weights.values())
        mean = {n: sum(w for state, w in weights.items() if sum(state) == n) / total for n in (0, 1, 2)}
        assert found.full == pytest.approx(mean[2], abs=1e-6)
        assert found.nothing_open == pytest.approx(mean[0], abs=1e-6)
        assert found.open_per_agent == pytest.approx(mean[1] + 2 * mean[2], abs=1e-6)
        active = sum(w * state[0] for state, w in weights.items()) / total
        assert found.active_per_agent == pytest.approx(active, abs=1e-6)
        assert found.first_reply_s == pytest.approx(7, abs=1e-3)

    @pytest.mark.parametrize(("agents", "load", "slots", "slow_down"), [(7, 12.5, 3, 0.5), (20, 31.0, 2, 0.1), (1, 0.4, 5, 0.3)])  # fmt: skip
    def test_the_chain_state_by_state(self, agents: int, load: float, slots: int, slow_down: float) -> None:
        truth = chain.chat(agents, load=load, aht_s=530, patience_s=330, slots=slots, slow_down=slow_down)
        found = chat_measures(Demand(load, 530, 330, slots, slow_down), agents=agents, handling=Handling(530))
        n = np.minimum(np.arange(len(truth.probability)), agents * slots)
        assert found.open_per_agent == pytest.approx(n @ truth.probability / agents, rel=1e-9)
        assert found.active_per_agent == pytest.approx(n @ truth.probability / agents, rel=1e-9)
        empty = np.maximum(agents - n, 0) @ truth.probability / agents
        assert found.nothing_open == pytest.approx(empty, rel=1e-8)
        assert found.full == pytest.approx(truth.p_wait, rel=1e-9)

    @given(LOADS, st.integers(0, 60), st.integers(1, 5), st.floats(0, 0.5), st.floats(0, 600))
    @settings(max_examples=100, deadline=None)
    def test_every_slot_is_free_idle_or_worked_on(
        self, load: float, agents: int, slots: int, slow_down: float, idle_s: float
    ) -> None:
        demand = demand_with_idle(Demand(load, AHT_S, PATIENCE_S, slots, slow_down), idle_s=idle_s)
        found = chat_measures(demand, agents=agents, handling=Handling(AHT_S, idle_s=idle_s))
        if agents == 0:
            assert np.isnan(found.open_per_agent)
            return
        worked = found.active_per_agent / slots
        assert found.slots_free + found.slots_idle + worked == pytest.approx(1)
        for share in (found.slots_free, found.slots_idle, worked, found.nothing_open, found.full):
            assert -1e-6 <= share <= 1 + 1e-6

    @pytest.mark.parametrize(("load", "slots", "slow_down", "idle_s"), [(2.0, 3, 0.25, 300.0), (10.0, 2, 0.1, 120.0), (10.0, 5, 0.5, 300.0), (40.0, 3, 0.25, 60.0)])  # fmt: skip
    def test_agents_one_by_one(self, load: float, slots: int, slow_down: float, idle_s: float) -> None:
        """The requirement with idle time, simulated: it holds within the error that the docs give."""
        alone = Demand(load, AHT_S, PATIENCE_S, slots, slow_down)
        demand = demand_with_idle(alone, idle_s=idle_s)
        handling = Handling(AHT_S, idle_s=idle_s, reaction_s=9)
        agents = int(least_agents(demand, Limits(((0.8, 51.0),))).agents)
        seen = simulated(agents, alone, idle_s=idle_s)
        found = chat_measures(demand, agents=agents, handling=handling)
        level = first_reply_level(demand, agents=agents, asked=ServiceLevel(0.8, 60), handling=handling)
        assert level == pytest.approx(seen.answered_within, abs=0.02)
        assert seen.answered_within >= 0.79
        assert measures(demand, agents=agents).p_abandon == pytest.approx(seen.abandoned, abs=0.008)
        assert found.first_reply_s == pytest.approx(seen.asa_s + 9, abs=2)
        assert found.open_per_agent == pytest.approx(seen.open_per_agent, rel=0.04)
        assert found.active_per_agent == pytest.approx(seen.active_per_agent, rel=0.04)
        assert found.nothing_open == pytest.approx(seen.nothing_open, abs=0.03)
        assert found.full == pytest.approx(seen.full, abs=0.03)

    def test_leaving_idle_time_out_breaks_the_promise(self) -> None:
        """The agents found without idle time, when conversations then idle for five minutes."""
        alone = Demand(10.0, AHT_S, PATIENCE_S, 3, 0.25)
        agents = int(least_agents(alone, Limits(((0.8, 51.0),))).agents)
        assert simulated(agents, alone, idle_s=300.0).answered_within < 0.7


class TestFirstReply:
    @given(st.floats(0.5, 60), st.integers(1, 40), st.floats(0.05, 0.99))
    @settings(max_examples=60, deadline=None)
    def test_the_quantile_is_where_the_share_is_reached(self, load: float, agents: int, share: float) -> None:
        demand = demand_with_idle(Demand(load, AHT_S, PATIENCE_S, 3, 0.2), idle_s=60)
        at = float(first_reply_quantile_s(demand, agents=agents, share=share, reaction_s=9.0)) - 9
        level = service_level(
            demand, agents=agents, within_s=[at, max(at - 0.01, 0)], formula="answered_in_t_over_answered"
        )
        assert level[0] >= share - 1e-9
        assert level[1] <= share or at == 0

    def test_nobody_waits_and_nobody_comes_through(self) -> None:
        quick = first_reply_quantile_s(Demand(1.0, 500, None, 3, 0.2), agents=50, share=0.9, reaction_s=9)
        stuck = first_reply_quantile_s(Demand(90.0, 500, None, 3, 0.2), agents=2, share=0.9, reaction_s=9)
        assert quick == 9
        assert np.isinf(stuck)

    def test_the_mean_is_that_of_the_measures(self) -> None:
        demand = demand_with_idle(Demand([4.0, 9.0], 500, 330, 3, 0.2), idle_s=90)
        found = chat_measures(demand, agents=5, handling=Handling(500, idle_s=90, reaction_s=9))
        assert_allclose(found.first_reply_s, first_reply_s(demand, agents=5, reaction_s=9))
