"""The scorecard is one table, whatever of its sources there is."""

from __future__ import annotations

import pandas as pd

from planner.domain.centre import QueueKey
from planner.domain.tables import CONTACTS, EVALUATIONS, SCORECARD
from planner.scorecards.scorecard import Happened, scorecards
from tests.planner.scorecards.centres import centre, volume

PT = QueueKey("LIS", "pt", "voice")


def test_service_quality_and_resolution_stand_side_by_side(tmp_path) -> None:
    moment = pd.Timestamp("2026-09-07T09:00:00Z")
    counts = {"offered": 10, "answered": 9, "abandoned": 1}
    evaluation = pd.DataFrame(
        {
            "evaluation_id": ["e1"], "evaluated_at": [moment], "agent_id": "a", "rater_id": "r", **PT._asdict(),
            "form": "F-1", "stream": "random", "section": "S", "section_weight": 1.0, "item": "I",
            "item_weight": 1.0, "item_class": "none", "critical": False, "points": 1.0,
        }
    )  # fmt: skip
    path = tmp_path / "contacts.parquet"
    contacts = pd.DataFrame({"contact_id": ["1"], **PT._asdict(), "arrived_at": [moment]})
    CONTACTS.check(contacts).to_parquet(path)
    happened = Happened(
        volume({**PT._asdict(), "interval_start": moment, **counts}), EVALUATIONS.check(evaluation), [path]
    )
    card = scorecards(happened, centre(PT), seed=1)["SCORECARD"]
    assert {"abandonment", "quality_score", "quality_item: I", "fcr_unknown_customer"} <= set(card["measure"])
    assert not card.duplicated(list(SCORECARD.grain)).any()


def test_without_any_source_the_table_is_empty() -> None:
    card = scorecards(Happened(), centre(PT), seed=1)["SCORECARD"]
    assert card.empty
    assert list(card.columns) == [column.name for column in SCORECARD.columns]
