"""The share still waiting."""

import numpy as np

from planner.behaviour.survival import kaplan_meier
from planner.behaviour.waits import Waits
from tests.planner.behaviour.drawn import waits_of
from tests.planner.behaviour.remission import SIX_MP


def test_the_published_curve_of_the_remission_times() -> None:
    """Survival as Cox & Oakes (1984) print it, bands on log(-log) as Stata's `sts list` prints them."""
    curve = kaplan_meier(SIX_MP)
    assert curve.wait_s.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert np.round(curve.waiting, 4).tolist() == [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert np.round(curve.low, 4).tolist() == [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]
    assert np.round(curve.high, 4).tolist() == [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801]


def test_without_an_answer_it_is_the_share_that_has_not_left() -> None:
    rng = np.random.default_rng(1)
    patience = rng.exponential(90, 400)
    curve = kaplan_meier(waits_of(patience, np.full(400, np.inf)))
    still = [(np.rint(patience) > second).mean() for second in curve.wait_s]
    assert np.allclose(curve.waiting, still)
    assert curve.waiting[-1] == 0
    assert np.isnan(curve.low[-1])


def test_who_is_answered_at_once_was_never_at_risk() -> None:
    waited = Waits(np.array([0.0, 3, 8]), np.array([0, 2, 1]), np.array([0, 5, 4]))
    with_more = Waits(waited.wait_s, waited.abandoned, np.array([900, 5, 4]))
    assert np.array_equal(kaplan_meier(waited).waiting, kaplan_meier(with_more).waiting)


def test_the_bands_hold_the_true_share() -> None:
    """At 60 s of exponential patience of 90 s, in 400 draws: about 95 in a hundred."""
    held = []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        offered = rng.exponential(60, 300)
        curve = kaplan_meier(waits_of(rng.exponential(90, 300), offered))
        at = np.searchsorted(curve.wait_s, 60, side="right") - 1
        held.append(curve.low[at] <= np.exp(-60.5 / 90) <= curve.high[at])
    assert 0.92 <= np.mean(held) <= 0.98
