"""Does one subject differ from all others together? Differences of means and shares in clusters.

Evaluations of one agent, and contacts of one week, resemble each other; taken as independent, every
difference of a hundred thousand contacts would be "different". So variances are those of clusters
(agents or weeks), and they are never smaller than those of independent observations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

CONFIDENCE = 0.95
POWER = 0.8
WIDEST = 60.0  # critical values beyond this are a p of 0
HALVINGS = 40
FEWEST = 2.0  # clusters of equal size; fewer tell no variance


@dataclass(frozen=True)
class Clusters:
    """Sums and counts of observations, subject x cluster; of a share the sums are successes."""

    sums: np.ndarray
    counts: np.ndarray

    @property
    def others(self) -> Clusters:
        """For each subject all other subjects together."""
        return Clusters(self.sums.sum(axis=0) - self.sums, self.counts.sum(axis=0) - self.counts)

    @property
    def n(self) -> np.ndarray:
        """Observations of each subject."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def mean(self) -> np.ndarray:
        """Mean of each subject, clusters weighted by their observations; NaN without any."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(self.sums.sum(axis=1) / self.n)

    @property
    def many(self) -> np.ndarray:
        """How many clusters of equal size tell as much of each subject's variance as its own clusters do."""
        return _worth(self.counts)


@dataclass(frozen=True)
class Differences:
    """Subject minus others: estimate, standard error, degrees of freedom; and both sides of it.

    `effective` and `effective_others` are observations of shares as many as if independent; None for
    means, which need no range.
    """

    mean: np.ndarray
    others: np.ndarray
    error: np.ndarray
    free: np.ndarray
    effective: np.ndarray | None = None
    effective_others: np.ndarray | None = None

    @property
    def difference(self) -> np.ndarray:
        """Subject minus others."""
        return self.mean - self.others


def of_means(given: Clusters) -> Differences:
    """Differences of means of subjects that share few clusters, such as sites whose clusters are agents.

    As `clustered`, but no subject is taken for steadier than all subjects are on average: a small team
    without one failed evaluation is lucky, not sure.
    """
    found = clustered(given)
    rest = given.sums - given.mean[:, None] * given.counts
    free = _spare(given)
    spread = np.nansum(rest**2) / given.counts.sum() * (free + len(given.sums)) / max(free, 1.0)
    return _at_least(found, spread * (1 / given.n + 1 / given.others.n), free=free)


def of_shares(given: Clusters) -> Differences:
    """Differences of shares: the observations divided by the design effect, at least 1.

    Design effect = variance by clusters / variance of independent observations of the difference (Kish
    1965; Rao & Scott 1992), by the subject's own clusters or those of all subjects, whichever is larger.
    """
    usual = given.sums.sum() / given.counts.sum()
    independent = usual * (1 - usual) * (1 / given.n + 1 / given.others.n)
    found = _at_least(clustered(given), _of_all(given, usual * (1 - usual)), free=_spare(given))
    with np.errstate(invalid="ignore", divide="ignore"):
        effect = np.where(independent > 0, found.error**2 / independent, 1.0)
    effect = np.where(np.isnan(found.error), np.nan, effect)
    return replace(found, effective=given.n / effect, effective_others=given.others.n / effect)


def _spare(given: Clusters) -> float:
    """Degrees of freedom of a variance that all clusters of all subjects tell together."""
    return float((given.counts > 0).sum() - len(given.counts))


def _at_least(found: Differences, least: np.ndarray, *, free: float) -> Differences:
    """The differences with variances of `least` at least, and their degrees of freedom where those count."""
    own = found.error**2
    error = np.sqrt(np.maximum(own, least))
    return replace(found, error=error, free=np.where(own >= least, found.free, free))


def _of_all(given: Clusters, variance: float) -> np.ndarray:
    """Variance of each difference of shares by what the clusters of all subjects have in common.

    An observation's variance times (1 + rho (n - 1)) in a cluster of n; rho from all subjects' clusters
    together, at least 0.
    """
    if variance <= 0:
        return np.zeros(len(given.counts))
    others = given.others
    shares, rest = given.counts / given.n[:, None], others.counts / others.n[:, None]
    alone = variance * (shares / given.n[:, None] + rest / others.n[:, None])
    together = variance * (shares**2 + rest**2)
    seen = ((_parts(given) - _parts(others)) ** 2)[given.counts > 0]
    single = alone[given.counts > 0]
    rho = np.nansum(seen / single - 1) / (together[given.counts > 0] / single).sum()
    return np.asarray((alone + max(rho, 0.0) * (together - alone)).sum(axis=1))


