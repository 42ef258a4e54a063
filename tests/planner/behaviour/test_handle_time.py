"""Handle times and their lognormal."""

import numpy as np
import pytest

from planner.behaviour.handle_time import Handled, handle_times


def handled_of(seconds: np.ndarray) -> Handled:
    whole, counts = np.unique(np.rint(seconds), return_counts=True)
    return Handled(
        whole,
        counts,
        seconds.sum(),
        (seconds**2).sum(),
        np.log(seconds).sum(),
        (np.log(seconds) ** 2).sum(),
    )


def test_the_plain_statistics_of_the_times() -> None:
    seconds = np.array([60.0, 120, 240, 480, 600])
    times = handle_times(handled_of(seconds))
    assert times is not None
    assert times.n == 5
    assert times.mean_s.value == 300
    assert times.cv == pytest.approx(seconds.std(ddof=1) / 300)
    assert times.log_mean == pytest.approx(np.log(seconds).mean())
    assert times.quantiles_s == (60, 240, 600, 600)
    assert times.mean_s.high - 300 == pytest.approx(2.7764451 * seconds.std(ddof=1) / 5**0.5)  # t, 4 d.f.


def test_a_planted_lognormal_is_found_and_fits() -> None:
    rng = np.random.default_rng(1)
    times = handle_times(handled_of(rng.lognormal(5.5, 0.7, 50_000)))
    assert times is not None
    assert times.log_mean == pytest.approx(5.5, abs=0.01)
    assert times.log_sd == pytest.approx(0.7, abs=0.01)
    assert times.cv == pytest.approx(np.sqrt(np.expm1(0.49)), abs=0.02)
    assert times.worst_gap < 0.03


def test_what_is_no_lognormal_is_told() -> None:
    rng = np.random.default_rng(2)
    two_kinds = np.concatenate([rng.normal(60, 5, 5000), rng.normal(900, 50, 5000)])
    times = handle_times(handled_of(two_kinds))
    assert times is not None
    assert times.worst_gap > 0.5


def test_the_interval_holds_the_true_mean() -> None:
    held = []
    for seed in range(400):
        times = handle_times(handled_of(np.random.default_rng(seed).lognormal(5, 0.75, 400)))
        assert times is not None
        held.append(times.mean_s.low <= np.exp(5 + 0.75**2 / 2) <= times.mean_s.high)
    assert 0.90 <= np.mean(held) <= 0.98


def test_one_contact_tells_no_spread() -> None:
    assert handle_times(handled_of(np.array([100.0]))) is None
