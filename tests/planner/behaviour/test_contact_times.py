"""Counts by the second from a contact log."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.behaviour.contact_times import contact_times
from planner.domain.centre import Centre, Handling, QueueKey
from tests.planner.scorecards.centres import centre

VOICE, CHAT, EMAIL = (QueueKey("LIS", "pt", channel) for channel in ("voice", "chat", "email"))
NOON = pd.Timestamp("2026-03-02T12:00Z")


def of_three_queues() -> Centre:
    made = centre(VOICE, CHAT, EMAIL)
    handling = {CHAT: Handling(300, concurrency=3, slow_down=0.5, reaction_s=10)}
    queues = {key: replace(q, handling=handling.get(key, q.handling)) for key, q in made.queues.items()}
    return replace(made, queues=queues)


def contact(key: QueueKey, *, wait: float, answered: bool, **more: object) -> dict:
    met = NOON + pd.Timedelta(seconds=wait)
    spent = {"talk_s": 80.0, "hold_s": 15.0, "wrap_s": 5.0, "concurrent": 1.0} if answered else {}
    moments = {"arrived_at": NOON, "answered_at": met if answered else pd.NaT, "ended_at": met}
    return key._asdict() | moments | spent | more


def log(folder: Path, *contacts: dict) -> list[Path]:
    frame = pd.DataFrame(contacts)
    for name in ("answered_at", "ended_at"):
        frame[name] = pd.to_datetime(frame[name], utc=True)
    frame.to_parquet(folder / "log.parquet")
    return [folder / "log.parquet"]


def test_waits_are_counted_by_the_second_and_short_abandons_apart(tmp_path: Path) -> None:
    paths = log(
        tmp_path,
        contact(VOICE, wait=4.6, answered=False),
        contact(VOICE, wait=5.3, answered=False),
        contact(VOICE, wait=5.2, answered=True),
        contact(VOICE, wait=31, answered=True),
    )
    waits = contact_times(paths, of_three_queues()).waits
    rows = waits[["wait_s", "answered", "abandoned", "abandoned_short"]].to_numpy().tolist()
    assert rows == [[5, 1, 2, 1], [31, 1, 0, 0]]


def test_the_agents_reaction_is_no_wait_of_the_customer(tmp_path: Path) -> None:
    paths = log(
        tmp_path,
        contact(CHAT, wait=10, answered=True),
        contact(CHAT, wait=42, answered=True),
        contact(CHAT, wait=42, answered=False),
    )
    waits = contact_times(paths, of_three_queues()).waits.set_index("wait_s")
    assert waits["answered"].to_dict() == {0: 1, 32: 1, 42: 0}
    assert waits["abandoned"].to_dict() == {0: 0, 32: 0, 42: 1}


def test_conversations_side_by_side_are_told_as_if_alone(tmp_path: Path) -> None:
    """Three open slow each other by 1 + 0.5 x 2; where the log does not say how many, it is unknown."""
    paths = log(
        tmp_path,
        contact(CHAT, wait=0, answered=True, concurrent=3.0),
        contact(CHAT, wait=0, answered=True, concurrent=None),
        contact(VOICE, wait=0, answered=True, concurrent=3.0),
    )
    handled = contact_times(paths, of_three_queues()).handled.set_index("channel")
    assert handled["contacts"].to_dict() == {"chat": 1, "voice": 1}
    assert handled["sum_s"].to_dict() == {"chat": 50.0, "voice": 100.0}


def test_only_who_can_leave_waits_and_only_queues_of_the_plan_count(tmp_path: Path) -> None:
    other = QueueKey("LIS", "de", "voice")
    paths = log(
        tmp_path,
        contact(EMAIL, wait=9000, answered=True),
        contact(other, wait=9, answered=False),
        contact(VOICE, wait=9, answered=False, ended_at=pd.NaT),
        contact(VOICE, wait=8, answered=True),
    )
    times = contact_times(paths, of_three_queues())
    assert times.waits["wait_s"].tolist() == [8]
    assert set(times.handled["channel"]) == {"email", "voice"}


@pytest.mark.parametrize("lacking", ["answered_at", "ended_at", "talk_s", "hold_s", "concurrent"])
def test_a_log_may_lack_a_column(tmp_path: Path, lacking: str) -> None:
    contacts = [contact(VOICE, wait=20, answered=True), contact(VOICE, wait=30, answered=False)]
    frame = pd.read_parquet(log(tmp_path, *contacts)[0]).drop(columns=lacking)
    frame.to_parquet(tmp_path / "less.parquet")
    times = contact_times([tmp_path / "less.parquet"], of_three_queues())
    known = {"answered_at": 0, "ended_at": 1}
    assert times.waits[["answered", "abandoned"]].to_numpy().sum() == known.get(lacking, 2)
    spent = {"talk_s": 0, "hold_s": 85, "answered_at": 100}
    assert times.handled["sum_s"].sum() == spent.get(lacking, 100)
