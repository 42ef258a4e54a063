"""Why so many: the slack is the target less the measure, and what one agent fewer breaks is really broken."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from staffing.erlang import Demand
from staffing.least import Limits, least_agents
from staffing.slack import served, why
from tests.staffing.chain import chat, voice

LIMITS = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05, max_occupancy=0.90, max_asa_s=15)
CASES = [(12.0, 300.0, 180.0), (40.0, 420.0, 90.0), (1.3, 200.0, 600.0)]


@pytest.mark.parametrize(("load", "aht_s", "patience_s"), CASES)
@pytest.mark.parametrize("fewer", [0, 1])
def test_against_the_chain_itself(load: float, aht_s: float, patience_s: float, fewer: int) -> None:
    demand = Demand(load, aht_s, patience_s)
    least = least_agents(demand, LIMITS)
    reasons = why(demand, limits=LIMITS, least=least)
    found = reasons.one_fewer if fewer else reasons.least
    agents = int(least.agents) - fewer
    truth = voice(agents, load=load, aht_s=aht_s, patience_s=patience_s)
    levels = [truth.answered_within(20), truth.answered_within(60)]
    busy = load * (1 - truth.p_abandon) / agents
    slack = [levels[0] - 0.8, levels[1] - 0.9, 0.05 - truth.p_abandon, 0.9 - busy, 15 - truth.asa_s()]
    assert found.agents == agents
    assert_allclose(found.service_levels, levels, atol=1e-10)
    assert_allclose(found.slack, slack, atol=1e-8)
    assert (found.slack >= 0).tolist() == (~reasons.breaks if fewer else np.ones(5, dtype=bool)).tolist()


def test_chat_against_the_chain_itself() -> None:
    demand = Demand(30, 530, 330, 3, 0.24)
    least = least_agents(demand, LIMITS)
    found = why(demand, limits=LIMITS, least=least).one_fewer
    truth = chat(int(least.agents) - 1, load=30, aht_s=530, patience_s=330, slots=3, slow_down=0.24)
    assert found.slack[0] == pytest.approx(truth.answered_within(20) - 0.8, abs=1e-10)
    assert found.slack[2] == pytest.approx(0.05 - truth.p_abandon, abs=1e-10)
    assert found.slack[4] == pytest.approx(15 - truth.asa_s(), abs=1e-8)


@given(
    st.floats(0.01, 3000), st.floats(60, 900), st.floats(5, 1e5), st.floats(0.5, 0.99), st.floats(0.6, 0.99),
    st.floats(1, 120), st.sampled_from([1, 3]),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_all_kept_and_something_broken(
    load: float, aht_s: float, patience_s: float, share: float, busy: float, asa_s: float, slots: int
) -> None:
    """At the least agents no slack is negative; one below it is negative for just the targets named."""
    limits = Limits(((share, 20), (0.9, 60)), 0.05, busy, asa_s)
    demand = Demand(load, aht_s, patience_s, slots, 0.2)
    least = least_agents(demand, limits)
    found = why(demand, limits=limits, least=least)
    assert (found.least.slack >= -1e-9).all()
    assert found.breaks.any()
    assert found.breaks[least.binding]
    if least.agents > 1:
        sure = np.abs(found.one_fewer.slack) > 1e-9
        assert (found.breaks == (found.one_fewer.slack < 0))[sure].all()


def test_several_targets_may_break_at_once() -> None:
    limits = Limits(((0.80, 20), (0.90, 60)), max_abandonment=0.05)
    demand = Demand([12.0, 40.0], 300, 180)
    found = why(demand, limits=limits, least=least_agents(demand, limits))
    assert found.breaks[:, :3].tolist() == [[True, True, True], [True, False, False]]
    assert not found.breaks[:, 3:].any()
    assert np.isnan(found.least.slack[:, 3:]).all()


def test_nothing_offered_and_one_agent() -> None:
    demand = Demand([0.0, 0.01], 300, 180)
    found = why(demand, limits=LIMITS, least=least_agents(demand, LIMITS))
    assert np.isnan(found.least.slack[0]).all()
    assert np.isnan(found.one_fewer.service_levels[0]).all()
    assert not found.breaks[0].any()
    assert found.one_fewer.service_levels[1].tolist() == [0, 0]
    assert found.one_fewer.p_abandon[1] == 1
    assert found.breaks[1].all()


def test_given_agents_by_row_and_in_any_shape() -> None:
    found = served(Demand([[12.0], [40.0]], 300, 180), agents=[10, 45, 60], limits=LIMITS)
    assert found.slack.shape == (2, 3, 5)
    alone = served(Demand(40, 300, 180), agents=45, limits=LIMITS)
    assert found.slack[1, 1].tolist() == alone.slack.tolist()
    assert found.slack[1, 0, 0] < 0 < found.slack[0, 2, 0]
