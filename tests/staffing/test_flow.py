"""What the flow allows bounds what a queue needs, and the first guess is near it where queues are large."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.conversations import slowed
from staffing.erlang import Demand, measures, number_of, service_level
from staffing.flow import Case, bound_above, bound_below, first_guess
from staffing.least import Limits, least_agents
from staffing.temme import temme_coefficients

LOADS = st.floats(-2, 5).map(lambda power: 10.0**power)
PATIENCES = st.floats(0, 9).map(lambda power: 10.0**power)


def case(demand: Demand, limits: Limits) -> Case:
    row = np.array([float(cell) for cell in demand.columns()])
    ask = np.array([float(cell) for cell in limits.columns()])
    slower = slowed(int(row[3]), row[4])
    return Case(row, ask, number_of(limits.formula), slower, temme_coefficients())


@given(
    LOADS, st.floats(1, 20_000), PATIENCES, st.floats(0.01, 1), st.floats(0, 600), st.floats(0, 0.9),
    st.floats(0.01, 0.99), st.sampled_from([(1, 0.0), (3, 0.2), (2, 1.5)]),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_bounds_hold(
    load: float, aht_s: float, patience_s: float, share: float, within_s: float, abandonment: float,
    occupancy: float, chat: tuple[int, float],
) -> None:  # fmt: skip
    demand = Demand(load, aht_s, patience_s, *chat)
    here = case(demand, Limits(((share, within_s),), abandonment, occupancy))
    missed = [bound_below(0, 1, here), bound_below(1, 1, here)]
    level = service_level(demand, agents=missed[0], within_s=within_s)
    assert missed[0] == 0 or level < share
    assert missed[1] == 0 or measures(demand, agents=missed[1]).p_abandon > abandonment
    assert measures(demand, agents=bound_above(2, 1, here)).occupancy <= occupancy + 1e-12


@pytest.mark.parametrize("load", [2e3, 2e4, 1e5])
@pytest.mark.parametrize(("aht_s", "patience_s"), [(300, 180), (600, 90), (150, 500)])
@pytest.mark.parametrize(("share", "seconds"), [(0.8, 20), (0.9, 60), (0.7, 30)])
def test_the_first_guess_is_near(
    load: float, aht_s: float, patience_s: float, share: float, seconds: float
) -> None:
    demand, limits = Demand(load, aht_s, patience_s), Limits(((share, seconds),), 0.05, 0.9)
    needs = least_agents(demand, limits).needs
    guesses = [first_guess(target, 1, case(demand, limits)) for target in range(3)]
    assert np.abs(needs[:3] - guesses).max() < 0.2 * load**0.5
