"""Why a model carries a queue, in words that hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forecasting.backtest import Backtest, backtest
from forecasting.why import speaking_weights, why
from tests.forecasting import planted

AHEAD = 14  # week 1, and one week of weeks 2-4
NONE = np.zeros(0, int)


EXPERTS = ("good", "fair", "young")


def made(origins: int, experts: tuple[str, ...]) -> Backtest:
    """100 contacts a day; good says 102, fair 90, naive 80, the combination 101; young has no word."""
    shape = origins, AHEAD
    says = {"good": 102.0, "fair": 90.0, "young": np.nan, "seasonal_naive": 80.0, "share_of_kin": 100.0}
    says |= {"own_history": 99.0, "planned_volume": 100.0}
    models = {name: np.full(shape, value) for name, value in says.items()}
    ahead = {name: np.full(AHEAD, value) for name, value in says.items()}
    weights = np.tile(np.array([0.5, 0.3, 0.2])[: len(experts)], (3, 1))
    both = np.full(shape, 101.0)
    return replace(
        backtest(planted.series(np.ones(30), "2026-01-05", horizon=AHEAD), NONE, cutoff=30, horizon=AHEAD),
        origins=np.arange(origins) * 28, models=models, combined=both, as_now=both,
        actual=np.full(shape, 100.0), ahead=ahead, ahead_combined=np.full(AHEAD, 101.0),
        experts=experts, weights=weights,
    )  # fmt: skip


def test_the_combination_says_what_its_strongest_model_missed_by_and_the_next_best() -> None:
    assert why(made(8, EXPERTS), "combined", 0) == (
        "last 8 origins: 2.0 % off alone, 10.0 % the best of the others (fair), 1.0 % all together"
    )


def test_each_model_is_set_beside_the_best_of_the_others() -> None:
    assert why(made(8, EXPERTS), "fair", 1) == (
        "last 8 origins: 10.0 % off alone, 2.0 % the best of the others (good), 1.0 % all together"
    )


def test_a_model_that_has_no_word_has_no_weight() -> None:
    test = made(8, EXPERTS)
    assert speaking_weights(test, 0) == pytest.approx([0.5 / 0.8, 0.3 / 0.8, 0])
    assert why(test, "young", 0) == "silent: it needs a longer history"
    assert why(test, "seasonal_naive", 0) == "not in the mix"


def test_too_few_past_forecasts_are_said_to_be() -> None:
    test = made(3, EXPERTS)
    assert why(test, "combined", 0) == "fewer than 4 past forecasts reach these days: all models weigh alike"
    assert why(test, "good", 1) == "fewer than 4 past forecasts reach these days: weighed as in week 1"


def test_a_queue_that_follows_its_line_or_a_like_market_says_so() -> None:
    assert why(made(8, ("share_of_kin",)), "combined", 0).startswith("too young, or moved")
    beside = made(8, ("share_of_kin", "own_history"))
    assert why(beside, "combined", 2).startswith("has not seen a year")
    assert "0.0 % off alone, 1.0 % the best of the others (own_history)" in why(beside, "combined", 0)
    planned = made(8, ("share_of_kin", "planned_volume"))
    assert why(planned, "combined", 2).startswith("new: the planned volume")
    moved = made(8, ("share_of_kin", "good"))
    assert "like market" not in why(moved, "combined", 1)
