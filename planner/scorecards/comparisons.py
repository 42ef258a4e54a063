"""COMPARISONS: which site, language or channel differs from all others together, and by how much.

A family is one measure and one dimension; its comparisons share 5 % of error between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from planner.domain.quality import Compared
from planner.domain.quality_tables import CLASSES, COMPARISONS
from planner.scorecards.differences import (
    Clusters,
    Differences,
    detectable,
    holm,
    of_means,
    of_shares,
    p_values,
    simultaneous,
)
from planner.scorecards.rollups import ALL

DIMENSIONS = ("site", "language", "channel")
WEEKS = 26  # that are compared
FEWEST = 20  # observations of a subject below which no figure is told
LEAST_WEEKS = 4
SERVICE = "service_level"
SHARES = ("fcr_repeat_7d", "fcr_no_escalation", SERVICE)
AGENTS = "random stream of the last {weeks} weeks; errors clustered by agent"
BY_WEEK = "last {weeks} weeks; errors clustered by week"
TEST = "against all others together; intervals hold for all comparisons of the family, p by Holm"


@dataclass(frozen=True)
class Observed:
    """Observations of one measure: what was added up (`sum` of `count`) by dimension and `cluster`."""

    measure: str
    definition: str
    rows: pd.DataFrame
    test: Callable[[Clusters], Differences]


def comparisons(
    scores: pd.DataFrame, card: pd.DataFrame, *, now: pd.Timestamp, matters: Mapping[Compared, float]
) -> pd.DataFrame:
    """COMPARISONS of EVALUATION_SCORES and of the SCORECARD's weeks, each possibly empty.

    `matters` is the smallest difference that matters, by measure: a subject surely closer to the others
    is "alike".
    """
    margins = {str(name): margin for name, margin in matters.items()}
    parts = [
        _family(observed, dimension, margin=margins.get(observed.measure.partition(":")[0]))
        for observed in [*_of_quality(scores, now=now), *_of_shares(card, now=now)]
        for dimension in DIMENSIONS
        if observed.rows[dimension].nunique() > 1
    ]
    return COMPARISONS.check(pd.concat(parts, ignore_index=True)) if parts else COMPARISONS.empty()


def _of_quality(scores: pd.DataFrame, *, now: pd.Timestamp) -> Iterator[Observed]:
    """The final score and critical accuracy by class, agents as clusters."""
    recent = scores["evaluated_at"].between(now - pd.Timedelta(weeks=WEEKS), now)
    rows = scores[recent & (scores["stream"] == "random") & scores["raw"].notna()]
    rows = rows.assign(cluster=rows["agent_id"], count=1.0, sum=rows["final"])
    words = AGENTS.format(weeks=WEEKS)
    if len(rows):
        yield Observed("quality_score", f"mean final score; {words}; {TEST}", rows, of_means)
    for kind in CLASSES:
        scored = rows[rows[f"scored_{kind}"] > 0]
        scored = scored.assign(sum=(scored[f"failed_{kind}"] == 0).astype(float))
        if len(scored):
            meaning = f"evaluations without a {kind}-critical error / scored for one"
            yield Observed(f"critical_{kind}", f"{meaning}; {words}; {TEST}", scored, of_shares)


def _of_shares(card: pd.DataFrame, *, now: pd.Timestamp) -> Iterator[Observed]:
    """First-contact resolution and service level by queue and full week, weeks as clusters.

    Service level that is defined in several ways is as many measures.
    """
    leaves = (card[list(DIMENSIONS)] != ALL).all(axis=1) & card["measure"].isin(SHARES)
    rows = card[leaves & (card["period"] == "week")].dropna(subset=["value", "n"])
    last = pd.Timestamp(now.date()) - pd.Timedelta(days=6)
    rows = rows[rows["period_start"].between(last - pd.Timedelta(weeks=WEEKS), last)]
    rows = rows.assign(cluster=rows["period_start"], count=rows["n"], sum=(rows["value"] * rows["n"]).round())
    for (measure, meaning), mine in rows.groupby(["measure", "definition"], sort=False):
        weeks = int(mine["cluster"].nunique())
        if weeks >= LEAST_WEEKS:
            name = f"{measure}: {meaning}" if measure == SERVICE else str(measure)
            words = BY_WEEK.format(weeks=weeks)
            yield Observed(name, f"{meaning}; {words}; {TEST}", mine, of_shares)


def _family(observed: Observed, dimension: str, *, margin: float | None) -> pd.DataFrame:
    """COMPARISONS rows of one measure and dimension."""
    given, subjects = _clusters(observed.rows, dimension)
    n = given.n
    enough = n >= FEWEST
    found = observed.test(Clusters(given.sums[enough], given.counts[enough]))
    adjusted = holm(p_values(found))
    low, high = simultaneous(found, adjusted=adjusted)
    told = {
        "value": found.mean,
        "others": found.others,
        "difference": found.difference,
        "low": low,
        "high": high,
        "p": adjusted,
        "detectable": detectable(found),
        "verdict": _verdicts(found, adjusted, ends=(low, high), margin=margin),
    }
    told = {name: pd.Series(values, subjects[enough]) for name, values in told.items()}
    rows = pd.DataFrame({"n": pd.Series(n, subjects), **told}).rename_axis("subject").reset_index()
    return rows.assign(
        measure=observed.measure,
        dimension=dimension,
        verdict=rows["verdict"].fillna("too few"),
        matters=np.nan if margin is None else margin,
        definition=observed.definition,
    )


def _clusters(rows: pd.DataFrame, dimension: str) -> tuple[Clusters, pd.Index]:
    """Sums and counts of the rows by subject and cluster, subjects in order of name."""
    subject, subjects = pd.factorize(rows[dimension], sort=True)
    cluster, clusters = pd.factorize(rows["cluster"])
    shape = (len(subjects), len(clusters))
    sums, counts = (
        sparse.csr_array((rows[name].to_numpy(float), (subject, cluster)), shape=shape).toarray()
        for name in ("sum", "count")
    )
    return Clusters(sums, counts), pd.Index(subjects)


def _verdicts(
    found: Differences,
    adjusted: np.ndarray,
    *,
    ends: tuple[np.ndarray, np.ndarray],
    margin: float | None,
) -> np.ndarray:
    """Alike where surely less than the margin apart, else higher or lower where p tells, else unknown."""
    low, high = ends
    surely = adjusted < 0.05
    verdict = np.where(surely, np.where(found.difference > 0, "higher", "lower"), "cannot tell")
    close = np.zeros(len(low), bool) if margin is None else (low > -margin) & (high < margin)
    verdict = np.where(close, "alike", verdict)
    return np.where(np.isnan(found.error), "too few", verdict)
