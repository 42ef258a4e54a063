"""LENIENCY: how much more each rater gives than the others for the same contacts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.domain.quality_tables import LENIENCY
from planner.scorecards.calibration import active_raters, calibrations, homes, matrix, shared
from planner.scorecards.replications import drawn_again, ends
from planner.scorecards.two_way import Sessions, sessions
from planner.scorecards.two_way import leniency as fitted


@dataclass(frozen=True)
class Lenient:
    """Leniency by rater: the estimate, its replications (replication x rater) and the sessions behind it.

    Points as a share of all; NaN for a rater linked with nobody.
    """

    raters: pd.Index
    value: np.ndarray
    drawn: np.ndarray
    given: Sessions

    @property
    def group(self) -> pd.Series:
        """By rater: the number of the group it is linked with; raters linked with nobody are not there."""
        linked = pd.Series(self.given.group, self.raters)
        return linked[~np.isnan(self.value)]


def lenient(calibrated: pd.DataFrame, *, seed: int) -> Lenient | None:
    """Leniency of the raters of calibration rows by raw score; None without sessions of two raters."""
    rows = shared(calibrated.dropna(subset="raw"))
    if rows.empty:
        return None
    found = matrix(rows, "raw")
    given = sessions(found.values)
    drawn = fitted(given, by=drawn_again(len(given.scores), seed=seed))
    return Lenient(found.raters, fitted(given, by=np.ones((1, len(given.scores))))[0], drawn, given)


def leniency(scores: pd.DataFrame, *, now: pd.Timestamp, seed: int) -> pd.DataFrame:
    """LENIENCY of EVALUATION_SCORES: who scored in the last half year or was calibrated in the last year.

    A rater without a session stands there without a figure.
    """
    calibrated = calibrations(scores, now=now)
    found = lenient(calibrated, seed=seed)
    known = pd.DataFrame() if found is None else _figures(found)
    raters = active_raters(scores, now=now).union(pd.Index(calibrated["rater_id"].unique()))
    columns = ["leniency", "low", "high", "contacts", "linked"]
    result = known.reindex(index=raters, columns=columns)
    result = result.assign(
        site=homes(scores).reindex(raters),
        last=calibrated.groupby("rater_id")["evaluated_at"].max().reindex(raters),
        contacts=result["contacts"].fillna(0).astype(int),
    )
    return LENIENCY.check(result.rename_axis("rater_id").reset_index()) if len(raters) else LENIENCY.empty()


def _figures(found: Lenient) -> pd.DataFrame:
    """By rater: leniency, low, high, contacts and the number of its group, from 1."""
    contacts = found.given.rated.sum(axis=0)
    low, high = ends(found.drawn, n=int(contacts.min()))
    return pd.DataFrame(
        {
            "leniency": found.value,
            "low": low,
            "high": high,
            "contacts": contacts,
            "linked": (found.group + 1).astype(str).reindex(found.raters),
        },
        index=found.raters,
    )
