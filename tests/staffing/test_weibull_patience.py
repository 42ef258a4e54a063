"""Weibull patience: against the exact queue by its integrals, and where it must fall back on the mean."""

import math

import numpy as np
import pytest

from staffing.erlang import Demand, measures, service_level
from staffing.least import Limits, least_agents
from staffing.weibull_patience import effective_patience_s

AHT_S, PATIENCE_S, WITHIN_S = 300.0, 180.0, 20.0
LIMITS = Limits(((0.8, WITHIN_S),), max_abandonment=0.05)


def exact(load: float, *, agents: int, shape: float) -> tuple[float, float]:
    """Service level and abandonment of M/M/n+G (Baccelli & Hebuterne 1981; Zeltyn & Mandelbaum 2005).

    The wait offered to those who must wait has a density in proportion to
    exp(arrivals x integral of P(patient) - agents x time / AHT).
    """
    x = np.linspace(0, 12 * PATIENCE_S, 60_001)
    patient = np.exp(-((x * math.gamma(1 + 1 / shape) / PATIENCE_S) ** shape))
    step, arrivals = x[1], load / AHT_S
    weighed = np.concatenate([[0.0], np.cumsum((patient[1:] + patient[:-1]) / 2 * step)])
    density = arrivals * np.exp(arrivals * weighed - agents * x / AHT_S)
    idle = 1.0
    for servers in range(1, agents):
        idle = 1 + idle * servers / load
    total = idle + np.trapezoid(density, x)
    near = x <= WITHIN_S + step / 2
    in_time = (idle + np.trapezoid((density * patient)[near], x[near])) / total
    return in_time, np.trapezoid(density * (1 - patient), x) / total


def test_the_exact_queue_is_erlang_a_for_exponential_patience() -> None:
    found = exact(10, agents=12, shape=1.0)
    demand = Demand(10, AHT_S, PATIENCE_S)
    expected = service_level(demand, agents=12, within_s=WITHIN_S), measures(demand, agents=12).p_abandon
    assert found == pytest.approx(tuple(map(float, expected)), abs=2e-4)


@pytest.mark.parametrize("shape", [0.6, 0.8, 1.5, 2.0])
@pytest.mark.parametrize("load", [3.0, 10.0, 30.0, 100.0])
def test_service_and_abandonment_are_those_of_the_exact_queue(load: float, shape: float) -> None:
    """Witness. Case: at 100 Erlang and shape 1.5 the mean alone promised .80 where .66 came."""
    mean = Demand(load, AHT_S, PATIENCE_S)
    patience_s = effective_patience_s(mean, shape=shape, limits=LIMITS)
    demand = Demand(load, AHT_S, patience_s)
    agents = least_agents(demand, LIMITS).agents
    level, lost = exact(load, agents=int(agents), shape=shape)
    assert service_level(demand, agents=agents, within_s=WITHIN_S) == pytest.approx(level, abs=0.015)
    assert measures(demand, agents=agents).p_abandon == pytest.approx(lost, abs=0.006)


def test_where_nobody_leaves_or_nobody_comes_patience_stays() -> None:
    demand = Demand([10.0, 0.0], AHT_S, [np.inf, PATIENCE_S])
    kept = effective_patience_s(demand, shape=1.5, limits=Limits(((0.8, 20),)))
    assert kept.tolist() == [np.inf, PATIENCE_S]


@pytest.mark.parametrize("shape", [0.2, 0.5, 3.0, 5.0])
def test_large_queues_wait_little_and_lose_early_leavers_alone(shape: float) -> None:
    """The larger the queue the shorter the waits, and the further the effective patience from the mean."""
    demand = Demand([10, 30, 100, 1000], AHT_S, PATIENCE_S)
    ratio = np.log(effective_patience_s(demand, shape=shape, limits=LIMITS) / PATIENCE_S)
    away = ratio * np.sign(shape - 1)
    assert away[0] > 0
    assert (np.diff(away) > 0).all()
