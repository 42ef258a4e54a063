"""Do raters agree? Raw agreement, Krippendorff's alpha and Gwet's AC1 and AC2, with ratings missing.

Every measure takes `counts` (contact x category: how many raters put the contact there) and `by`
(replication x contact: what each contact weighs there) and gives one value a replication, NaN where it
is not defined. So the figure itself and its bootstrap are the same call.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

Level = Literal["nominal", "ordinal", "interval"]
MISSING = -1  # code of a rating that was not given; a rating "does not apply" is a category


def counted(codes: np.ndarray, *, categories: int) -> np.ndarray:
    """Contact x category counts of a contact x rater matrix of category codes, MISSING where not rated.

    >>> counted(np.array([[0, 0, 1], [1, 1, MISSING]]), categories=2).tolist()
    [[2.0, 1.0], [0.0, 2.0]]
    """
    return np.stack([(codes == code).sum(axis=1) for code in range(categories)], axis=1).astype(float)


def once(contacts: int) -> np.ndarray:
    """`by` of the figure itself: each contact weighs 1."""
    return np.ones((1, contacts))


def raw_agreement(counts: np.ndarray, *, weights: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Share of pairs of raters who agree, averaged over contacts; part agreement counts by `weights`.

    Gwet (2014, section 2.5): mean over contacts with two ratings at least of
    sum_k r_k (sum_l w_kl r_l - 1) / (r (r - 1)).

    >>> raw_agreement(np.array([[2.0, 0], [1, 1]]), weights=np.eye(2), by=once(2))
    array([0.5])
    """
    counts, by = _paired(counts, by)
    ratings = counts.sum(axis=1)
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    return _quotient(by @ (agreeing / (ratings * (ratings - 1))), by.sum(axis=1))


def _paired(counts: np.ndarray, by: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The contacts with two ratings at least: others say nothing on who agrees."""
    paired = counts.sum(axis=1) >= 2
    return counts[paired], by[:, paired]


def gwet(counts: np.ndarray, *, weights: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Gwet's AC1 (identity weights) or AC2 (others): agreement beyond chance where few contacts are hard.

    Gwet (2008; 2014, eqs. 2.10 and 3.9): (p_a - p_e) / (1 - p_e) with p_e = sum_kl w_kl / (q (q - 1))
    x sum_k pi_k (1 - pi_k), pi_k the mean over rated contacts of the share of ratings in category k.
    One for ratings that are all the same.

    >>> both_met, both_failed, split = [2.0, 0], [0, 2], [1, 1]
    >>> counts = np.array(90 * [both_met] + [both_failed] + 9 * [split])
    >>> print(gwet(counts, weights=np.eye(2), by=once(100)).round(2))
    [0.9]
    """
    rated = counts.sum(axis=1) > 0
    counts, by, categories = counts[rated], by[:, rated], counts.shape[1]
    usual = (by @ (counts / counts.sum(axis=1, keepdims=True))) / by.sum(axis=1, keepdims=True)
    spread = weights.sum() / (categories * (categories - 1))
    chance = spread * (usual * (1 - usual)).sum(axis=1)
    return _quotient(raw_agreement(counts, weights=weights, by=by) - chance, 1 - chance)


def alpha(counts: np.ndarray, *, level: Level, values: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha (2011): 1 - observed / expected disagreement of pairs in the same contact.

    `values` are the categories' own (for `interval`). NaN where all ratings are the same: then nothing
    was there to disagree on, and alpha is not defined.
    """
    counts, by = _paired(counts, by)
    ratings = counts.sum(axis=1)
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs -= counts[:, :, None] * np.eye(counts.shape[1])
    pairs /= (ratings - 1)[:, None, None]
    observed = (by @ pairs.reshape(len(counts), -1)).reshape(len(by), *pairs.shape[1:])
    usual = by @ counts
    distance = _distance(usual, level=level, values=values)
    expected = (usual[:, :, None] * usual[:, None, :] * distance).sum(axis=(1, 2))
    total = usual.sum(axis=1)
    return 1 - _quotient((total - 1) * (observed * distance).sum(axis=(1, 2)), expected)


def _distance(usual: np.ndarray, *, level: Level, values: np.ndarray) -> np.ndarray:
    """Squared distance of categories, replication x category x category (Krippendorff 2011, section D).

    Ordinal: sum of the margins from k to l less half of both ends, which is the distance of mid-ranks.
    """
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(usual.shape[1]), (len(usual), *[usual.shape[1]] * 2))
    place = np.cumsum(usual, axis=1) - usual / 2 if level == "ordinal" else np.tile(values, (len(usual), 1))
    return (place[:, :, None] - place[:, None, :]) ** 2


def alpha_of_scores(scores: np.ndarray, *, by: np.ndarray) -> np.ndarray:
    """Krippendorff's interval alpha of a contact x rater matrix of scores, NaN where not rated.

    The same as `alpha` with `interval` and each score a category of its own, by sums of squares.
    """
    scores, by = _paired_scores(scores, by)
    rated = ~np.isnan(scores)
    ratings, given = rated.sum(axis=1), np.where(rated, scores, 0.0)
    mean = given.sum(axis=1) / ratings
    within = np.where(rated, (scores - mean[:, None]) ** 2, 0.0).sum(axis=1)
    observed = by @ (ratings / (ratings - 1) * within)
    total = by @ ratings
    middle = (by @ given.sum(axis=1)) / total
    apart = by @ within + by @ (ratings * mean**2) - total * middle**2
    return 1 - _quotient((total - 1) * observed, total * apart)


def near_agreement(scores: np.ndarray, *, within: float, by: np.ndarray) -> np.ndarray:
    """Share of pairs of raters whose scores lie no more than `within` apart, averaged over contacts.

    Takes a contact x rater matrix, NaN where not rated.
    """
    scores, by = _paired_scores(scores, by)
    ordered = np.sort(scores, axis=1)  # NaN last
    near, pairs = np.zeros(len(scores)), np.zeros(len(scores))
    for step in range(1, scores.shape[1]):
        apart = ordered[:, step:] - ordered[:, :-step]
        pairs += (~np.isnan(apart)).sum(axis=1)
        near += (apart <= within + 1e-12).sum(axis=1)
    return _quotient(by @ (near / pairs), by.sum(axis=1))


def _paired_scores(scores: np.ndarray, by: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    paired = (~np.isnan(scores)).sum(axis=1) >= 2
    return scores[paired], by[:, paired]


def _quotient(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    """above / below, NaN where there is nothing below (rounding aside)."""
    something = np.abs(below) > 1e-12
    return np.where(something, above / np.where(something, below, 1.0), np.nan)
