"""Quality and service beyond the scorecard: each producer's tables, published with the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planner.config import Plan
from planner.domain.centre import Centre
from planner.pipeline.explained import explained
from planner.pipeline.history import History
from planner.pipeline.quality_assurance import Drawing, led_tables, scored_tables
from planner.scorecards.agreement_table import agreement
from planner.scorecards.bridges import bridges
from planner.scorecards.comparisons import comparisons
from planner.scorecards.costs import costs
from planner.scorecards.leniency import leniency
from planner.scorecards.observed import observed


@dataclass(frozen=True)
class Known:
    """What the tables of quality are made from: history, contact files (Parquet), SCORECARD.

    `now` is the moment up to which history is known (UTC): no clock is asked.
    """

    plan: Plan
    history: History
    contacts: Sequence[Path]
    scorecard: pd.DataFrame
    now: pd.Timestamp

    @property
    def centre(self) -> Centre:
        """The centre of the plan."""
        return self.plan.centre


def known(plan: Plan, history: History, *, contacts: Sequence[Path], scorecard: pd.DataFrame) -> Known:
    """What the tables are made from; history ends with its last volume, or else evaluation."""
    return Known(plan, history, contacts, scorecard, _end_of(history))


def _end_of(history: History) -> pd.Timestamp:
    volume = history.volume
    if len(volume):
        return (volume["interval_start"] + pd.to_timedelta(volume["interval_min"], unit="min")).max()
    return history.evaluations["evaluated_at"].max()


def quality_tables(given: Known) -> dict[str, pd.DataFrame]:
    """Every table of quality by name; a table about which nothing is known is empty or not there."""
    history, centre, now = given.history, given.centre, given.now
    drawing = Drawing(given.contacts, given.plan.seed)
    made = scored_tables(history, centre, now=now, drawing=drawing, card=given.scorecard)
    made |= rated_tables(given, made["EVALUATION_SCORES"])
    made |= led_tables(made, history, centre, now=now)
    made["COSTS"] = costs(history.volume, history.intraday, agents=history.agents, centre=centre)
    volume = observed(history.volume, given.contacts, centre)
    made["EXPLAINED"] = explained(volume, history.intraday, centre)
    return made


def rated_tables(given: Known, scores: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """AGREEMENT, LENIENCY and BRIDGES of the raters, and COMPARISONS, from EVALUATION_SCORES."""
    now, seed, matters = given.now, given.plan.seed, given.centre.quality.matters
    return {
        "AGREEMENT": agreement(given.history.evaluations, scores, now=now, seed=seed),
        "LENIENCY": leniency(scores, now=now, seed=seed),
        "BRIDGES": bridges(scores, now=now, seed=seed),
        "COMPARISONS": comparisons(scores, given.scorecard, now=now, matters=matters),
    }
