"""AGREEMENT: how far the raters of each site, and all of them, agree on each item and score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from planner.domain.quality_tables import AGREEMENT, ERROR_CLASSES
from planner.scorecards.agreement import (
    MISSING,
    Level,
    alpha,
    alpha_of_scores,
    counted,
    gwet,
    near_agreement,
    raw_agreement,
)
from planner.scorecards.agreement_weights import identity, quadratic
from planner.scorecards.calibration import calibrations, matrix, shared
from planner.scorecards.replications import Measure, drawn_again, with_interval
from planner.scorecards.rollups import ALL
from planner.scorecards.two_way import icc, sessions

NEAR = 0.05  # scores no further apart agree: five points of 100
FINAL, RAW, CRITICAL = "final score", "raw score", "critical error"
SAME = "share of pairs of raters who {}, averaged over contacts; interval by bootstrap over contacts"
DEFINITIONS = {
    "agreement": SAME.format("chose the same, 'does not apply' included"),
    "alpha": "Krippendorff's alpha, nominal, 'does not apply' a category",
    "ac1": "Gwet's AC1, 'does not apply' a category",
    "ac2": "Gwet's AC2, quadratic weights, 'does not apply' left out",
    "alpha_scale": "Krippendorff's alpha, ordinal, 'does not apply' left out",
    "icc": "ICC(2,1), 'does not apply' left out",
    "near": SAME.format(f"are at most {NEAR * 100:g} points of 100 apart"),
    "alpha_score": "Krippendorff's alpha, interval",
    "icc_score": "ICC(2,1): share of one score's variance that is the contact's",
}


@dataclass(frozen=True)
class Scale:
    """What can be given for an item: its points, ascending, and whether it may not apply."""

    points: np.ndarray
    optional: bool

    def codes(self, points: np.ndarray, *, rated: np.ndarray) -> np.ndarray:
        """Each rating as the place of its points; "does not apply" comes last; MISSING where not rated."""
        place = np.where(np.isnan(points), len(self.points), np.searchsorted(self.points, points))
        return np.where(rated, place, MISSING)


def agreement(
    evaluations: pd.DataFrame, scores: pd.DataFrame, *, now: pd.Timestamp, seed: int
) -> pd.DataFrame:
    """AGREEMENT of EVALUATIONS and their EVALUATION_SCORES: the last year's calibration sessions.

    A site's rows rest on its own raters alone; "all" on every rater, those of bridge sessions too.
    """
    rows = _with_failed(calibrations(scores, now=now))
    parts = [
        part
        for site, mine in _scopes(rows)
        for form, of_form in shared(mine).groupby("form", sort=False)
        for part in _of_form(of_form, evaluations[evaluations["form"] == form], seed=seed, site=str(site))
    ]
    return AGREEMENT.check(pd.DataFrame(parts)) if parts else AGREEMENT.empty()


def _with_failed(rows: pd.DataFrame) -> pd.DataFrame:
    """With `failed`: 1 where a critical item failed, 0 where none did, NaN where none applied."""
    scored = rows[[f"scored_{name}" for name in ERROR_CLASSES]].sum(axis=1)
    failed = rows[[f"failed_{name}" for name in ERROR_CLASSES]].sum(axis=1)
    return rows.assign(failed=(failed > 0).astype(float).where(scored > 0))


def _scopes(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield ALL, rows
    for site, mine in rows.groupby("home"):
        yield str(site), mine


def _of_form(
    rows: pd.DataFrame, evaluations: pd.DataFrame, *, seed: int, site: str
) -> Iterator[dict[str, object]]:
    """The rows of one form and scope: both scores, the critical error, and each item."""
    form = rows["form"].iloc[0]
    ids = dict(zip(rows["evaluation_id"], range(len(rows)), strict=True))
    for name, column in ((FINAL, "final"), (RAW, "raw")):
        found = matrix(rows, column).values
        yield from _measured(found, _of_scores(found), seed=seed, subject=(form, site, name))
    found = matrix(rows, "failed").values
    binary = Scale(np.array([0.0, 1.0]), False)
    codes = binary.codes(found, rated=~np.isnan(found))
    yield from _measured(codes, _of_item(codes, binary), seed=seed, subject=(form, site, CRITICAL))
    for item, of_item in evaluations.groupby("item", sort=False):
        scale = _scale(of_item["points"])
        place = of_item["evaluation_id"].map(ids)
        mine = of_item[place.notna()]
        here = rows.iloc[place.dropna().astype(int)].assign(points=mine["points"].to_numpy(), rated=1.0)
        points, rated = matrix(here, "points").values, matrix(here, "rated").values == 1
        codes = scale.codes(points, rated=rated)
        yield from _measured(codes, _of_item(codes, scale), seed=seed, subject=(form, site, str(item)))


def _scale(points: pd.Series) -> Scale:
    """What has been given for the item in any stream; nothing and everything can always be given."""
    return Scale(np.union1d(points.dropna().unique(), [0.0, 1.0]), bool(points.isna().any()))


def _of_item(codes: np.ndarray, scale: Scale) -> Mapping[str, Measure]:
    """The measures of an item by the name of their definition."""
    steps = len(scale.points)
    named = counted(codes, categories=steps + scale.optional)
    same = identity(named.shape[1])
    level: Level = "nominal"
    found: dict[str, Measure] = {
        "agreement": lambda by: raw_agreement(named, weights=same, by=by),
        "ac1": lambda by: gwet(named, weights=same, by=by),
    }
    if steps == 2:
        places = np.arange(named.shape[1])
        return found | {"alpha": lambda by: alpha(named, level=level, values=places, by=by)}
    ranked = counted(codes, categories=steps)
    weights = quadratic(scale.points)
    points = np.where((codes == MISSING) | (codes == steps), np.nan, np.append(scale.points, 0.0)[codes])
    return found | {
        "alpha_scale": lambda by: alpha(ranked, level="ordinal", values=scale.points, by=by),
        "ac2": lambda by: gwet(ranked, weights=weights, by=by),
        "icc": partial(_icc, points),
    }


def _of_scores(scores: np.ndarray) -> Mapping[str, Measure]:
    return {
        "near": lambda by: near_agreement(scores, within=NEAR, by=by),
        "alpha_score": lambda by: alpha_of_scores(scores, by=by),
        "icc_score": partial(_icc, scores),
    }


def _icc(scores: np.ndarray, by: np.ndarray) -> np.ndarray:
    """ICC(2,1) over the contacts that two raters scored, whatever `by` says of the others."""
    paired = (~np.isnan(scores)).sum(axis=1) >= 2
    return icc(sessions(scores), by=by[:, paired]) if paired.any() else np.full(len(by), np.nan)


def _measured(
    ratings: np.ndarray, measures: Mapping[str, Measure], *, seed: int, subject: tuple[str, str, str]
) -> Iterator[dict[str, object]]:
    """One row a measure; `ratings` (contact x rater) tells how many contacts and raters there were."""
    given = ratings != MISSING if ratings.dtype.kind == "i" else ~np.isnan(ratings)
    paired = given.sum(axis=1) >= 2
    if not paired.any():
        return
    counts = {"contacts": int(paired.sum()), "raters": int(given[paired].any(axis=0).sum())}
    (form, site, item), drawn = subject, drawn_again(len(ratings), seed=seed)
    for name, measure in measures.items():
        value, low, high = with_interval(measure, drawn)
        kind = "agreement" if name == "near" else name.partition("_")[0]
        yield {
            "form": form, "site": site, "item": item, "measure": kind,
            "value": value, "low": low, "high": high, **counts, "definition": DEFINITIONS[name],
        }  # fmt: skip
