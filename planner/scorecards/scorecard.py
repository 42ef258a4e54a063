"""The scorecard: service, quality, first-contact resolution and what customers say, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import EVALUATIONS, INTRADAY, SCORECARD, SURVEYS, VOLUME
from planner.scorecards.fcr import first_contact
from planner.scorecards.observed import observed, with_forecast
from planner.scorecards.qa import qa
from planner.scorecards.service import service
from planner.scorecards.surveys import surveys


@dataclass(frozen=True)
class Happened:
    """What happened: VOLUME, EVALUATIONS, CONTACTS (Parquet files) and SURVEYS, and what was planned
    (INTRADAY), each possibly empty."""

    volume: pd.DataFrame = field(default_factory=VOLUME.empty)
    evaluations: pd.DataFrame = field(default_factory=EVALUATIONS.empty)
    contacts: Sequence[Path] = ()
    surveys: pd.DataFrame = field(default_factory=SURVEYS.empty)
    intraday: pd.DataFrame = field(default_factory=INTRADAY.empty)


def scorecards(happened: Happened, centre: Centre, *, seed: int) -> dict[str, pd.DataFrame]:
    """SCORECARD, and what single contacts tell beside it: RESOLUTION, REPEATS, FCR_CURVE.

    `seed` draws the bootstrap of the quality scores.
    """
    resolved = first_contact(happened.contacts, centre=centre)
    volume = with_forecast(observed(happened.volume, happened.contacts, centre), happened.intraday)
    parts = [
        service(volume, centre, period="week"),
        service(volume, centre, period="month"),
        service(volume, centre, period="all"),
        qa(happened.evaluations, centre, seed=seed),
        resolved.scorecard,
        surveys(happened.surveys, centre),
    ]
    known = [part for part in parts if len(part)]
    card = SCORECARD.check(pd.concat(known, ignore_index=True)) if known else SCORECARD.empty()
    return {"SCORECARD": card} | resolved.tables
