"""The scorecard: service, quality and first-contact resolution side by side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from planner.domain.centre import Centre
from planner.domain.tables import SCORECARD
from planner.scorecards.fcr import fcr
from planner.scorecards.qa import qa
from planner.scorecards.service import service


def scorecard(
    volume: pd.DataFrame, evaluations: pd.DataFrame, contacts: Sequence[Path], centre: Centre, *, seed: int
) -> pd.DataFrame:
    """SCORECARD of VOLUME, EVALUATIONS and CONTACTS (Parquet files), each possibly empty.

    `seed` draws the bootstrap of the quality scores.
    """
    parts = [
        service(volume, centre, period="week"),
        service(volume, centre, period="all"),
        qa(evaluations, centre, seed=seed),
        fcr(contacts, centre=centre),
    ]
    known = [part for part in parts if len(part)]
    return SCORECARD.check(pd.concat(known, ignore_index=True)) if known else SCORECARD.empty()
