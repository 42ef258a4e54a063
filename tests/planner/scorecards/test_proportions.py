"""Intervals hold what they promise."""

from __future__ import annotations

import numpy as np
import pytest

from planner.scorecards.proportions import clustered, wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (9, 10, 0.596, 0.982),  # "9 of 10 is 60-98 %"
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),  # Newcombe 1998, table I, method 3
        (0, 20, 0.0, 0.1611),  # Newcombe 1998, table I, method 3
        (1, 29, 0.0061, 0.1718),  # Newcombe 1998, table I, method 3
    ],
)
def test_wilson_gives_the_published_intervals(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes, n)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), abs=6e-4 if n == 10 else 6e-5)


def test_wilson_is_unknown_without_observations_and_mirrors_itself() -> None:
    assert np.isnan(wilson(0, 0)).all()
    right, wrong = wilson(np.arange(21), 20), wilson(20 - np.arange(21), 20)
    assert right.low == pytest.approx(1 - wrong.high)


def planted_means(
    rng: np.random.Generator, *, subjects: int, clusters: int, each: int
) -> dict[str, np.ndarray]:
    """Means of 0.9 whose clusters differ by sd 0.04 and whose observations by sd 0.07."""
    truth = 0.9 + 0.04 * rng.standard_normal((subjects, clusters))
    seen = truth[:, :, None] + 0.07 * rng.standard_normal((subjects, clusters, each))
    number = np.arange(subjects * clusters)
    return {
        "sums": seen.sum(axis=2).ravel(),
        "counts": np.full(subjects * clusters, float(each)),
        "subject": number // clusters,
        "cluster": number % clusters,
    }


@pytest.mark.parametrize(("clusters", "least"), [(5, 0.88), (12, 0.90), (40, 0.92)])
def test_clustered_intervals_cover_the_planted_mean(clusters: int, least: float) -> None:
    """500 drawn subjects; an interval that ignored the clusters would cover about 60 %."""
    drawn = planted_means(np.random.default_rng(clusters), subjects=500, clusters=clusters, each=20)
    found = clustered(**drawn, seed=1)
    cover = ((found.low <= 0.9) & (found.high >= 0.9)).mean()
    assert least <= cover <= 0.99


def test_without_cluster_effects_the_interval_is_the_usual_one() -> None:
    """400 observations of sd 0.07 in clusters of one: mean +- 1.96 x 0.07 / 20."""
    drawn = planted_means(np.random.default_rng(3), subjects=40, clusters=400, each=1)
    found = clustered(**drawn, seed=1)
    spread = np.hypot(0.04, 0.07)
    assert (found.high - found.low).mean() == pytest.approx(2 * 1.96 * spread / 20, rel=0.1)


def test_one_cluster_says_nothing_about_the_spread_of_clusters() -> None:
    found = clustered(
        np.array([9.0]), counts=np.array([10.0]), subject=np.array([0]), cluster=np.array([0]), seed=1
    )
    assert np.isnan(found.low[0])
    assert np.isnan(found.high[0])


def test_the_same_seed_gives_the_same_interval() -> None:
    drawn = planted_means(np.random.default_rng(3), subjects=3, clusters=9, each=5)
    assert np.array_equal(clustered(**drawn, seed=7).low, clustered(**drawn, seed=7).low)
