"""How sure a share or a mean is: 95 % intervals that stay honest with few observations."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import sparse, stats

CONFIDENCE = 0.95
REPLICATIONS = 600
CHUNK = 2000  # subjects whose replications are held at once


class Interval(NamedTuple):
    """Lower and upper ends, NaN where there is nothing to say; shape of what was asked."""

    low: np.ndarray
    high: np.ndarray


def wilson(successes: Any, n: Any) -> Interval:
    """Wilson's 95 % score interval of a share (Wilson 1927), kept inside 0..1; NaN where n is 0.

    >>> low, high = wilson(9, 10)
    >>> print(f"{low:.3f} to {high:.3f}")
    0.596 to 0.982
    """
    z = float(stats.norm.ppf(0.5 + CONFIDENCE / 2))
    counts = np.where(np.asarray(n, float) > 0, np.asarray(n, float), np.nan)
    share = np.asarray(successes, float) / counts
    centre = (share + z * z / (2 * counts)) / (1 + z * z / counts)
    half = z * np.sqrt(share * (1 - share) / counts + z * z / (4 * counts**2)) / (1 + z * z / counts)
    return Interval(np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0))


def clustered(
    sums: np.ndarray, *, counts: np.ndarray, subject: np.ndarray, cluster: np.ndarray, seed: int
) -> Interval:
    """95 % bootstrap intervals of many means whose observations come in clusters, such as agents.

    Row i says that cluster `cluster[i]` adds `counts[i]` observations summing to `sums[i]` to the mean
    of `subject[i]`; subjects and clusters are numbered from 0 and the ends have one entry a subject.
    Whole clusters are drawn again (Poisson weights, Chamandy et al. 2012, the same for all subjects);
    the percentiles are widened for few clusters (Hesterberg 2015). NaN below two clusters.
    """
    shape = (int(subject.max(initial=-1)) + 1, int(cluster.max(initial=-1)) + 1)
    total, size = (sparse.csr_array((part, (subject, cluster)), shape=shape) for part in (sums, counts))
    clusters = np.diff(sparse.csr_array((np.ones(len(sums)), (subject, cluster)), shape=shape).indptr)
    weights = np.random.default_rng(seed).poisson(1.0, (shape[1], REPLICATIONS)).astype(float)
    parts = [
        _percentiles(total[rows] @ weights, size[rows] @ weights, clusters=clusters[rows])
        for rows in (slice(first, first + CHUNK) for first in range(0, shape[0], CHUNK))
    ]
    if not parts:
        return Interval(np.empty(0), np.empty(0))
    return Interval(*(np.concatenate(ends) for ends in zip(*parts, strict=True)))


def _percentiles(total: np.ndarray, size: np.ndarray, *, clusters: np.ndarray) -> Interval:
    """Ends of the replications' means (subjects x replications); draws without any cluster are left out."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ordered = np.sort(np.where(size > 0, total / size, np.nan), axis=1)  # NaN last
    known = (size > 0).sum(axis=1)
    few = np.maximum(clusters, 2)
    tail = stats.norm.cdf(-np.sqrt(few / (few - 1)) * stats.t.ppf(0.5 + CONFIDENCE / 2, few - 1))
    rows = np.arange(len(total))
    low = ordered[rows, np.floor(tail * (known - 1)).astype(int)]
    high = ordered[rows, np.ceil((1 - tail) * (known - 1)).astype(int)]
    unknown = clusters < 2
    return Interval(np.where(unknown, np.nan, low), np.where(unknown, np.nan, high))
