"""Running medians are those a loop over the window would give."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.medians import robust_sd, running_median


def test_each_window_has_the_median_of_its_known_values() -> None:
    rng = np.random.default_rng(1)
    values = np.where(rng.random(60) < 0.2, np.nan, rng.normal(size=60))
    found = running_median(values, -5, 3, 4)
    for i in range(60):
        window = values[max(i - 5, 0) : i + 3]
        known = window[~np.isnan(window)]
        assert found[i] == pytest.approx(np.median(known) if len(known) >= 4 else np.nan, nan_ok=True)


def test_a_window_before_the_beginning_is_unknown() -> None:
    assert np.isnan(running_median(np.ones(5), -3, 0, 1)[0])


def test_the_robust_spread_of_a_normal_is_its_standard_deviation_and_a_few_floods_hardly_move_it() -> None:
    normal = np.random.default_rng(2).normal(scale=3, size=20_000)
    assert robust_sd(normal) == pytest.approx(3, rel=0.02)
    normal[:200] = 1e6
    assert robust_sd(normal) == pytest.approx(3, rel=0.05)
