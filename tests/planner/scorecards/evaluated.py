"""EVALUATION_SCORES as tests need them: who scored which contact how."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.domain.quality_tables import ERROR_CLASSES, EVALUATION_SCORES

NOW = pd.Timestamp("2026-10-05", tz="UTC")


def scored(rows: Sequence[dict], *, stream: str) -> pd.DataFrame:
    """EVALUATION_SCORES from rows that name at least contact_id, rater_id and raw."""
    frame = pd.DataFrame(list(rows))
    usual = {
        "evaluated_at": NOW - pd.Timedelta(days=10),
        "agent_id": "A1",
        "site": "LIS",
        "language": "pt",
        "channel": "voice",
        "client": None,
        "form": "F-1",
        "stream": stream,
        "final": frame["raw"],
        "failed_items": None,
    }
    usual |= {f"{part}_{kind}": 0 for kind in ERROR_CLASSES for part in ("scored", "failed")}
    frame = frame.assign(**{name: value for name, value in usual.items() if name not in frame.columns})
    frame["evaluation_id"] = stream + frame.index.astype(str)
    return EVALUATION_SCORES.check(frame)
