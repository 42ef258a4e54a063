"""The least agents with repeats are the least of all numbers that meet the targets at their own load."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents
from staffing.least_with_repeats import least_with_repeats, why_with_repeats
from staffing.redials import Repeats, with_repeats

SHARES = st.floats(0, 0.95)


def met(fresh: Demand, limits: Limits, repeats: Repeats, agents: np.ndarray) -> np.ndarray:
    """For each number of agents (row) and target (column), whether it is met at its own load."""
    total = with_repeats(fresh, agents=agents, repeats=repeats)
    found = measures(total, agents=agents)
    kept = [service_level(total, agents=agents, within_s=s) >= share for share, s in limits.service_levels]
    kept.append(found.p_abandon <= limits.max_abandonment)
    kept.append(found.occupancy <= limits.max_occupancy)
    kept.append(found.asa_s <= limits.max_asa_s)
    return np.array(kept).T


@given(
    st.floats(0.01, 15), st.floats(60, 900), st.floats(5, 2000), SHARES, SHARES,
    st.floats(0.05, 0.99), st.floats(0, 90), st.floats(0.01, 0.9), st.floats(0.6, 0.98), st.floats(1, 120),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_least_of_all_that_meet_it(
    load: float, aht_s: float, patience_s: float, redial: float, reconnect: float,
    share: float, seconds: float, abandonment: float, occupancy: float, asa_s: float,
) -> None:  # fmt: skip
    fresh, repeats = Demand(load, aht_s, patience_s), Repeats(redial, reconnect)
    limits = Limits(((share, seconds),), abandonment, occupancy, asa_s)
    found = least_with_repeats(fresh, limits=limits, repeats=repeats)
    agents = np.arange(1, 700)
    kept = met(fresh, limits, repeats, agents)
    assert found.least.needs.tolist() == [int(agents[column][0]) for column in kept.T]
    assert found.least.agents == agents[kept.all(axis=1)][0]
    if found.least.agents > 1:
        assert found.breaks.tolist() == (~kept[int(found.least.agents) - 2]).tolist()
    assert found.breaks[found.least.binding]


class TestMoreAgentsMayBreakATarget:
    """Of those answered 19 in 20 reconnect: one agent, who loses nearly all, is less busy than ten."""

    fresh, repeats, agents = Demand(1, 300, 1), Repeats(0, 0.95), np.arange(1, 160)

    def test_the_least_that_meets_it(self) -> None:
        limits = Limits(max_occupancy=0.65)
        kept = met(self.fresh, limits, self.repeats, self.agents)[:, 1]
        assert np.flatnonzero(np.diff(kept.astype(int))).size == 2
        assert least_with_repeats(self.fresh, limits=limits, repeats=self.repeats).least.agents == 1

    def test_targets_that_hold_together_only_higher_up(self) -> None:
        """Each alone is met by few agents; where the one holds from, the other is broken again."""
        limits = Limits(((0.8, 20),), max_occupancy=0.65)
        kept = met(self.fresh, limits, self.repeats, self.agents)[:, [0, 2]]
        found = least_with_repeats(self.fresh, limits=limits, repeats=self.repeats)
        assert found.least.agents == self.agents[kept.all(axis=1)][0]
        assert found.least.agents > np.nanmax(found.least.needs)
        assert found.breaks.tolist() == [False, False, True, False]
        assert found.least.binding == 2


class TestLimits:
    def test_nobody_comes_again(self) -> None:
        demand = Demand([0.0, 4, 40, 4000], 300, [[180.0], [np.inf]])
        limits = Limits(((0.80, 20), (0.90, 60)), max_occupancy=0.9, max_asa_s=20)
        found, plain = (
            least_with_repeats(demand, limits=limits, repeats=Repeats()),
            least_agents(demand, limits),
        )
        assert (found.least.agents == plain.agents).all()
        assert (found.least.binding == plain.binding).all()
        assert_allclose(found.least.needs, plain.needs)

    def test_nobody_ever_leaves(self) -> None:
        limits = Limits(((0.80, 20),))
        found = least_with_repeats(Demand([4, 4e4], 300), limits=limits, repeats=Repeats(0.7, 0.2))
        plain = least_agents(Demand([5, 5e4], 300), limits)
        assert found.least.agents.tolist() == plain.agents.tolist()
        assert_allclose(np.asarray(found.total.load), [5, 5e4])

    @pytest.mark.parametrize(("redial", "reconnect"), [(0.99, 0.0), (0.0, 0.99), (0.5, 0.1), (0.3, 0.6)])
    @pytest.mark.parametrize("load", [1e-3, 1.0, 1e5])
    def test_one_fewer_breaks_it_at_every_size(self, redial: float, reconnect: float, load: float) -> None:
        fresh, repeats, limits = Demand(load, 300, 90), Repeats(redial, reconnect), Limits(((0.8, 20),), 0.05)
        found = least_with_repeats(fresh, limits=limits, repeats=repeats)
        reasons = why_with_repeats(fresh, limits=limits, repeats=repeats, found=found)
        assert (reasons.least.slack[:2] >= 0).all()
        assert (reasons.one_fewer.slack[:2][reasons.breaks[:2]] < 0).all()
        assert reasons.breaks.any()

    def test_what_cannot_be_met(self) -> None:
        with pytest.raises(OverflowError):
            least_with_repeats(Demand(4, 300, 90), limits=Limits(max_occupancy=1e-12), repeats=Repeats(0.5))
        with pytest.raises(ValueError, match="no target"):
            least_with_repeats(Demand(4, 300, 90), limits=Limits(), repeats=Repeats(0.5))