def clustered(given: Clusters) -> Differences:
    """Differences of means with cluster-robust errors (linearised ratio means; Cochran 1977, 6.3).

    Clusters may be on both sides, as weeks always are: then the difference is taken within them.
    Degrees of freedom by Welch and Satterthwaite, at most the clusters less one; clusters of unequal size
    count as fewer (Satterthwaite 1946), else a few large ones would make too sure.
    """
    own, rest = _parts(given), _parts(given.others)
    error = np.sqrt(((own - rest) ** 2).sum(axis=1))
    spread, other = (own**2).sum(axis=1), (rest**2).sum(axis=1)
    many, many_others = given.many, given.others.many
    with np.errstate(invalid="ignore", divide="ignore"):
        free = (spread + other) ** 2 / (spread**2 / (many - 1) + other**2 / (many_others - 1))
    clusters = _worth(given.counts.sum(axis=0))
    few = ~(np.minimum(many, many_others) >= FEWEST)
    free = np.where(few, np.nan, np.minimum(free, clusters - 1))
    return Differences(given.mean, given.others.mean, np.where(few, np.nan, error), free)


def _worth(counts: np.ndarray) -> np.ndarray:
    """(sum of n^2)^2 / sum of n^4 of the clusters along the last axis."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((counts**2).sum(axis=-1) ** 2 / (counts**4).sum(axis=-1))


def _parts(given: Clusters) -> np.ndarray:
    """What each cluster adds to the error of its subject's mean, subject x cluster: the jackknife's.

    How the mean moves without the cluster, as large clusters pull their own residual down.
    """
    clusters = (given.counts > 0).sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        rest = (given.sums - given.mean[:, None] * given.counts) / (given.n[:, None] - given.counts)
        return np.asarray(rest * np.sqrt((clusters - 1) / clusters))


def interval(found: Differences, *, critical: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the differences' intervals at critical values of their own.

    Means: estimate -+ critical x error. Shares: from both Wilson intervals (Newcombe 1998, method 10).
    """
    if found.effective is None or found.effective_others is None:
        half = critical * found.error
        return found.difference - half, found.difference + half
    low, high = _wilson(found.mean, found.effective, critical)
    other_low, other_high = _wilson(found.others, found.effective_others, critical)
    below = np.hypot(found.mean - low, other_high - found.others)
    above = np.hypot(high - found.mean, found.others - other_low)
    return found.difference - below, found.difference + above


def _wilson(share: np.ndarray, n: np.ndarray, critical: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    z2 = critical**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = critical * np.sqrt(share * (1 - share) / n + z2 / (4 * n**2)) / (1 + z2 / n)
    return centre - half, centre + half


def p_values(found: Differences) -> np.ndarray:
    """Two-sided p of "no difference": from the widest interval that leaves zero out, by bisection."""
    low, high = np.zeros(len(found.mean)), np.full(len(found.mean), WIDEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        ends = interval(found, critical=middle)
        outside = (ends[0] > 0) | (ends[1] < 0)
        low, high = np.where(outside, middle, low), np.where(outside, high, middle)
    p = 2 * stats.t.sf(low, found.free)
    return np.where(np.isnan(found.error), np.nan, np.where(found.difference == 0, 1.0, p))


def holm(p: np.ndarray) -> np.ndarray:
    """Holm's (1979) adjusted p; NaN is no comparison.

    >>> holm(np.array([0.01, 0.04, 0.03, np.nan])).round(2).tolist()
    [0.03, 0.06, 0.06, nan]
    """
    order = np.argsort(p)  # NaN last
    many = int((~np.isnan(p)).sum())
    times = np.where(np.arange(len(p)) < many, many - np.arange(len(p)), 1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.fmax.accumulate(p[order] * times), 1.0)
    return np.where(np.isnan(p), np.nan, adjusted)


def simultaneous(found: Differences, *, adjusted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """95 % intervals that hold for all comparisons together (Bonferroni).

    One whose Holm-adjusted p is below 0.05 ends at zero at the latest (Strassburger & Bretz 2008), so
    that interval and p never contradict each other.
    """
    low, high = interval(found, critical=critical_value(found))
    sure = adjusted < 1 - CONFIDENCE
    low = np.where(sure & (found.difference > 0), np.maximum(low, 0.0), low)
    return low, np.where(sure & (found.difference < 0), np.minimum(high, 0.0), high)


def critical_value(found: Differences) -> np.ndarray:
    """Student's t for each comparison, shared out over all of them."""
    many = max(int((~np.isnan(found.error)).sum()), 1)
    return np.asarray(stats.t.ppf(1 - (1 - CONFIDENCE) / (2 * many), found.free))


def detectable(found: Differences) -> np.ndarray:
    """The true difference that would be found with 80 % chance."""
    return np.asarray((critical_value(found) + stats.norm.ppf(POWER)) * found.error)
