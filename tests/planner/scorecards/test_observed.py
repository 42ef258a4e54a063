"""What the contact log adds to counts: who gave up within the seconds, and the longest wait."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import INTRADAY
from planner.scorecards.observed import observed, with_forecast
from planner.scorecards.service import service
from tests.planner.scorecards.centres import centre, only, volume

PT = QueueKey("LIS", "pt", "voice")
HALF, NEXT = "2026-09-07T09:00:00Z", "2026-09-07T09:30:00Z"


def row(at: str, **counts: float) -> dict:
    return {**PT._asdict(), "interval_start": at, **counts}


def contact(at: str, *, answered_s: float | None, ended_s: float) -> dict:
    """A contact that arrived at a moment, was answered and ended so many seconds later."""
    arrived = pd.Timestamp(at)
    answered = pd.NaT if answered_s is None else arrived + pd.Timedelta(seconds=answered_s)
    return {**PT._asdict(), "arrived_at": arrived, "answered_at": answered,
            "ended_at": arrived + pd.Timedelta(seconds=ended_s)}  # fmt: skip


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Four contacts of one half-hour: answered after 5 and 90 s, gone after 20 and 21 s; one of the next."""
    rows = [
        contact("2026-09-07T09:01:00Z", answered_s=5, ended_s=300),
        contact("2026-09-07T09:02:00Z", answered_s=90, ended_s=400),
        contact("2026-09-07T09:03:00Z", answered_s=None, ended_s=20),
        contact("2026-09-07T09:29:59Z", answered_s=None, ended_s=21),
        contact("2026-09-07T09:31:00Z", answered_s=None, ended_s=3),
    ]
    path = tmp_path / "contacts.parquet"
    pd.DataFrame(rows).to_parquet(path)
    return path


def test_whole_half_hours_of_the_log_fill_the_counts(log: Path) -> None:
    counted = volume(
        row(HALF, offered=4, answered=2, abandoned=2, answered_within_20_s=1),
        row(NEXT, offered=2, answered=1, abandoned=1, answered_within_20_s=1),
    )
    found = observed(counted, [log], centre(PT))
    assert found["abandoned_within_20_s"].tolist()[0] == 1  # 20 s is within 20 s, 21 s is not
    assert found["abandoned_within_60_s"].tolist()[0] == 2
    assert found["longest_wait_s"].tolist()[0] == 90
    assert found[["abandoned_within_20_s", "longest_wait_s"]].isna().all(axis=1).tolist() == [False, True]


def test_what_the_source_counted_itself_stands(log: Path) -> None:
    counted = volume(row(HALF, offered=4, answered=2, abandoned=2, abandoned_within_20_s=0))
    found = observed(counted, [log], centre(PT))
    assert found["abandoned_within_20_s"].tolist() == [0]


def test_formulas_that_need_the_log_are_known_by_it(log: Path) -> None:
    """One of four answered in 20 s, one of the two who left within 20 s: (1 + 1) / 4 and 1 / (2 + 1)."""
    counted = volume(row(HALF, offered=4, answered=2, abandoned=2, answered_within_20_s=1))
    before = service(counted, centre(PT), period="week")
    assert "service_level_formula_1" not in set(before["measure"])
    card = service(observed(counted, [log], centre(PT)), centre(PT), period="week")
    assert only(card, "service_level_formula_1")["value"] == pytest.approx(0.5)
    assert only(card, "service_level_formula_4")["value"] == pytest.approx(1 / 3)


def test_a_log_without_ends_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bare.parquet"
    pd.DataFrame([{**PT._asdict(), "arrived_at": pd.Timestamp(HALF)}]).to_parquet(path)
    counted = volume(row(HALF, offered=1, answered=1, abandoned=0))
    found = observed(counted, [path], centre(PT))
    assert found["longest_wait_s"].isna().all()


def test_a_forecast_stands_beside_its_own_interval_only() -> None:
    counted = volume(row(HALF, offered=4), row(NEXT, offered=5))
    plan = INTRADAY.check(
        pd.DataFrame([row(HALF, interval_min=30, planned_offered=3.5, planned_aht_s=300, planned_staffed_s=1800)]).assign(
            interval_start=lambda rows: pd.to_datetime(rows["interval_start"], utc=True)
        )
    )  # fmt: skip
    found = with_forecast(counted, plan)
    assert found["planned_offered"].tolist()[0] == 3.5
    assert found["planned_offered"].isna().tolist() == [False, True]
