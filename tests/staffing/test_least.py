"""The least agents: one fewer breaks a target, every target together, and the one that decides is named."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.domain.centre import Formula, Handling, ServiceLevel, Target
from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents, limits_of
from tests.staffing.chain import voice
from tests.staffing.test_erlang import FORMULAS

CONTRACT = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05, max_occupancy=0.90)
MOST = 120


def by_trying_all(demand: Demand, limits: Limits) -> list[int]:
    """What each target needs, by looking at every agent count from 1 on."""
    agents = np.arange(1, MOST)
    found = measures(demand, agents=agents)
    met = [
        service_level(demand, agents=agents, within_s=seconds, formula=limits.formula) >= share
        for share, seconds in limits.service_levels
    ]
    met += [
        found.p_abandon <= limits.max_abandonment,
        found.occupancy <= limits.max_occupancy,
        found.asa_s <= limits.max_asa_s,
    ]
    return [int(agents[ok][0]) for ok in met]


class TestEachTarget:
    @given(
        st.floats(0.01, 60), st.floats(60, 900), st.floats(20, 2000), st.floats(0.5, 0.99),
        st.floats(0, 90), st.floats(0.01, 0.3), st.floats(0.6, 0.98), st.floats(1, 120), st.sampled_from(FORMULAS),
    )  # fmt: skip
    @settings(max_examples=150, deadline=None)
    def test_least_of_all_that_meet_it(
        self, load: float, aht_s: float, patience_s: float, share: float, seconds: float,
        abandonment: float, occupancy: float, asa_s: float, formula: Formula,
    ) -> None:  # fmt: skip
        assume(formula != FORMULAS[4] or seconds >= 5)
        demand = Demand(load, aht_s, patience_s)
        limits = Limits(((share, seconds),), abandonment, occupancy, asa_s, formula)
        found = least_agents(demand, limits)
        assert found.needs.tolist() == by_trying_all(demand, limits)
        assert found.agents == found.needs.max()
        assert found.needs[found.binding] == found.agents

    @pytest.mark.parametrize("slots", [2, 3, 5])
    def test_least_with_conversations(self, slots: int) -> None:
        loads = np.array([0.2, 3, 11, 60])
        limits = Limits(((0.8, 51), (0.9, 120)), 0.05, 0.92, 40)
        found = least_agents(Demand(loads, 530, 330, slots, 0.24), limits)
        each = [by_trying_all(Demand(load, 530, 330, slots, 0.24), limits) for load in loads]
        assert found.needs.tolist() == each

    @pytest.mark.parametrize("load", [10.0, 1e3, 1e5])
    @pytest.mark.parametrize("patience_s", [1.0, 200.0, 1e9, np.inf])
    def test_one_fewer_breaks_it_at_every_size(self, load: float, patience_s: float) -> None:
        demand = Demand(load, 300, patience_s)
        agents = int(least_agents(demand, Limits(((0.8, 20),))).agents)
        level = service_level(demand, agents=[agents - 1, agents], within_s=20)
        assert level[0] < 0.8 <= level[1]

    def test_more_asked_never_needs_fewer(self) -> None:
        shares, demand = np.linspace(0.05, 0.999, 60), Demand([[4.0], [40.0], [400.0]], 300, 180)
        agents = least_agents(demand, Limits(((shares, 20),))).agents
        assert (np.diff(agents, axis=1) >= 0).all()
        assert (np.diff(agents, axis=0) >= 0).all()


class TestTogether:
    def test_who_binds_by_size(self) -> None:
        """AHT 300 s, patience 180 s: small queues are bound by 90/60 and abandonment, 40 Erlang by 80/20."""
        limits = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05)
        found = least_agents(Demand([3.0, 8, 12, 20, 40, 1000], 300, 180), limits)
        needs = found.needs[:, :3]
        binds = needs == found.agents[:, None]
        assert binds.tolist() == [
            [False, True, True], [False, True, True], [True] * 3, [True] * 3,
            [True, False, False], [False, False, True],
        ]  # fmt: skip
        assert found.binding.tolist() == [1, 1, 0, 0, 0, 2]

    def test_fewer_agents_than_load(self) -> None:
        """200 Erlang, 70/30, patience 60 s, AHT 300 s: 154 agents, and the chain itself says so."""
        assert least_agents(Demand(200, 300, 60), Limits(((0.7, 30),))).agents == 154
        levels = [voice(n, load=200, aht_s=300, patience_s=60).answered_within(30) for n in (153, 154)]
        assert levels[0] < 0.7 <= levels[1]

    def test_thirteen_queues_or_one(self) -> None:
        """13 queues of 3 Erlang need 78 agents, split over two sites 104, pooled 42."""
        limits = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05)
        alone, half, pooled = least_agents(Demand([3, 1.5, 39], 300, 180), limits).agents
        assert (13 * alone, 26 * half, pooled) == (78, 104, 42)

    def test_nothing_offered_needs_nobody(self) -> None:
        found = least_agents(Demand([0.0, 1e-6], 300, 180), CONTRACT)
        assert found.agents.tolist() == [0, 1]
        assert found.binding[0] == -1
        assert found.needs[0, :4].tolist() == [0, 0, 0, 0]
        assert least_agents(Demand([], 300, 180), CONTRACT).agents.shape == (0,)

    @pytest.mark.parametrize("patience_s", [None, 60.0])
    @pytest.mark.parametrize("load", [0.5, 833.0, 8333.0, 100_000.0])
    def test_a_share_of_none_is_met_by_anybody(self, load: float, patience_s: float | None) -> None:
        """Case: without patience and with 8,333 Erlang the search went down one agent at a time."""
        assert least_agents(Demand(load, 300, patience_s), Limits(((0.0, 20),))).agents == 1
        nearly = least_agents(Demand(load, 300, patience_s), Limits(((1e-7, 20),))).agents
        served = service_level(Demand(load, 300, patience_s), agents=[nearly, nearly - 1], within_s=20)
        assert served[0] >= 1e-7 > served[1]

    def test_rows_do_not_mind_their_neighbours(self) -> None:
        rng = np.random.default_rng(7)
        loads = rng.choice(rng.uniform(0, 90, 40), 500)
        order = rng.permutation(500)
        found = least_agents(Demand(loads, 300, 180), CONTRACT)
        shuffled = least_agents(Demand(loads[order], 300, 180), CONTRACT)
        assert (found.agents[order] == shuffled.agents).all()
        alone = [int(least_agents(Demand(load, 300, 180), CONTRACT).agents) for load in loads[:20]]
        assert found.agents[:20].tolist() == alone

    def test_targets_by_row(self) -> None:
        limits = Limits((([0.8, np.nan], 20),), max_abandonment=[np.nan, 0.05])
        found = least_agents(Demand(40, 300, 180), limits)
        assert found.agents.tolist() == [43, 42]
        assert np.isnan(found.needs).tolist() == [[False, True, True, True], [True, False, True, True]]


class TestLimits:
    def test_from_a_contract(self) -> None:
        target = Target((ServiceLevel(0.8, 60),), max_abandonment=0.05, max_asa_s=30)
        limits = limits_of(target, Handling(530, 330, reaction_s=9, short_abandon_s=4))
        assert limits.service_levels == ((0.8, 51),)
        assert (limits.max_asa_s, limits.short_abandon_s) == (21, 4)
        assert np.isnan(limits.max_occupancy)

    def test_impossible_targets_are_refused(self) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            Limits(((80, 20),))
        with pytest.raises(ValueError, match="reaction"):
            limits_of(Target((ServiceLevel(0.8, 5),)), Handling(530, reaction_s=9))
        with pytest.raises(ValueError, match="short abandons"):
            Limits(((0.8, 4),), formula=FORMULAS[4])
        with pytest.raises(ValueError, match="no target"):
            least_agents(Demand(3, 300, 180), Limits())
