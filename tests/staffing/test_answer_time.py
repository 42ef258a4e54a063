"""The mean wait of those answered: a sum state by state, and a quick value never on the wrong side of a target."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.answer_time import answer_time, answer_time_against
from staffing.conversations import state_of
from staffing.temme import temme_coefficients
from staffing.waiting import Wait
from tests.staffing.chain import voice

TABLE = temme_coefficients()
LOADS = st.floats(-1, 5).map(lambda power: 10.0**power)
PATIENCES = st.floats(0, 7).map(lambda power: 10.0**power)


def queue(agents: int, load: float, aht_s: float, patience_s: float) -> Wait:
    return state_of(agents, np.array([load, aht_s, patience_s, 1.0, 0.0]), TABLE)


@given(
    LOADS, st.floats(0.02, 1.6), st.floats(1, 20_000), PATIENCES, st.floats(-12, 1), st.sampled_from([-1, 1])
)
@settings(max_examples=400, deadline=None)
def test_on_the_same_side_of_every_target(
    load: float, staffing: float, aht_s: float, patience_s: float, power: float, side: int
) -> None:
    wait = queue(max(1, round(load * staffing)), load, aht_s, patience_s)
    exact = answer_time(wait)
    limit = exact * (1 + side * 10**power)
    quick = answer_time_against(wait, limit)
    if abs(exact - limit) > 1e-11 * exact:
        assert (quick > limit) == (exact > limit)


@pytest.mark.parametrize(("agents", "load"), [(90, 100), (100, 100), (115, 100), (40, 100), (3, 2)])
@pytest.mark.parametrize("patience_s", [20.0, 300.0, 5000.0])
def test_against_the_chain_itself(agents: int, load: float, patience_s: float) -> None:
    """On both sides of the seam between sum and integral: patience 1,200 s at 100 Erlang and 300 s."""
    truth = voice(agents, load=load, aht_s=300, patience_s=patience_s).asa_s()
    assert answer_time(queue(agents, load, 300, patience_s)) * 300 == pytest.approx(truth, rel=1e-9)
