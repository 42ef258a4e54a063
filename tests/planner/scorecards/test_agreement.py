"""Agreement of raters: published worked examples, a maintained library, and what must always hold."""

import krippendorff
import numpy as np
import pytest

from planner.scorecards.agreement import (
    MISSING,
    Level,
    alpha,
    alpha_of_scores,
    counted,
    gwet,
    near_agreement,
    once,
    raw_agreement,
)
from planner.scorecards.agreement_weights import identity, linear, ordinal, quadratic

GAP = np.nan
# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", section C: 12 units, 4 observers;
# the same ratings are cac.raw4raters of Gwet's irrCAC.
TWELVE_UNITS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
).T
FIVE = np.arange(1, 6.0)


def codes(ratings: np.ndarray) -> np.ndarray:
    values = np.unique(ratings[~np.isnan(ratings)])
    return np.where(np.isnan(ratings), MISSING, np.searchsorted(values, ratings))


def counts_of(ratings: np.ndarray) -> np.ndarray:
    return counted(codes(ratings), categories=len(np.unique(ratings[~np.isnan(ratings)])))


def random_ratings(rng: np.random.Generator) -> np.ndarray:
    """Contacts x raters on a scale of 2 to 6 steps, raters partly right, a quarter of the ratings missing."""
    steps, shape = rng.integers(2, 7), (rng.integers(10, 60), rng.integers(2, 6))
    true = rng.integers(0, steps, (shape[0], 1))
    given = np.where(rng.random(shape) < 0.6, true, rng.integers(0, steps, shape)).astype(float)
    given[rng.random(shape) < 0.25] = GAP
    return given


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_krippendorffs_twelve_units(level: Level, published: float) -> None:
    counts = counts_of(TWELVE_UNITS)
    found = alpha(counts, level=level, values=FIVE, by=once(12))
    assert found[0] == pytest.approx(published, abs=5e-4)


def test_ac1_of_the_same_ratings_as_irrcac_prints_it() -> None:
    # Gwet, vignette "overview" of irrCAC 1.0: gwet.ac1.raw(cac.raw4raters) 0.77544, pa.coeff.raw 0.81818
    counts = counts_of(TWELVE_UNITS)
    assert gwet(counts, weights=identity(5), by=once(12))[0] == pytest.approx(0.77544, abs=5e-6)
    assert raw_agreement(counts, weights=identity(5), by=once(12))[0] == pytest.approx(0.81818, abs=5e-6)


@pytest.mark.parametrize(
    ("weights", "irrcac"),
    [(linear(FIVE), 0.85874), (quadratic(FIVE), 0.914), (ordinal(5), 0.89894)],
)
def test_ac2_of_the_same_ratings_as_irrcac_computes_it(weights: np.ndarray, irrcac: float) -> None:
    # irrCAC 0.4.4 for Python, run by hand on 2026-11-22; it needs pandas below 3, so it is no dependency
    found = gwet(counts_of(TWELVE_UNITS), weights=weights, by=once(12))[0]
    assert found == pytest.approx(irrcac, abs=6e-6)


def test_ac1_of_two_abstractors() -> None:
    # Gwet, vignette "overview": cont3x3abstractors, gwet.ac1.table 0.8493305, pa2.table 0.89
    table = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    pairs = [(a, b) for a in range(3) for b in range(3) for _ in range(table[a, b])]
    counts = counted(np.array(pairs), categories=3)
    assert gwet(counts, weights=identity(3), by=once(100))[0] == pytest.approx(0.8493305, abs=5e-8)
    assert raw_agreement(counts, weights=identity(3), by=once(100))[0] == pytest.approx(0.89)


