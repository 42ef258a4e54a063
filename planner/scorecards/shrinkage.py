"""Empirical Bayes: what is likely true of a subject when little was seen of it and much of its group.

Two models, each with its variances estimated from the data. Means of scores: normal within normal
within normal (an observation around its subject, a subject around its group, a group around the
whole), the best linear unbiased prediction of Robinson (1991, "That BLUP is a good thing"). Shares of
failures: beta-binomial around the group's share (Skellam 1948; Casella 1985 for the empirical Bayes).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import optimize, special

MOST_ALIKE = 1e4  # precision of a beta prior when subjects do not differ at all
LEAST_ALIKE = 1.0
FEWEST_FITTED = 20  # subjects from which a variance is fitted to the mean
TINY = 1e-12  # a variance below which nothing varies


class Spread(NamedTuple):
    """Variances of one observation of each subject, between subjects of a group, and between groups."""

    within: np.ndarray
    subjects: float
    groups: float


class Believed(NamedTuple):
    """What is believed of each subject: mean and variance; and the mean of its group."""

    mean: np.ndarray
    variance: np.ndarray
    group: np.ndarray


class Seen(NamedTuple):
    """Sums of observations: number, sum and sum of squares of each subject, and its group (0, 1, ...)."""

    n: np.ndarray
    total: np.ndarray
    squares: np.ndarray
    group: np.ndarray


def believed_means(seen: Seen) -> Believed:
    """The true mean of each subject given what was seen of all; a subject with n = 0 is as its group.

    With variances w, s, g and a group mean of variance v: B = s / (s + w / n), mean = group + B (own -
    group), variance = (1 - B) s + (1 - B)^2 v. Exact for normal observations whose variances are known.

    Scores have an upper end, so those of good subjects vary less: after a first round w follows m (1 - m)
    of the mean m believed of each, with a constant (as quasi-binomial variance, McCullagh & Nelder 1989).
    """
    even = np.full(len(seen.n), _within(seen))
    first = _believed(seen, spread_of(seen, within=even))
    return _believed(seen, spread_of(seen, within=_bounded(first.mean, seen)))


def _within(seen: Seen) -> float:
    """Variance of an observation around its subject's mean, pooled."""
    known = seen.n > 0
    inside = seen.squares[known].sum() - (seen.total[known] ** 2 / seen.n[known]).sum()
    return float(max(inside / max(seen.n.sum() - known.sum(), 1.0), 0.0))


def _bounded(mean: np.ndarray, seen: Seen) -> np.ndarray:
    """Variance of an observation of each subject: c + d m (1 - m), c and d >= 0 fitted to what was seen."""
    held = np.clip(mean, 0.02, 0.98)
    shape = np.column_stack([np.ones(len(held)), held * (1 - held)])
    several = seen.n > 1
    if several.sum() < FEWEST_FITTED:
        return np.full(len(held), _within(seen))
    n, total, squares = seen.n[several], seen.total[several], seen.squares[several]
    variance = np.maximum(squares - total**2 / n, 0) / (n - 1)
    root = np.sqrt(n - 1)
    fitted, _ = optimize.nnls(shape[several] * root[:, None], variance * root)
    return np.asarray(shape @ fitted)


def spread_of(seen: Seen, *, within: np.ndarray) -> Spread:
    """Variances between subjects and groups by moments; `within` is that of one observation of each.

    Between subjects: Paule & Mandel (1982), the variance at which the weighted squares of subjects around
    their groups are as large as expected. Between groups: DerSimonian & Laird (1986). Never below 0.
    """
    subjects = _between_subjects(seen, within)
    found = Spread(within, subjects, 0.0)
    return found._replace(groups=_between_groups(*_weighted(seen, found)))


def _between_subjects(seen: Seen, within: np.ndarray) -> float:
    known = seen.n > 0
    own = np.divide(seen.total, seen.n, out=np.zeros(len(seen.n)), where=known)
    freedom = known.sum() - len(np.unique(seen.group[known]))
    if freedom <= 0:
        return 0.0

    def surplus(variance: float) -> float:
        means, _ = _weighted(seen, Spread(within, variance, 0.0))
        weight = known / (variance + np.maximum(within, TINY) / np.maximum(seen.n, 1))
        return float((weight * (own - means[seen.group]) ** 2).sum() - freedom)

    most = float(np.var(own[known]) * 4 + TINY)
    return 0.0 if surplus(0.0) <= 0 else float(optimize.brentq(surplus, 0.0, most, xtol=TINY))


