"""Patience from waits that an answer cuts short."""

from math import exp, gamma, log

import numpy as np
import pytest
from scipy.optimize import brentq

from planner.behaviour.patience import exponential, log_likelihood, p_exponential, weibull
from planner.behaviour.waits import Waits, beyond
from tests.planner.behaviour.drawn import offered_waits, waits_of
from tests.planner.behaviour.remission import PLACEBO, SIX_MP

# 23 ball bearings, millions of revolutions: Lieblein & Zelen (1956); fit in Lawless (2003), example 5.2
BEARINGS = (17.88, 28.92, 33.00, 41.52, 42.12, 45.60, 48.48, 51.84, 51.96, 54.12, 55.56, 67.80, 68.64, 68.64,
            68.88, 84.12, 93.12, 98.64, 105.12, 105.84, 127.92, 128.04, 173.40)  # fmt: skip


def test_the_published_fits_of_the_remission_times() -> None:
    """Mean 359 / 9; Weibull shape 1.354 and scale 33.77 as R's survreg gives for the 6-MP group; the two
    exponential log-likelihoods are -108.5 in Venables & Ripley (2002), section 13.2."""
    simple, other = exponential(SIX_MP), exponential(PLACEBO)
    general = weibull(SIX_MP)
    assert simple is not None
    assert other is not None
    assert general is not None
    assert simple.mean_s.value == pytest.approx(359 / 9, rel=1e-12)
    assert other.mean_s.value == pytest.approx(182 / 21, rel=1e-12)
    assert simple.log_likelihood + other.log_likelihood == pytest.approx(-108.5, abs=0.05)
    assert general.shape.value == pytest.approx(1.354, abs=5e-4)
    assert general.scale_s.value == pytest.approx(33.77, abs=5e-3)


def test_the_published_fit_of_the_ball_bearings() -> None:
    times, counts = np.unique(BEARINGS, return_counts=True)
    fit = weibull(Waits(times, counts, np.zeros_like(counts), step_s=0))
    assert fit is not None
    assert fit.shape.value == pytest.approx(2.102, abs=5e-4)
    assert fit.scale_s.value == pytest.approx(81.88, abs=5e-3)


def test_the_maximum_solves_the_likelihood_equation() -> None:
    """For exact waits the shape k solves sum(t^k log t) / sum(t^k) - 1/k = mean log of the abandoned."""
    at, left, all_of = SIX_MP.wait_s, SIX_MP.abandoned, SIX_MP.abandoned + SIX_MP.answered

    def score(shape: float) -> float:
        powers = all_of * at**shape
        return (powers @ np.log(at)) / powers.sum() - 1 / shape - (left @ np.log(at)) / left.sum()

    fit = weibull(SIX_MP)
    assert fit is not None
    assert fit.shape.value == pytest.approx(brentq(score, 0.2, 5), rel=1e-5)


@pytest.mark.parametrize(
    ("shape", "scale_s", "n"), [(1.0, 180.0, 3000), (1.5, 150.0, 3000), (0.7, 120.0, 3000)]
)
def test_intervals_hold_the_planted_patience(shape: float, scale_s: float, n: int) -> None:
    """200 draws of a queue in which most are answered: 95 % intervals hold the truth in 90 to 99 %."""
    held = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        stayed = beyond(waits_of(scale_s * rng.weibull(shape, n), offered_waits(rng, n)), 5)
        general = weibull(stayed)
        assert general is not None
        mean = scale_s * gamma(1 + 1 / shape)
        held.append(
            [
                general.mean_s.low <= mean <= general.mean_s.high,
                general.shape.low <= shape <= general.shape.high,
                general.scale_s.low <= scale_s <= general.scale_s.high,
            ]
        )
    assert np.all(np.mean(held, axis=0) >= 0.90)
    assert np.all(np.mean(held, axis=0) <= 0.99)


@pytest.mark.parametrize(("mean_s", "contacts"), [(180.0, 300), (180.0, 3000), (8.0, 3000)])
def test_the_exponential_interval_holds_the_planted_mean(mean_s: float, contacts: int) -> None:
    """Also with few abandoned, and with patience of a few seconds in a log of whole seconds."""
    held, below = [], []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        waits = waits_of(rng.exponential(mean_s, contacts), offered_waits(rng, contacts))
        fit = exponential(beyond(waits, 5))
        assert fit is not None
        held.append(fit.mean_s.low <= mean_s <= fit.mean_s.high)
        below.append(fit.mean_s.value < mean_s)
    assert 0.92 <= np.mean(held) <= 0.985
    assert 0.40 <= np.mean(below) <= 0.62


def test_the_likelihood_ratio_test_is_honest_and_sees_a_planted_shape() -> None:
    """At 5 % it rejects exponential patience in about 5 % of 200 draws, and a shape of 1.5 in nearly all."""
    rejected = {1.0: 0, 1.5: 0}
    for shape in rejected:
        for seed in range(200):
            rng = np.random.default_rng(seed)
            stayed = beyond(waits_of(180 * rng.weibull(shape, 3000), offered_waits(rng, 3000)), 5)
            simple, general = exponential(stayed), weibull(stayed)
            assert simple is not None
            assert general is not None
            rejected[shape] += p_exponential(simple, general) < 0.05
    assert 0.015 * 200 <= rejected[1.0] <= 0.09 * 200
    assert rejected[1.5] >= 0.95 * 200


def test_hang_ups_at_once_do_not_touch_the_patience_of_those_who_stay() -> None:
    rng = np.random.default_rng(3)
    waits = waits_of(rng.exponential(200, 5000), offered_waits(rng, 5000))
    with_spike = Waits(waits.wait_s, waits.abandoned + 400 * (waits.wait_s == 2), waits.answered)
    fit, same = exponential(beyond(waits, 5)), exponential(beyond(with_spike, 5))
    spoiled = exponential(beyond(with_spike, 0))
    assert fit == same
    assert fit is not None
    assert spoiled is not None
    assert spoiled.mean_s.value < 0.6 * fit.mean_s.value


def test_twice_the_log_is_the_same_patience_known_better() -> None:
    rng = np.random.default_rng(4)
    waits = beyond(waits_of(150 * rng.weibull(1.3, 4000), offered_waits(rng, 4000)), 5)
    double = Waits(waits.wait_s, 2 * waits.abandoned, 2 * waits.answered, waits.step_s, waits.from_s)
    one, two = weibull(waits), weibull(double)
    assert one is not None
    assert two is not None
    assert two.shape.value == pytest.approx(one.shape.value, rel=1e-4)
    assert log(two.mean_s.high / two.mean_s.value) == pytest.approx(
        log(one.mean_s.high / one.mean_s.value) / 2**0.5, rel=1e-2
    )


def test_whole_seconds_are_told_as_seconds_and_not_as_moments() -> None:
    """Each second's chance follows from the curve: summed over all seconds it is 1."""
    seconds = np.arange(1.0, 400)
    each = [
        exp(log_likelihood(Waits(np.array([s]), np.ones(1), np.zeros(1), 1.0, 0.5), scale_s=20, shape=1.4))
        for s in seconds
    ]
    assert sum(each) == pytest.approx(1, abs=1e-9)


def test_nobody_left_is_unknown() -> None:
    none_left = Waits(np.array([3.0, 9.0]), np.zeros(2), np.array([4, 5]))
    assert exponential(none_left) is None
    assert weibull(none_left) is None


def test_all_leaving_in_the_same_second_is_no_weibull() -> None:
    assert weibull(Waits(np.array([3.0, 9.0]), np.array([0, 7]), np.array([4, 5]))) is None