def test_ninety_one_percent_agree_and_alpha_says_nearly_none() -> None:
    """Why three measures stand side by side: 90 both met, 1 both failed, 9 split (domain.md, 7)."""
    counts = np.array(90 * [[2.0, 0]] + [[0, 2]] + 9 * [[1, 1]])
    by = once(100)
    assert raw_agreement(counts, weights=identity(2), by=by)[0] == pytest.approx(0.91)
    assert gwet(counts, weights=identity(2), by=by)[0] == pytest.approx(0.90, abs=0.005)
    # Scott's pi is (0.91 - 0.8955...)/(1 - 0.8955...) = 0.1342; alpha corrects it for 200 ratings
    met = 189 / 200
    chance = met**2 + (1 - met) ** 2
    pi = (0.91 - chance) / (1 - chance)
    assert pi == pytest.approx(0.13, abs=0.005)
    found = alpha(counts, level="nominal", values=np.arange(2.0), by=by)[0]
    assert found == pytest.approx(pi + (1 - pi) / 200)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_alpha_is_the_librarys_on_random_ratings_with_gaps(level: Level) -> None:
    rng = np.random.default_rng(11)
    for _ in range(25):
        ratings = random_ratings(rng)
        values = np.unique(ratings[~np.isnan(ratings)])
        found = alpha(counts_of(ratings), level=level, values=values, by=once(len(ratings)))[0]
        expected = krippendorff.alpha(reliability_data=ratings.T, level_of_measurement=level)
        assert found == pytest.approx(expected, abs=1e-10)


def test_alpha_of_scores_is_interval_alpha_with_each_score_a_category() -> None:
    rng = np.random.default_rng(12)
    scores = rng.normal(0.9, 0.05, (30, 1)) + rng.normal(0, 0.05, (30, 4))
    scores[rng.random(scores.shape) < 0.3] = GAP
    expected = krippendorff.alpha(reliability_data=scores.T, level_of_measurement="interval")
    assert alpha_of_scores(scores, by=once(30))[0] == pytest.approx(expected, abs=1e-10)


def test_weighing_a_contact_twice_is_having_it_twice() -> None:
    ratings = random_ratings(np.random.default_rng(13))
    twice = np.vstack([ratings, ratings[:5]])
    by = once(len(ratings))
    by[0, :5] = 2
    values = np.unique(ratings[~np.isnan(ratings)])
    for weighted, repeated in (
        (
            alpha(counts_of(ratings), level="ordinal", values=values, by=by),
            alpha(counts_of(twice), level="ordinal", values=values, by=once(len(twice))),
        ),
        (
            gwet(counts_of(ratings), weights=quadratic(values), by=by),
            gwet(counts_of(twice), weights=quadratic(values), by=once(len(twice))),
        ),
        (alpha_of_scores(ratings, by=by), alpha_of_scores(twice, by=once(len(twice)))),
    ):
        assert weighted[0] == pytest.approx(repeated[0])


def test_renaming_raters_and_shuffling_contacts_changes_nothing() -> None:
    rng = np.random.default_rng(14)
    ratings = random_ratings(rng)
    moved = ratings[rng.permutation(len(ratings))][:, rng.permutation(ratings.shape[1])]
    size = identity(counts_of(ratings).shape[1])
    by = once(len(ratings))
    assert gwet(counts_of(ratings), weights=size, by=by)[0] == pytest.approx(
        gwet(counts_of(moved), weights=size, by=by)[0]
    )


def test_all_the_same_is_full_agreement_on_which_alpha_says_nothing() -> None:
    counts = np.array([[3.0, 0]] * 20)
    assert gwet(counts, weights=identity(2), by=once(20))[0] == 1
    assert np.isnan(alpha(counts, level="nominal", values=np.arange(2.0), by=once(20))[0])


def test_raters_who_guess_agree_no_more_than_chance() -> None:
    guesses = np.random.default_rng(15).integers(0, 2, (4000, 2)).astype(float)
    counts = counts_of(guesses)
    assert abs(alpha(counts, level="nominal", values=np.arange(2.0), by=once(4000))[0]) < 0.05
    assert abs(gwet(counts, weights=identity(2), by=once(4000))[0]) < 0.05


def test_scores_agree_when_they_lie_close() -> None:
    scores = np.array([[0.90, 0.95, 0.80], [0.70, 0.70, GAP], [0.50, GAP, GAP]])
    # of the first contact one pair in three is within 5 points, of the second the only one
    assert near_agreement(scores, within=0.05, by=once(3))[0] == pytest.approx((1 / 3 + 1) / 2)
