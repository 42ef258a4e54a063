"""Kaplan-Meier's estimate with open windows: against statsmodels, and where it must be a plain share."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from planner.scorecards.follow_up import Watched, not_followed
from planner.scorecards.proportions import wilson

NEVER = 1e9
WEEK_S = 168 * 3600.0


def watched(
    rng: np.random.Generator, n: int, *, least_s: float, most_s: float, share: float = 0.2
) -> Watched:
    """Whole hours, so that there are ties; a share comes back within a week."""
    back = np.where(rng.random(n) < share, np.ceil(rng.random(n) * 168) * 3600, NEVER)
    left = np.ceil(rng.uniform(least_s, most_s, n) / 3600) * 3600
    return Watched(back, left)


def statsmodels_at(own: Watched, at_s: float) -> tuple[float, float]:
    """Survival and its Greenwood standard error."""
    status = (own.back_s <= own.left_s).astype(int)
    found = SurvfuncRight(np.minimum(own.back_s, own.left_s), status)
    place = np.searchsorted(found.surv_times, at_s, side="right") - 1
    return float(found.surv_prob[place]), float(found.surv_prob_se[place])


@pytest.mark.parametrize("seed", range(5))
def test_it_is_statsmodels_estimate(seed: int) -> None:
    own = watched(np.random.default_rng(seed), 400, least_s=3600, most_s=2 * WEEK_S)
    found = not_followed(own, within_s=WEEK_S)
    value, error = statsmodels_at(own, WEEK_S)
    assert found.value == pytest.approx(value, abs=1e-12)
    spread = 1.959964 * error / (value * abs(np.log(value)))  # log(-log): Kalbfleisch and Prentice 1980
    assert found.low == pytest.approx(value ** np.exp(spread), abs=1e-6)
    assert found.high == pytest.approx(value ** np.exp(-spread), abs=1e-6)


def test_with_every_window_over_it_is_the_share() -> None:
    own = watched(np.random.default_rng(1), 500, least_s=WEEK_S, most_s=2 * WEEK_S)
    found = not_followed(own, within_s=WEEK_S)
    assert found.value == pytest.approx(np.mean(own.back_s > WEEK_S), abs=1e-12)
    assert found.own_s == WEEK_S


def test_beyond_its_own_watch_a_week_borrows_from_the_weeks_before() -> None:
    """S(7 d) = own S up to the watch's reach x the share of those before who stayed away from there on."""
    rng = np.random.default_rng(4)
    own = watched(rng, 400, least_s=3600, most_s=WEEK_S / 2)
    before = watched(rng, 2000, least_s=WEEK_S, most_s=4 * WEEK_S)
    found = not_followed(own, within_s=WEEK_S, before=before)
    assert found.own_s < WEEK_S / 2
    stayed = np.mean(before.back_s > WEEK_S) / np.mean(before.back_s > found.own_s)
    assert found.value == pytest.approx(statsmodels_at(own, found.own_s)[0] * stayed, abs=1e-12)
    assert found.low < found.value < found.high


def test_without_weeks_before_a_short_watch_says_nothing() -> None:
    own = watched(np.random.default_rng(4), 400, least_s=3600, most_s=WEEK_S / 2)
    assert np.isnan(not_followed(own, within_s=WEEK_S).value)


def test_when_nobody_came_back_the_interval_is_wilsons() -> None:
    own = Watched(np.full(50, NEVER), np.full(50, 2 * WEEK_S))
    found = not_followed(own, within_s=WEEK_S)
    assert (found.value, found.low, found.high) == (1.0, pytest.approx(float(wilson(50, 50).low)), 1.0)


def test_the_interval_covers_the_truth_when_half_the_windows_are_open() -> None:
    """Simulated: 95 % intervals of a planted share of .88, windows open to a varying degree."""
    rng = np.random.default_rng(6)
    inside = 0
    for _ in range(600):
        own = watched(rng, 300, least_s=WEEK_S / 4, most_s=2 * WEEK_S, share=0.12)
        found = not_followed(own, within_s=WEEK_S)
        inside += found.low <= 0.88 <= found.high
    assert 0.93 <= inside / 600 <= 0.97
