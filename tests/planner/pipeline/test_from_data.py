"""Settings taken from the contact log, from plan.yaml to the published plan."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboards.published import open_plan
from planner.config import plan_from_text
from planner.domain.centre import QueueKey
from planner.domain.problems import InputError
from planner.pipeline.from_data import measured_plan, refuse_unmeasured
from planner.store import Store, publish

PLAN = """
name: Small
sites: {LIS: {country: PT, time_zone: Europe/Lisbon, hours: {all: "07:00-22:00"}}}
targets: {voice: {service_levels: [{share: 0.8, within_s: 20}]}, chat: {service_levels: [{share: 0.8, within_s: 60}]}}
handling:
  voice: {aht_s: from data, aht_cv: from data, patience_s: from data, patience_shape: from data}
  chat: {aht_s: 400, patience_s: 300}
queues:
  - {site: LIS, language: pt, channels: [voice, chat]}
"""
VOICE = QueueKey("LIS", "pt", "voice")
NOON = pd.Timestamp("2026-03-02T12:00Z")


def log(folder: Path, *, contacts: int) -> list[Path]:
    """Voice contacts with exponential patience of 120 s and lognormal handle times of mean 300 s, cv 0.8."""
    rng = np.random.default_rng(7)
    patience, wait = rng.exponential(120, contacts), rng.exponential(60, contacts)
    left = patience < wait
    met = NOON + pd.to_timedelta(np.minimum(patience, wait), unit="s").round("ms")
    sigma = np.sqrt(np.log1p(0.8**2))
    frame = pd.DataFrame(
        {
            "contact_id": np.arange(contacts).astype(str),
            **VOICE._asdict(),
            "arrived_at": NOON,
            "answered_at": pd.Series(met).where(~left),
            "ended_at": met,
            "talk_s": np.where(left, np.nan, rng.lognormal(np.log(300) - sigma**2 / 2, sigma, contacts)),
        }
    )
    frame.to_parquet(folder / "log.parquet", coerce_timestamps="us", allow_truncated_timestamps=True)
    return [folder / "log.parquet"]


def test_the_plan_takes_what_was_planted(tmp_path: Path) -> None:
    done = measured_plan(plan_from_text(PLAN), log(tmp_path, contacts=6000))
    voice = done.plan.centre.queues[VOICE].handling
    assert done.plan.from_data == ()
    assert voice.patience_s == pytest.approx(120, rel=0.07)
    assert voice.patience_shape == 1
    assert voice.aht_s == pytest.approx(300, rel=0.04)
    assert voice.aht_cv == pytest.approx(0.8, rel=0.08)
    assert done.plan.centre.queues[QueueKey("LIS", "pt", "chat")].handling.patience_s == 300
    assert set(done.tables) == {"PATIENCE", "PATIENCE_CURVE", "HANDLE_TIMES", "HANDLING_FROM_DATA"}


def test_a_published_plan_is_opened_with_the_numbers_it_was_planned_with(tmp_path: Path) -> None:
    done = measured_plan(plan_from_text(PLAN), log(tmp_path, contacts=3000))
    store, now = Store(tmp_path / "store"), datetime(2026, 3, 3, tzinfo=UTC)
    plan_id = publish(store, done.tables, yaml_text=PLAN, facts={}, seed=1, now=now)
    opened = open_plan(str(store.folder), plan_id).centre.queues[VOICE].handling
    assert opened == done.plan.centre.queues[VOICE].handling


def test_without_a_contact_log_each_setting_is_named_once() -> None:
    with pytest.raises(InputError) as error:
        refuse_unmeasured(plan_from_text(PLAN))
    paths = [problem.column for problem in error.value.problems]
    assert paths == [f"handling.voice.{name}" for name in ("aht_cv", "aht_s", "patience_s", "patience_shape")]
    assert "no contact log" in error.value.problems[0].note


def test_too_few_contacts_are_refused_with_their_number(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        measured_plan(plan_from_text(PLAN), log(tmp_path, contacts=30))
    problem = {each.column: each.note for each in error.value.problems}
    left = int(pd.read_parquet(tmp_path / "log.parquet")["answered_at"].isna().sum())
    assert set(problem) == {
        f"handling.voice.{name}" for name in ("aht_cv", "aht_s", "patience_s", "patience_shape")
    }
    assert f"{30 - left} voice contacts handled, of which 50 are needed" in problem["handling.voice.aht_s"]


def test_a_plan_that_takes_nothing_from_data_is_left_as_it_is(tmp_path: Path) -> None:
    plain = plan_from_text(
        PLAN.replace(
            "aht_s: from data, aht_cv: from data, patience_s: from data, patience_shape: from data",
            "aht_s: 300",
        )
    )
    done = measured_plan(plain, log(tmp_path, contacts=200))
    assert done.plan.centre == plain.centre
    assert "HANDLING_FROM_DATA" not in done.tables
    assert measured_plan(plain, []).tables == {}
