"""A queue beside its share of the language, site and channel it is part of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import backtest, origins_before
from forecasting.borrowing import Judged
from forecasting.parents import beside_parents
from tests.forecasting import planted

CUTOFF, HORIZON = 500, 42
ORIGINS = origins_before(CUTOFF, count=6, first_known=0)


def judged(values: np.ndarray) -> Judged:
    series = planted.series(values, "2024-01-01", horizon=HORIZON)
    return Judged(series, backtest(series, ORIGINS, cutoff=CUTOFF, horizon=HORIZON))


@pytest.fixture(scope="module")
def whole() -> np.ndarray:
    means = planted.day_means(pd.date_range("2024-01-01", periods=CUTOFF), yearly=0.3)
    return np.random.default_rng(1).poisson(means).astype(float)


@pytest.fixture(scope="module")
def parent(whole: np.ndarray) -> Judged:
    return judged(whole)


@pytest.fixture(scope="module")
def child(whole: np.ndarray) -> Judged:
    return judged(np.random.default_rng(2).binomial(whole.astype(int), 0.02).astype(float))


def test_a_queue_without_parents_is_left_as_it_is(child: Judged) -> None:
    assert beside_parents(child, {}, cutoff=CUTOFF) is child.test


def test_a_parent_tested_at_other_days_is_not_asked(child: Judged, parent: Judged) -> None:
    other = replace(parent, test=replace(parent.test, origins=parent.test.origins - 7))
    assert beside_parents(child, {"site": other}, cutoff=CUTOFF) is child.test


def test_a_small_part_of_a_large_whole_leans_on_it_and_gets_better(child: Judged, parent: Judged) -> None:
    found = beside_parents(child, {"language": parent}, cutoff=CUTOFF)
    assert found.experts == (*child.test.experts, "share_of_language")
    np.testing.assert_allclose(found.weights.sum(axis=1), 1)
    assert (found.weights[:, -1] > 0.3).all()
    days = pd.date_range("2024-01-01", periods=CUTOFF + HORIZON)[CUTOFF:]
    truth = 0.02 * planted.day_means(days, yearly=0.3)
    missed = [np.abs(test.ahead_combined - truth).sum() for test in (found, child.test)]
    assert missed[0] < missed[1]


def test_a_whole_that_moves_otherwise_is_hardly_heard(child: Judged) -> None:
    rng = np.random.default_rng(3)
    stranger = judged(np.exp(rng.normal(8, 0.8, CUTOFF)))
    found = beside_parents(child, {"site": stranger}, cutoff=CUTOFF)
    assert (found.weights[:, -1] < 0.15).all()


def test_what_was_known_then_is_all_that_counts(child: Judged, parent: Judged) -> None:
    """The combination at an origin does not change when what came after it does."""
    origin = int(ORIGINS[3])
    later = np.where(np.arange(CUTOFF) < origin, child.series.offered[:CUTOFF], 500.0)
    known = beside_parents(child, {"site": parent}, cutoff=CUTOFF).combined[3]
    poisoned = beside_parents(judged(later), {"site": parent}, cutoff=CUTOFF).combined[3]
    np.testing.assert_allclose(poisoned, known)
