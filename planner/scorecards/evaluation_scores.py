"""EVALUATION_SCORES: every evaluation with its scores and what was critical in it."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import Centre, QueueKey
from planner.domain.quality_tables import ERROR_CLASSES, EVALUATION_SCORES
from planner.domain.tables import QUEUE
from planner.scorecards.qa import scores

COUNTS = [f"{part}_{kind}" for kind in ERROR_CLASSES for part in ("scored", "failed")]


def evaluation_scores(evaluations: pd.DataFrame, centre: Centre) -> pd.DataFrame:
    """EVALUATION_SCORES of EVALUATIONS (one row per evaluation and item), all streams, newest first."""
    if evaluations.empty:
        return EVALUATION_SCORES.empty()
    scored = scores(evaluations)
    named = scored.assign(
        client=_clients(scored, centre), failed_items=scored["evaluation_id"].map(_failed_items(evaluations))
    )
    if "contact_id" not in named.columns:  # a source need not say which contact it was
        named["contact_id"] = None
    counts = dict.fromkeys(COUNTS, "int64")
    newest_first = named.sort_values(["evaluated_at", "evaluation_id"], ascending=[False, True])
    return EVALUATION_SCORES.check(newest_first.astype(counts))


def _clients(scored: pd.DataFrame, centre: Centre) -> pd.Series:
    """The client of each evaluation's queue; None where the plan names none."""
    keys = scored[[*QUEUE]].drop_duplicates()
    known = {
        key: queue.client
        for key in keys.itertuples(index=False, name=None)
        if (queue := centre.queues.get(QueueKey(*key)))
    }
    found = pd.MultiIndex.from_frame(scored[[*QUEUE]]).map(known)
    return pd.Series(found, index=scored.index, dtype="object")


def _failed_items(evaluations: pd.DataFrame) -> pd.Series:
    """The critical items that failed, joined by ; in the form's order, by evaluation."""
    failed = evaluations[evaluations["critical"].astype(bool) & (evaluations["points"] == 0)]
    return failed.groupby("evaluation_id", sort=False)["item"].agg(";".join)
