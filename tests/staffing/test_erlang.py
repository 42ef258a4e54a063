"""Erlang B, C and A agree with the chain itself, with each other, and at their limits."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from planner.domain.centre import Formula
from staffing.erlang import (
    Demand,
    abandoned_within,
    erlang_b,
    erlang_c,
    measures,
    service_level,
)
from tests.staffing.chain import voice

FORMULAS: tuple[Formula, ...] = (
    "answered_in_t_and_abandoned_in_t_over_offered",
    "answered_in_t_over_answered",
    "answered_in_t_over_offered",
    "answered_in_t_over_answered_and_abandoned_after_t",
    "answered_in_t_and_short_abandons_over_offered",
)
LOADS = st.floats(-9, 5).map(lambda power: 10.0**power)
AHTS, PATIENCES, WAITS = st.floats(1, 20_000), st.floats(0, 9).map(lambda p: 10.0**p), st.floats(0, 86400)


class TestTheChainItself:
    @pytest.mark.parametrize(
        ("agents", "load", "aht_s", "patience_s"),
        [(1, 0.3, 300, 60), (5, 4.2, 325, 200), (5, 9.0, 325, 200), (40, 38, 310, 3600), (154, 200, 300, 60), (12, 2, 600, 20)],
    )  # fmt: skip
    def test_every_measure(self, agents: int, load: float, aht_s: float, patience_s: float) -> None:
        truth = voice(agents, load=load, aht_s=aht_s, patience_s=patience_s)
        demand = Demand(load, aht_s, patience_s)
        found = measures(demand, agents=agents)
        assert found.p_wait == pytest.approx(truth.p_wait, rel=1e-10)
        assert found.p_abandon == pytest.approx(truth.p_abandon, rel=1e-10)
        assert found.queue_length == pytest.approx(truth.queue_length, rel=1e-10)
        assert found.asa_s == pytest.approx(truth.asa_s(), rel=1e-9)
        assert found.occupancy == pytest.approx(load / agents * (1 - truth.p_abandon), rel=1e-10)
        within = np.array([0.0, 5, 20, 60, 600])
        levels = service_level(demand, agents=agents, within_s=within)
        assert_allclose(levels, [truth.answered_within(t) for t in within], atol=1e-11)


class TestIdentities:
    @given(st.integers(1, 400), LOADS)
    @settings(max_examples=150, deadline=None)
    def test_erlang_b_by_its_recursion(self, agents: int, load: float) -> None:
        """B(n) = load B(n-1) / (n + load B(n-1)), Erlang 1917."""
        blocked = 1.0
        for n in range(1, agents + 1):
            blocked = load * blocked / (n + load * blocked)
        assert erlang_b(load, agents=agents) == pytest.approx(blocked, rel=1e-11, abs=1e-300)

    @given(st.integers(1, 400), LOADS)
    @settings(max_examples=100, deadline=None)
    def test_erlang_c_from_b(self, agents: int, load: float) -> None:
        """C = B / (1 - load/agents (1 - B)) while the load is below the agents, else 1."""
        blocked = float(erlang_b(load, agents=agents))
        waits = blocked / (1 - load / agents * (1 - blocked)) if load < agents else 1.0
        assert erlang_c(load, agents=agents) == pytest.approx(waits, rel=1e-9, abs=1e-300)

    @given(LOADS, st.floats(0.2, 2), AHTS, PATIENCES, WAITS)
    @settings(max_examples=150, deadline=None)
    def test_the_formulas_hang_together(
        self, load: float, staffing: float, aht_s: float, patience_s: float, within_s: float
    ) -> None:
        demand, agents = Demand(load, aht_s, patience_s), max(1, round(load * staffing))
        one, two, three, four, five = (
            float(service_level(demand, agents=agents, within_s=within_s, formula=formula))
            for formula in FORMULAS
        )
        abandoned = float(measures(demand, agents=agents).p_abandon)
        in_time = float(abandoned_within(demand, agents=agents, within_s=within_s))
        short = float(abandoned_within(demand, agents=agents, within_s=5))
        assert one == pytest.approx(three + in_time, abs=1e-11)
        assert two * (1 - abandoned) == pytest.approx(three, abs=1e-11)
        assert four * (1 - in_time) == pytest.approx(three, abs=1e-11)
        assert five == pytest.approx(three + short, abs=1e-11)
        assert three <= min(one, two, four, five) + 1e-12
        assert -1e-12 <= three <= 1 + 1e-12

    @given(LOADS, st.floats(0.2, 2), AHTS, PATIENCES)
    @settings(max_examples=100, deadline=None)
    def test_what_arrives_is_served_or_leaves(
        self, load: float, staffing: float, aht_s: float, patience_s: float
    ) -> None:
        """Abandonments a second = number waiting / patience; waits are one queue by Little's law."""
        agents = max(1, round(load * staffing))
        found = measures(Demand(load, aht_s, patience_s), agents=agents)
        assert found.queue_length / patience_s == pytest.approx(found.p_abandon * load / aht_s, rel=1e-9)
        answered = load * (1 - found.p_abandon)
        assert found.occupancy * agents == pytest.approx(answered, rel=1e-9, abs=1e-13 * load)
        served_wait = found.asa_s * found.occupancy * agents / load
        assert 0 <= served_wait <= found.mean_wait_s * (1 + 1e-9)

    @given(LOADS, st.floats(0.2, 2), AHTS, PATIENCES)
    @settings(max_examples=100, deadline=None)
    def test_no_time_and_all_the_time(
        self, load: float, staffing: float, aht_s: float, patience_s: float
    ) -> None:
        """Answered within 0 s are those who need not wait; given for ever, all who do not abandon."""
        agents, demand = max(1, round(load * staffing)), Demand(load, aht_s, patience_s)
        found = measures(demand, agents=agents)
        levels = service_level(demand, agents=agents, within_s=[0, 1e15])
        assert_allclose(levels, np.array([1 - found.p_wait, 1 - found.p_abandon]), rtol=0, atol=1e-12)
        left = abandoned_within(demand, agents=agents, within_s=[0, 1e15])
        assert_allclose(left, np.array([0, found.p_abandon]), rtol=0, atol=1e-12)

    def test_mixed_rows_are_answered_as_alone(self) -> None:
        demand = Demand([[4.0], [40.0]], [300.0, 180.0, 60.0], [[np.inf], [120.0]], [1, 2, 3], 0.25)
        together = measures(demand, agents=[6, 30, 20])
        assert together.p_wait.shape == (2, 3)
        alone = measures(Demand(40.0, 60.0, 120.0, 3, 0.25), agents=20)
        assert together.asa_s[1, 2] == alone.asa_s


