"""Differences between a subject and all others: published intervals, family-wise error and power."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from planner.scorecards.differences import (
    Clusters,
    Differences,
    clustered,
    detectable,
    holm,
    interval,
    of_means,
    of_shares,
    p_values,
    simultaneous,
)

NORMAL = float(stats.norm.ppf(0.975))


def of_evaluations(rng: np.random.Generator, *, subjects: int, worse: float = 0.0) -> Differences:
    """Final scores of agents of their own subjects: agents differ, some evaluations are 0."""
    sizes = rng.integers(8, 60, subjects)
    subject = np.repeat(np.arange(subjects), sizes)
    true = rng.normal(0.9, 0.035, len(subject)) - np.where(subject == 0, worse, 0.0)
    counts = rng.integers(2, 30, len(subject))
    failed = rng.binomial(counts, 0.018)
    sums = (counts - failed) * true + rng.normal(0, 0.08, len(subject)) * np.sqrt(counts - failed)
    place = np.arange(subjects)[:, None] == subject[None, :]
    return of_means(Clusters(np.where(place, sums, 0.0), np.where(place, counts, 0.0)))


def of_weeks(
    rng: np.random.Generator, *, subjects: int, spread: float, worse: float = 0.0, common: float = 0.0
) -> Differences:
    """Shares near .9 of eight weeks that move more than chance, together (`common`) and alone (`spread`)."""
    counts = rng.integers(300, 3000, (subjects, 8))
    level = 0.9 + rng.normal(0, common, 8) + rng.normal(0, spread, (subjects, 8))
    level[0] -= worse
    return of_shares(Clusters(rng.binomial(counts, np.clip(level, 0, 1)).astype(float), counts.astype(float)))


FAMILIES: dict[str, Callable[[np.random.Generator], Differences]] = {
    "evaluations": lambda rng: of_evaluations(rng, subjects=13),
    "weeks no more than chance": lambda rng: of_weeks(rng, subjects=7, spread=0.0),
    "weeks a little more": lambda rng: of_weeks(rng, subjects=13, spread=0.006),
    "weeks far more": lambda rng: of_weeks(rng, subjects=13, spread=0.02, common=0.03),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_where_nobody_differs_at_most_one_family_in_twenty_says_so(name: str) -> None:
    rng, families = np.random.default_rng(21), 300
    wrong = sum((holm(p_values(FAMILIES[name](rng))) < 0.05).any() for _ in range(families))
    assert wrong <= stats.binom.ppf(0.99, families, 0.05)


def test_a_planted_difference_is_found() -> None:
    rng = np.random.default_rng(22)
    found = [
        holm(p_values(family))[0] < 0.05
        for _ in range(60)
        for family in (
            of_evaluations(rng, subjects=7, worse=0.05),
            of_weeks(rng, subjects=7, spread=0.006, worse=0.04),
        )
    ]
    assert np.mean(found) > 0.7


def test_intervals_of_all_comparisons_hold_together() -> None:
    """Whole families, in which all subjects differ: every interval must hold its own difference."""
    rng, whole = np.random.default_rng(23), []
    planted = np.array([0.03, 0.0, -0.03, 0.01, 0.0])
    for _ in range(300):
        counts = rng.integers(300, 3000, (5, 8)).astype(float)
        level = 0.9 + planted[:, None] + rng.normal(0, 0.008, (5, 8))
        given = Clusters(rng.binomial(counts.astype(int), np.clip(level, 0, 1)).astype(float), counts)
        true = Clusters(counts * (0.9 + planted)[:, None], counts)
        found = of_shares(given)
        low, high = simultaneous(found, adjusted=holm(p_values(found)))
        difference = true.mean - true.others.mean
        whole.append(((low <= difference) & (difference <= high)).all())
    assert sum(whole) >= stats.binom.ppf(0.01, 300, 0.95)


def test_newcombes_interval_of_two_shares() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table II, method 10: 56/70 and 48/80
    shares = Differences(
        np.array([56 / 70]),
        np.array([48 / 80]),
        np.array([1.0]),
        np.array([1e6]),
        np.array([70.0]),
        np.array([80.0]),
    )
    low, high = interval(shares, critical=np.array([NORMAL]))
    assert (low[0], high[0]) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_p_is_five_percent_where_the_interval_ends_at_zero() -> None:
    found = of_weeks(np.random.default_rng(24), subjects=6, spread=0.01, worse=0.02)
    p = p_values(found)
    low, high = interval(found, critical=stats.t.ppf(1 - p / 2, found.free))
    assert np.minimum(np.abs(low), np.abs(high)) == pytest.approx(0, abs=1e-9)


def test_holm_is_statsmodels_holm() -> None:
    p = np.random.default_rng(25).random(12) ** 3
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])


def test_with_one_observation_a_cluster_it_is_welchs_test() -> None:
    rng = np.random.default_rng(26)
    a, b = rng.normal(0, 1, 40), rng.normal(0.3, 2, 300)
    place = np.repeat([[True, False], [False, True]], [40, 300], axis=1)
    values = np.concatenate([a, b])
    found = clustered(Clusters(np.where(place, values, 0.0), place.astype(float)))
    expected = stats.ttest_ind(a, b, equal_var=False)
    assert found.difference[0] / found.error[0] == pytest.approx(expected.statistic)
    assert p_values(found)[0] == pytest.approx(expected.pvalue, rel=1e-6)


def test_what_moves_all_subjects_together_is_no_difference() -> None:
    rng = np.random.default_rng(27)
    calm = of_weeks(rng, subjects=5, spread=0.0)
    stormy = of_weeks(rng, subjects=5, spread=0.0, common=0.03)
    assert np.median(stormy.error) < 2 * np.median(calm.error)


def test_a_hundred_thousand_contacts_in_unsteady_weeks_are_worth_fewer() -> None:
    counts = np.full((4, 26), 4000.0)
    level = np.clip(np.random.default_rng(28).normal(0.8, 0.05, (4, 26)), 0, 1)
    found = of_shares(Clusters((counts * level).round(), counts))
    assert found.effective is not None
    # the weeks' variance .05^2 / 26 against .16 / 104,000: worth about 1,660
    assert found.effective == pytest.approx(1664, rel=0.5)


def test_one_agent_tells_no_variance() -> None:
    sums, counts = np.array([[9.0, 0, 0, 0], [0, 8, 9, 9]]), np.array([[10.0, 0, 0, 0], [0, 10, 10, 10]])
    found = of_means(Clusters(sums, counts))
    assert np.isnan(p_values(found)).all()
    assert np.isnan(detectable(found)).all()
