"""Repeats: the total load explains itself, is the only one that does, and has its limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from staffing.erlang import Demand, measures
from staffing.redials import Repeats, with_repeats
from tests.staffing.chain import chat, voice

LOADS = st.floats(-9, 5).map(lambda power: 10.0**power)
PATIENCES = st.floats(0, 9).map(lambda power: 10.0**power)
SHARES = st.floats(0, 0.99)


def load_of(total: Demand) -> np.ndarray:
    return np.asarray(total.load)


@given(LOADS, st.floats(0, 3), st.floats(1, 20_000), PATIENCES, SHARES, SHARES)
@settings(max_examples=400, deadline=None)
def test_fresh_contacts_are_those_who_do_not_come_again(
    load: float, staffing: float, aht_s: float, patience_s: float, redial: float, reconnect: float
) -> None:
    agents = round(load * staffing)
    total = with_repeats(Demand(load, aht_s, patience_s), agents=agents, repeats=Repeats(redial, reconnect))
    abandon = measures(total, agents=agents).p_abandon
    fresh = load_of(total) * ((1 - reconnect) * (1 - abandon) + (1 - redial) * abandon)
    assert fresh == pytest.approx(load, rel=1e-11)


@given(LOADS, st.floats(0, 3), PATIENCES, SHARES)
@settings(max_examples=100, deadline=None)
def test_the_same_share_of_all_comes_again(
    load: float, staffing: float, patience_s: float, share: float
) -> None:
    total = with_repeats(
        Demand(load, 300, patience_s), agents=round(load * staffing), repeats=Repeats(share, share)
    )
    assert load_of(total) == pytest.approx(load / (1 - share), rel=1e-14)


@pytest.mark.parametrize(("redial", "reconnect"), [(0.5, 0.05), (0.0, 0.6), (0.95, 0.99), (0.99, 0.0)])
@pytest.mark.parametrize("agents", [3, 9, 12, 30])
def test_against_the_chain_itself(redial: float, reconnect: float, agents: int) -> None:
    total = float(
        load_of(with_repeats(Demand(10, 300, 120), agents=agents, repeats=Repeats(redial, reconnect)))
    )
    abandon = voice(agents, load=total, aht_s=300, patience_s=120).p_abandon
    assert total == pytest.approx(10 + redial * total * abandon + reconnect * total * (1 - abandon), rel=1e-9)


def test_chat_against_the_chain_itself() -> None:
    total = float(load_of(with_repeats(Demand(10, 530, 90, 3, 0.24), agents=5, repeats=Repeats(0.6, 0.1))))
    abandon = chat(5, load=total, aht_s=530, patience_s=90, slots=3, slow_down=0.24).p_abandon
    assert total == pytest.approx(10 + 0.6 * total * abandon + 0.1 * total * (1 - abandon), rel=1e-9)


class TestLimits:
    def test_nobody_comes_again(self) -> None:
        loads = np.array([0.0, 1e-9, 3.0, 1e5])
        total = with_repeats(Demand(loads, 300, [[60.0], [np.inf]]), agents=3, repeats=Repeats())
        assert_allclose(load_of(total), np.broadcast_to(loads, (2, 4)), rtol=1e-15)

    def test_nobody_ever_leaves(self) -> None:
        total = with_repeats(Demand([10.0, 50.0], 300), agents=60, repeats=Repeats(0.9, 0.1))
        assert_allclose(load_of(total), [10 / 0.9, 50 / 0.9], rtol=1e-15)
        patient = with_repeats(Demand([10.0, 50.0], 300, 1e12), agents=60, repeats=Repeats(0.9, 0.1))
        assert_allclose(load_of(patient), load_of(total), rtol=1e-10)

    def test_a_queue_that_grows_for_ever(self) -> None:
        """Those answered, as many as the agents can, reconnect; the rest is still waiting."""
        total = with_repeats(Demand(50, 300), agents=[0, 10, 45], repeats=Repeats(0.9, 0.5))
        assert load_of(total).tolist() == [50, 55, 72.5]

    def test_no_agents(self) -> None:
        total = with_repeats(Demand([3.0, 1e5], 300, [[1.0], [1e9]]), agents=0, repeats=Repeats(0.9, 0.2))
        assert_allclose(load_of(total), [[30, 1e6]] * 2, rtol=1e-13)

    def test_enough_agents(self) -> None:
        total = with_repeats(Demand([3.0, 1e5], 300, 60), agents=200_000, repeats=Repeats(0.9, 0.2))
        assert_allclose(load_of(total), [3.75, 1.25e5], rtol=1e-13)

    def test_far_too_few_agents(self) -> None:
        """Of 100,000 Erlang ten are answered: nearly everybody redials."""
        total = with_repeats(Demand(1e5, 300, 60), agents=10, repeats=Repeats(0.99, 0.0))
        assert load_of(total) == pytest.approx((1e5 - 10 + 0.01 * 10) / 0.01, rel=1e-9)


@given(LOADS, st.floats(0.3, 1.5), PATIENCES, SHARES, SHARES)
@settings(max_examples=100, deadline=None)
def test_more_agents_answer_more_and_lose_fewer(
    load: float, staffing: float, patience_s: float, redial: float, reconnect: float
) -> None:
    agents = np.unique(np.round(np.linspace(0.5, 1.3, 12) * staffing * load + np.arange(12)))
    total = with_repeats(Demand(load, 300, patience_s), agents=agents, repeats=Repeats(redial, reconnect))
    abandoned = load_of(total) * measures(total, agents=agents).p_abandon
    assert (np.diff(abandoned) <= 1e-9 * load_of(total)[1:]).all()
    rises = np.diff(load_of(total)) >= -1e-9 * load_of(total)[1:]
    falls = np.diff(load_of(total)) <= 1e-9 * load_of(total)[1:]
    assert rises.all() if reconnect > redial else falls.all()


@pytest.mark.parametrize("shares", [(1.0, 0.0), (0.0, 1.0), (-0.1, 0.0), (np.nan, 0.0)])
def test_impossible_shares_are_refused(shares: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="below 1"):
        Repeats(*shares)
