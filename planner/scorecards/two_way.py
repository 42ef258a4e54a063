"""A score is what the contact deserves plus how lenient the rater is: least squares, and what is left.

score = contact + leniency of the rater + rest, over contacts that several raters scored. Leniency is
known only between raters who are linked by common contacts; within such a group it sums to zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components


@dataclass(frozen=True)
class Sessions:
    """Contact x rater scores of calibration sessions, NaN where not rated; two ratings a contact at least.

    `group` says for each rater which others it is linked with through common contacts.
    """

    scores: np.ndarray
    group: np.ndarray

    @property
    def rated(self) -> np.ndarray:
        """Whether the rater scored the contact."""
        return ~np.isnan(self.scores)

    @property
    def ratings(self) -> np.ndarray:
        """How many raters scored each contact."""
        return self.rated.sum(axis=1)

    @property
    def centred(self) -> np.ndarray:
        """Scores less the contact's mean; 0 where not rated."""
        mean = np.nansum(self.scores, axis=1) / self.ratings
        return np.where(self.rated, self.scores - mean[:, None], 0.0)


def sessions(scores: np.ndarray) -> Sessions:
    """The sessions of a contact x rater matrix; contacts that one rater scored alone are left out.

    >>> print(sessions(np.array([[0.9, 0.8, np.nan], [np.nan, np.nan, 0.7]])).group)
    [0 0 1]
    """
    kept = scores[(~np.isnan(scores)).sum(axis=1) >= 2]
    rated = sparse.csr_array((~np.isnan(kept)).astype(float))
    return Sessions(kept, connected_components(rated.T @ rated, directed=False)[1])


def leniency(given: Sessions, *, by: np.ndarray) -> np.ndarray:
    """Leniency of each rater, replication x rater, in units of the score; contacts weigh `by`.

    Weighted least squares with the contacts' effects taken out: (D - sum_c w_c a_c a_c' / m_c) r = b.
    It sums to zero in each group; NaN for a rater linked with nobody.
    """
    raters = given.scores.shape[1]
    together = (by @ _pairs(given)).reshape(len(by), raters, raters)
    normal = (by @ given.rated)[:, :, None] * np.eye(raters) - together
    same = (given.group[:, None] == given.group[None, :]) / _members(given)[:, None]
    right = by @ given.centred
    found = np.linalg.solve(normal + same, right[:, :, None])[:, :, 0]
    return np.where(_members(given) > 1, found, np.nan)


def _pairs(given: Sessions) -> sparse.csr_array:
    """1 / (ratings of the contact) for each contact and ordered pair of its raters (one column a pair)."""
    raters = given.scores.shape[1]
    contact, rater = np.nonzero(given.rated)
    ratings = given.ratings[contact]
    first = np.repeat(np.arange(len(contact)), ratings)
    begin = np.searchsorted(contact, contact)[first]
    second = begin + np.arange(len(first)) - np.searchsorted(first, first)
    place = rater[first] * raters + rater[second]
    shape = (len(given.scores), raters * raters)
    return sparse.csr_array((1 / given.ratings[contact[first]], (contact[first], place)), shape=shape)


def _members(given: Sessions) -> np.ndarray:
    """How many raters are in each rater's group."""
    return np.bincount(given.group)[given.group]


def icc(given: Sessions, *, by: np.ndarray) -> np.ndarray:
    """ICC(2,1): share of a single score's variance that is the contact's; raters are a random sample.

    Shrout & Fleiss (1979), case 2, from variance components by fitting constants (Henderson 1953,
    method 3; Searle, Casella & McCulloch 1992, section 5.5), which needs no balance: mean squares within
    contacts = V(rater) + V(rest), within raters = V(contact) + V(rest), of the two-way fit = V(rest).
    With every rater on every contact it is their formula exactly. NaN without degrees of freedom.
    """
    weighted, total = by @ given.ratings, by.sum(axis=1)
    raters = (given.rated.any(axis=0)).sum()
    within_contacts = by @ (given.centred**2).sum(axis=1)
    effect = np.nan_to_num(leniency(given, by=by))
    rest = within_contacts - (effect * (by @ given.centred)).sum(axis=1)
    free = weighted - total - raters + len(np.unique(given.group[given.rated.any(axis=0)]))
    contacts_and_rest = _mean_square(_within_raters(given, by), weighted - raters)
    raters_and_rest = _mean_square(within_contacts, weighted - total)
    contacts = contacts_and_rest - _mean_square(rest, free)
    variance = contacts + raters_and_rest
    return np.where(variance > 1e-15, contacts / np.where(variance > 1e-15, variance, 1.0), np.nan)


def _within_raters(given: Sessions, by: np.ndarray) -> np.ndarray:
    """Sum of squares of the scores about each rater's own mean."""
    score = np.where(given.rated, given.scores, 0.0)
    number, sums = by @ given.rated, by @ score
    mean = sums / np.maximum(number, 1e-12)
    return by @ (score**2).sum(axis=1) - (sums * mean).sum(axis=1)


def _mean_square(squares: np.ndarray, free: np.ndarray) -> np.ndarray:
    return np.where(free > 1e-9, squares / np.maximum(free, 1e-9), np.nan)
