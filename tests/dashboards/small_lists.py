"""Evaluations, agents, the day's matters and resolved contacts of the small invented centre."""

from __future__ import annotations

import pandas as pd

from planner.domain.form_tables import AGENT_ITEMS
from planner.domain.quality_tables import AGENT_SCORES, TODAY
from planner.domain.resolution_tables import RESOLUTION
from tests.planner.scorecards.evaluated import scored

AGENT = {"site": "LIS", "language": "pt", "last": "2026-09-30T09:00Z", "group": 0.9, "target": 0.85}
KNOWN = {"n": 30, "mean": 0.7, "posterior": 0.741, "low": 0.7, "high": 0.78, "p_below": 0.99, "coach": True,
         "weakest": "Right answer", "weakest_points": 6.5}  # fmt: skip
FEW = {"n": 9, "mean": None, "posterior": 0.873, "low": 0.8, "high": 0.94, "p_below": 0.3, "coach": False,
       "weakest": None, "weakest_points": None}  # fmt: skip
UNTOLD = dict.fromkeys(("low", "high", "target", "n", "chance"))
MATTER = {"site": "LIS", "language": "pt", "channel": "voice", "since": "2026-10-01T09:00Z", **UNTOLD}


def agents() -> pd.DataFrame:
    return AGENT_SCORES.check(pd.DataFrame([
        {"agent_id": "LIS-1", "name": "Rui Sá", **AGENT, **KNOWN}, {"agent_id": "LIS-2", "name": "Ana Luz", **AGENT, **FEW},
    ]))  # fmt: skip


def items() -> pd.DataFrame:
    told = {"item": "Right answer", "group": 0.9, "lost": 6.5}
    return AGENT_ITEMS.check(pd.DataFrame([
        {"agent_id": "LIS-1", "n": 30, "posterior": 0.61, "low": 0.5, "high": 0.7, **told},
        {"agent_id": "LIS-2", "n": 9, "posterior": 0.88, "low": 0.7, "high": 0.95, **told},
    ]))  # fmt: skip


def today() -> pd.DataFrame:
    return TODAY.check(pd.DataFrame([
        {**MATTER, "rank": 2, "kind": "dispute", "subject": "LIS-2", "name": "Ana Luz", "detail": None, "value": 12,
         "reference": "E7"},
        {**MATTER, "rank": 1, "kind": "compliance", "subject": "LIS-1", "name": "Rui Sá", "detail": "Data protection",
         "value": 0.83, "reference": "E5"},
        {**MATTER, "site": "CAI", "rank": 1, "kind": "compliance", "subject": "CAI-1", "name": "Mona", "detail": "Tone",
         "value": 0.5, "reference": "E9"},
    ]))  # fmt: skip


def counts() -> pd.DataFrame:
    """Two months and two queues: 90 of 100 resolved in Lisbon, 10 of 10 in Bogota, each month."""
    rows = []
    for month in ("2026-08-01", "2026-09-01"):
        for site, language, client, resolved, anchors in (
            ("LIS", "pt", "A", 90, 100),
            ("BOG", "es", "B", 10, 10),
        ):
            usual = {name: 0 for name in RESOLUTION.empty().columns if name not in ("period", "period_start")}
            place = {
                "site": site,
                "language": language,
                "channel": "voice",
                "client": client,
                "reason": "payment",
            }
            told = {
                "anchors_7d": anchors,
                "resolved_7d": resolved,
                "answered": anchors,
                "handled_by": "person",
            }
            rows.append({"period": "month", "period_start": month, **usual, **place, **told})
    return RESOLUTION.check(pd.DataFrame(rows))


def evaluated() -> pd.DataFrame:
    """Thirty evaluations of one agent and nine of another, in the random stream."""
    rows = [{"contact_id": f"c{n}", "rater_id": "R1", "agent_id": "LIS-1", "raw": 0.7} for n in range(30)]
    rows += [{"contact_id": f"d{n}", "rater_id": "R1", "agent_id": "LIS-2", "raw": 0.9} for n in range(9)]
    return scored(rows, stream="random")


def tables() -> dict[str, pd.DataFrame]:
    """What the pages Today, Agents and Resolved first time read, by name."""
    return {
        "EVALUATION_SCORES": evaluated(),
        "AGENT_SCORES": agents(),
        "AGENT_ITEMS": items(),
        "TODAY": today(),
        "RESOLUTION": counts(),
    }