def _weighted(seen: Seen, spread: Spread) -> tuple[np.ndarray, np.ndarray]:
    """Mean of each group, weighing its subjects by how well each is known, and the mean's weight."""
    doubt = spread.subjects + np.maximum(spread.within, TINY) / np.maximum(seen.n, 1)
    weight = (seen.n > 0) / doubt
    own = np.divide(seen.total, np.maximum(seen.n, 1))
    weights = np.bincount(seen.group, weight)
    mean = np.bincount(seen.group, weight * own)
    return np.divide(mean, weights, out=np.zeros_like(mean), where=weights > 0), weights


def _between_groups(means: np.ndarray, weights: np.ndarray) -> float:
    """Variance of the groups' true means (DerSimonian & Laird 1986)."""
    means, weights = means[weights > 0], weights[weights > 0]
    if len(means) < 2:
        return 0.0
    whole = np.average(means, weights=weights)
    q = (weights * (means - whole) ** 2).sum()
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    return float(max((q - (len(means) - 1)) / scale, 0.0))


def _believed(seen: Seen, spread: Spread) -> Believed:
    mean, variance = _group_means(seen, spread)
    group, doubt = mean[seen.group], variance[seen.group]
    own = np.divide(seen.total, seen.n, out=group.copy(), where=seen.n > 0)
    noise = np.maximum(spread.within, TINY) / np.where(seen.n > 0, seen.n, np.nan)
    trust = np.nan_to_num(spread.subjects / (spread.subjects + noise))
    left = 1 - trust
    return Believed(group + trust * (own - group), left * spread.subjects + left**2 * doubt, group)


def _group_means(seen: Seen, spread: Spread) -> tuple[np.ndarray, np.ndarray]:
    """Each group's believed mean and its variance; a group of which nothing was seen is as the whole."""
    means, weights = _weighted(seen, spread)
    own = np.divide(1.0, weights, out=np.full(len(weights), np.inf), where=weights > 0)
    precision = 1 / np.maximum(spread.groups + own, TINY)
    if precision.sum() <= 0:
        return np.full(len(means), np.nan), np.full(len(means), np.nan)
    whole, doubt = np.average(means, weights=precision), 1 / precision.sum()
    trust = spread.groups * precision
    return whole + trust * (means - whole), (1 - trust) * spread.groups + (1 - trust) ** 2 * doubt


class Beta(NamedTuple):
    """Parameters of a beta distribution for each subject, and the believed share of its group."""

    a: np.ndarray
    b: np.ndarray
    group: np.ndarray


def believed_shares(failed: np.ndarray, *, n: np.ndarray, group: np.ndarray) -> Beta:
    """What is believed of each subject's share of failures, around the share of its group.

    The groups' shares are shrunken towards the whole in the same way first.
    """
    sizes, fails = np.bincount(group, n).astype(float), np.bincount(group, failed).astype(float)
    whole = (fails.sum() + 0.5) / (sizes.sum() + 1.0)
    strength = _precision(fails, sizes, share=np.full(len(sizes), whole))
    shares = (fails + whole * strength) / (sizes + strength)
    mine = shares[group]
    alike = _precision(failed.astype(float), n.astype(float), share=mine)
    return Beta(mine * alike + failed, (1 - mine) * alike + n - failed, mine)


def _precision(failed: np.ndarray, n: np.ndarray, *, share: np.ndarray) -> float:
    """a + b of the beta prior around each one's share that makes the counts likeliest."""

    def unlikely(log_precision: float) -> float:
        a, b = share * np.exp(log_precision), (1 - share) * np.exp(log_precision)
        return float(-(special.betaln(a + failed, b + n - failed) - special.betaln(a, b)).sum())

    ends = (np.log(LEAST_ALIKE), np.log(MOST_ALIKE))
    found = optimize.minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-3})
    return float(np.exp(found.x))