class TestLimits:
    @given(st.floats(0.05, 200), st.integers(1, 30), AHTS, st.floats(0, 600))
    @settings(max_examples=100, deadline=None)
    def test_endless_patience_is_erlang_c(
        self, load: float, spare: int, aht_s: float, within_s: float
    ) -> None:
        agents = int(load) + spare
        assume(load <= agents - 0.01)
        patient, never = Demand(load, aht_s, 1e15), Demand(load, aht_s, None)
        found, limit = measures(patient, agents=agents), measures(never, agents=agents)
        assert found.p_wait == pytest.approx(float(limit.p_wait), abs=1e-7)
        assert found.asa_s == pytest.approx(float(limit.asa_s), rel=1e-5)
        level = service_level(never, agents=agents, within_s=within_s)
        assert service_level(patient, agents=agents, within_s=within_s) == pytest.approx(
            float(level), abs=1e-7
        )
        assert limit.p_abandon == 0
        assert limit.mean_wait_s == limit.asa_s

    @given(LOADS, st.floats(0.2, 2))
    @settings(max_examples=100, deadline=None)
    def test_no_patience_is_erlang_b(self, load: float, staffing: float) -> None:
        agents = max(1, round(load * staffing))
        found = measures(Demand(load, 300, 1e-7), agents=agents)
        assert found.p_abandon == pytest.approx(float(erlang_b(load, agents=agents)), abs=1e-5)

    def test_nobody_waits_for_many_agents(self) -> None:
        demand = Demand([0.5, 50, 5_000], 300, [60, 600, None or np.inf])
        agents = [60, 400, 9_000]
        assert_allclose(measures(demand, agents=agents).asa_s, 0, atol=1e-12)
        assert_allclose(service_level(demand, agents=agents, within_s=0), 1, atol=1e-12)

    def test_no_agents_at_all(self) -> None:
        found = measures(Demand(3, 300, 120), agents=0)
        assert (found.p_wait, found.p_abandon, found.mean_wait_s) == (1, 1, 120)
        assert np.isnan(found.asa_s)
        demand = Demand(3, 300, [1.0, 120.0, np.inf])
        assert service_level(demand, agents=0, within_s=[[20], [86_400]]).tolist() == [[0] * 3] * 2
        assert service_level(demand, agents=0, within_s=86_400, formula=FORMULAS[3]).tolist() == [0, 0, 0]
        left = abandoned_within(Demand(3, 300, 120), agents=0, within_s=30)
        assert left == pytest.approx(1 - np.exp(-30 / 120))

    def test_no_contacts_at_all(self) -> None:
        found = measures(Demand(0, 300, [120, np.inf]), agents=2)
        assert_allclose((found.p_wait, found.p_abandon, found.asa_s, found.occupancy), 0)
        assert_allclose(service_level(Demand(0, 300, 120), agents=[0, 1], within_s=20), [0, 1])
        assert erlang_b(0, agents=[0, 1]).tolist() == [1, 0]
        nobody = measures(Demand(0, 300, [120, np.inf]), agents=0)
        assert nobody.p_abandon.tolist() == [1, 0]
        assert nobody.queue_length.tolist() == [0, 0]

    @pytest.mark.parametrize("load", [5e-324, 1e-250, 1e-94])
    def test_next_to_no_contacts(self, load: float) -> None:
        demand = Demand(load, 300, np.array([[120], [np.inf]]), [1, 3], 0.2)
        found = measures(demand, agents=1)
        assert_allclose((found.p_wait, found.p_abandon, found.asa_s, found.queue_length), 0, atol=1e-90)
        assert (service_level(demand, agents=1, within_s=0) == 1).all()

    def test_more_load_than_agents_without_patience(self) -> None:
        found = measures(Demand(10, 300), agents=[9, 10])
        assert found.p_wait.tolist() == [1, 1]
        assert np.isinf(found.asa_s).all()
        assert found.occupancy.tolist() == [1, 1]
        assert service_level(Demand(10, 300), agents=[9, 10], within_s=3600).tolist() == [0, 0]

    @given(LOADS, AHTS, PATIENCES, WAITS, st.sampled_from(FORMULAS))
    @settings(max_examples=100, deadline=None)
    def test_more_agents_never_serve_worse(
        self, load: float, aht_s: float, patience_s: float, within_s: float, formula: Formula
    ) -> None:
        """By formula 5 only where the seconds hold the short abandons: losing all at once is no service."""
        assume(formula != FORMULAS[4] or within_s >= 5)
        agents = np.unique(np.round(load + np.linspace(-0.8, 0.8, 33) * load) + np.arange(1, 34))
        demand = Demand(load, aht_s, patience_s)
        level = service_level(demand, agents=agents, within_s=within_s, formula=formula)
        found = measures(demand, agents=agents)
        assert (np.diff(level) > -1e-12).all()
        assert (np.diff(found.p_abandon) < 1e-12).all()
        assert (np.diff(found.occupancy) < 1e-12).all()
        assert (np.diff(found.asa_s) <= 1e-9 * found.asa_s[:-1] + 1e-12).all()


