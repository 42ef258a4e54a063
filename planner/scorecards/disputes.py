"""DISPUTED: how many evaluations are disputed, how that ended and how far it moved the scores."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from planner.domain.quality_tables import DISPUTE_OUTCOMES, DISPUTED
from planner.scorecards.proportions import wilson
from planner.scorecards.rollups import ALL

BY = {"site": "site", "form": "form", "rater": "rater_id"}


def disputed(disputes: pd.DataFrame, scored: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """DISPUTED of DISPUTES, EVALUATION_SCORES and EVALUATIONS, by site, form, rater and item, and in all.

    A dispute of a whole evaluation counts for no item. Disputes of evaluations that are not known are
    left out. How far a score moved is told where the source says what it was before.
    """
    told = disputes.drop(columns="item").merge(scored, on="evaluation_id", how="inner")
    if told.empty:
        return DISPUTED.empty()
    told = told.assign(moved=100 * (told["final"] - told["score_before"]).where(told["outcome"] == "changed"))
    parts = list(_parts(told, disputes, scored, items=items))
    table = pd.concat(parts, ignore_index=True)
    ends = wilson(table["different"], table["evaluations"])
    return DISPUTED.check(
        table.assign(disputed=table["different"] / table["evaluations"], low=ends.low, high=ends.high)
    )


def _parts(
    told: pd.DataFrame, disputes: pd.DataFrame, scored: pd.DataFrame, *, items: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    yield _counted(told.assign(all=ALL), "all", scored.assign(all=ALL).groupby("all").size())
    for dimension, column in BY.items():
        yield _counted(told, column, scored.groupby(column).size()).assign(dimension=dimension)
    applied = items.dropna(subset=["points"]).groupby("item").size()
    of_item = told.merge(disputes[["dispute_id", "item"]].dropna(), on="dispute_id", how="inner")
    if len(of_item):
        yield _counted(of_item, "item", applied)


def _counted(told: pd.DataFrame, column: str, evaluations: pd.Series) -> pd.DataFrame:
    """Disputes by the values of one column, beside the evaluations that could have been disputed."""
    opened = told["opened_at"].where(told["outcome"] == "open")
    rows = told.assign(oldest=opened, **{name: told["outcome"] == name for name in DISPUTE_OUTCOMES})
    table = rows.groupby(column).agg(
        disputes=("dispute_id", "size"),
        different=("evaluation_id", "nunique"),
        **{name: (name, "sum") for name in DISPUTE_OUTCOMES},
        moved=("moved", "mean"),
        moved_n=("moved", "count"),
        oldest_open=("oldest", "min"),
    )
    table = table.join(evaluations.rename("evaluations"), how="inner")
    return table.rename_axis("subject").reset_index().assign(dimension=column)