class TestCases:
    def test_the_shortcut_that_circulates_is_wrong(self) -> None:
        """P(abandon) at 10 Erlang, 11 agents, AHT 300 s, patience 120 s is .107, not .487."""
        assert measures(Demand(10, 300, 120), agents=11).p_abandon == pytest.approx(0.107, abs=5e-4)

    def test_a_long_answer_threshold(self) -> None:
        """An hour's wait is granted to nearly all; factorials and plain incomplete gammas lose this."""
        level = service_level(Demand(300, 300, 600), agents=290, within_s=3600)
        truth = voice(290, load=300, aht_s=300, patience_s=600).answered_within(3600)
        assert level == pytest.approx(truth, abs=1e-10)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"load": -1.0}, "load"),
            ({"load": np.nan}, "load"),
            ({"aht_s": 0.0}, "aht_s"),
            ({"patience_s": 0.0}, "patience_s"),
            ({"concurrency": 1.5}, "concurrency"),
            ({"slow_down": -0.1}, "slow_down"),
        ],
    )
    def test_impossible_demand_is_refused(self, wrong: dict[str, float], words: str) -> None:
        with pytest.raises(ValueError, match=words):
            Demand(**{"load": 1.0, "aht_s": 300.0, **wrong})

    def test_part_of_an_agent_is_refused(self) -> None:
        with pytest.raises(ValueError, match="whole"):
            measures(Demand(1, 300, 60), agents=1.5)
