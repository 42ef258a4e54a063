"""First-contact resolution: four definitions, each counted as it says."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.tables import CONTACTS, SCORECARD
from planner.scorecards.contact_log import Span
from planner.scorecards.fcr import fcr, first_contact
from tests.planner.scorecards.centres import centre, only

PT, CHAT, ES = (
    QueueKey("LIS", "pt", "voice"),
    QueueKey("LIS", "pt", "chat"),
    QueueKey("BOG", "es", "voice"),
)
CENTRE = centre(PT, CHAT, ES)
BEGIN = pd.Timestamp("2026-06-01T08:00:00Z")
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
WHOLE = Span(EARLY, LATE)


def log(folder: Path, *rows: dict, name: str = "contacts.parquet") -> Path:
    """A contact log; `at_h` hours after the beginning, closed six minutes later; PT, answered, "payment"."""
    made = []
    for number, row in enumerate(rows):
        usual = {
            "contact_id": f"{name}-{number}",
            "customer_id": "c1",
            "reason": "payment",
            **PT._asdict(),
            "abandoned": False,
        }
        values = usual | row
        arrived = BEGIN + pd.Timedelta(hours=values.pop("at_h"))
        answered = pd.NaT if values.pop("abandoned") else arrived
        close = {
            "arrived_at": arrived,
            "answered_at": answered,
            "ended_at": arrived + pd.Timedelta(minutes=6),
        }
        made.append(close | values)  # fmt: skip
    path = folder / name
    CONTACTS.check(pd.DataFrame(made)).to_parquet(path)
    return path


def counts(path: Path, window: str, *, until: datetime = LATE) -> tuple[int, int]:
    """Anchors and resolved anchors of a window."""
    sums = first_contact([path], centre=CENTRE, span=Span(EARLY, until)).resolution
    sums = sums[sums["period"] == "week"]
    return int(sums[f"anchors_{window}"].sum()), int(sums[f"resolved_{window}"].sum())


def test_a_return_within_the_window_is_a_repeat_and_no_anchor(tmp_path: Path) -> None:
    """Back after 50 h: resolved within 24 h and again an anchor; not resolved within 72 h, no anchor."""
    path = log(tmp_path, {"at_h": 0}, {"at_h": 50})
    assert counts(path, "24h") == (2, 2)
    assert counts(path, "72h") == (1, 0)
    assert counts(path, "7d") == (1, 0)


def test_the_window_runs_from_close_to_arrival_and_its_last_moment_counts(tmp_path: Path) -> None:
    exact = log(tmp_path, {"at_h": 0}, {"at_h": 24.1}, name="exact.parquet")
    after = log(tmp_path, {"at_h": 0}, {"at_h": 24.1 + 1 / 3600}, name="after.parquet")
    assert counts(exact, "24h") == (1, 0)
    assert counts(after, "24h") == (2, 2)


def test_another_channel_is_a_repeat_and_another_reason_or_customer_is_not(tmp_path: Path) -> None:
    path = log(tmp_path, {"at_h": 0}, {"at_h": 5, **CHAT._asdict()}, name="channel.parquet")
    assert counts(path, "7d") == (1, 0)
    path = log(tmp_path, {"at_h": 0}, {"at_h": 5, "reason": "refund"}, name="reason.parquet")
    assert counts(path, "7d") == (2, 2)
    path = log(tmp_path, {"at_h": 0}, {"at_h": 5, "customer_id": "c2"}, name="customer.parquet")
    assert counts(path, "7d") == (2, 2)


def test_a_window_that_has_not_elapsed_is_left_out_and_not_resolved(tmp_path: Path) -> None:
    path = log(tmp_path, {"at_h": 0}, {"at_h": 100, "customer_id": "c2"})
    as_of = (BEGIN + pd.Timedelta(hours=180)).to_pydatetime()
    assert counts(path, "7d", until=as_of) == (1, 1)
    assert counts(path, "72h", until=as_of) == (2, 2)
    assert counts(path, "30d", until=as_of) == (0, 0)


def test_an_unknown_customer_is_neither_resolved_nor_repeating(tmp_path: Path) -> None:
    path = log(
        tmp_path,
        {"at_h": 0, "customer_id": None},
        {"at_h": 1, "customer_id": None},
        {"at_h": 2},
        {"at_h": 900},
    )
    assert counts(path, "7d") == (2, 2)
    card = fcr([path], centre=CENTRE, span=WHOLE)
    assert only(card[card["period"] == "all"], "fcr_unknown_customer")["value"] == 0.5


def test_an_abandoned_call_is_no_anchor_but_coming_back_in_vain_is_a_repeat(tmp_path: Path) -> None:
    redial = log(tmp_path, {"at_h": 0, "abandoned": True}, {"at_h": 0.2}, name="redial.parquet")
    assert counts(redial, "7d") == (1, 1)
    vain = log(tmp_path, {"at_h": 0}, {"at_h": 5, "abandoned": True}, name="vain.parquet")
    assert counts(vain, "7d") == (1, 0)


def test_a_contact_during_a_longer_one_is_a_repeat_of_it(tmp_path: Path) -> None:
    """A mail open for 60 h; a call in its 5th hour repeats it, and one 10 h after its close does too."""
    mail = {"at_h": 0, "ended_at": BEGIN + pd.Timedelta(hours=60)}
    path = log(tmp_path, mail, {"at_h": 5}, {"at_h": 70})
    assert counts(path, "24h") == (1, 0)


def test_the_other_definitions_count_those_who_tell(tmp_path: Path) -> None:
    """Survey: 1 of 2 who answered; agent: 2 of 3; not escalated: 3 of 4. They are never averaged."""
    path = log(
        tmp_path,
        {"at_h": 0, "survey_resolved": True, "agent_resolved": True, "escalated": False, "customer_id": "a"},
        {"at_h": 1, "survey_resolved": False, "agent_resolved": True, "escalated": False, "customer_id": "b"},
        {"at_h": 2, "survey_resolved": None, "agent_resolved": False, "escalated": False, "customer_id": "c"},
        {"at_h": 3, "survey_resolved": None, "agent_resolved": None, "escalated": True, "customer_id": "d"},
    )
    card = fcr([path], centre=CENTRE, span=WHOLE)
    card = SCORECARD.check(card[card["period"] == "all"])
    found = {name: only(card, f"fcr_{name}") for name in ("survey", "agent", "no_escalation", "repeat_7d")}
    assert {name: row["value"] for name, row in found.items()} == pytest.approx(
        {"survey": 0.5, "agent": 2 / 3, "no_escalation": 0.75, "repeat_7d": 1.0}
    )
    assert {name: row["n"] for name, row in found.items()} == {
        "survey": 2, "agent": 3, "no_escalation": 4, "repeat_7d": 4,
    }  # fmt: skip


def test_a_log_without_customers_reasons_or_outcomes_gives_what_it_can(tmp_path: Path) -> None:
    path = tmp_path / "bare.parquet"
    rows = pd.DataFrame({"contact_id": ["1", "2"], **PT._asdict(), "arrived_at": [BEGIN, BEGIN]})
    CONTACTS.check(rows).to_parquet(path)
    card = fcr([path], centre=CENTRE)
    assert {measure.split(":")[0] for measure in card["measure"]} == {"fcr_unknown_customer"}
    assert (card["value"] == 1).all()


def test_reasons_are_told_apart_and_several_files_are_one_log(tmp_path: Path) -> None:
    first = log(tmp_path, {"at_h": 0}, {"at_h": 1, "customer_id": "c2", "reason": "refund"}, name="1.parquet")
    second = log(tmp_path, {"at_h": 9}, name="2.parquet")
    card = fcr([first, second], centre=CENTRE, span=WHOLE)
    card = card[card["period"] == "all"]
    assert only(card, "fcr_repeat_7d: payment")["value"] == 0
    assert only(card, "fcr_repeat_7d: refund")["value"] == 1
    assert only(card, "fcr_repeat_7d")["value"] == 0.5


def planted_log(folder: Path, *, customers: int, resolved: dict[str, float]) -> Path:
    """Each customer makes one first contact over six weeks and comes back within 7 days unless resolved."""
    rng = np.random.default_rng(4)
    keys = {"pt": PT, "es": ES}
    language = rng.choice(list(keys), customers)
    first_h = rng.random(customers) * 42 * 24
    delay_h = np.minimum(34 * np.exp(1.1 * rng.standard_normal(customers)), 160)
    back = rng.random(customers) > np.array([resolved[one] for one in language])
    rows = pd.DataFrame(
        {
            "customer_id": [f"c{i}" for i in range(customers)],
            "language": language,
            "site": [keys[one].site for one in language],
            "arrived_at": BEGIN + pd.to_timedelta(first_h, unit="h"),
        }
    )
    again = rows.assign(arrived_at=rows["arrived_at"] + pd.to_timedelta(delay_h, unit="h"))[back]
    both = pd.concat([rows, again], ignore_index=True)
    both = both.assign(
        contact_id=[f"k{i}" for i in range(len(both))],
        channel="voice",
        reason="payment",
        answered_at=both["arrived_at"],
        ended_at=both["arrived_at"] + pd.Timedelta(minutes=6),
    )
    path = folder / "planted.parquet"
    CONTACTS.check(both).to_parquet(path)
    return path


def test_planted_resolution_lies_inside_the_interval(tmp_path: Path) -> None:
    path = planted_log(tmp_path, customers=20_000, resolved={"pt": 0.94, "es": 0.86})
    card = fcr([path], centre=CENTRE, span=WHOLE)
    card = card[card["period"] == "all"]
    for language, truth in (("pt", 0.94), ("es", 0.86)):
        found = only(card, "fcr_repeat_7d", language=language)
        assert found["low"] < truth < found["high"]
        assert found["high"] - found["low"] < 0.02
    assert only(card, "fcr_repeat_24h", language="es")["value"] > 0.86


def test_weekly_anchors_add_up_to_all(tmp_path: Path) -> None:
    path = planted_log(tmp_path, customers=2000, resolved={"pt": 0.9, "es": 0.9})
    card = fcr([path], centre=CENTRE, span=WHOLE)
    mine = card[(card["measure"] == "fcr_repeat_7d") & (card["site"] == "BOG") & (card["channel"] == "voice")]
    mine = mine[mine["language"] == "es"]
    n = mine.groupby("period")["n"].sum()
    assert n["week"] == n["month"] == n["all"]


def test_no_log_gives_no_rows(tmp_path: Path) -> None:
    assert fcr([], centre=CENTRE).empty
    CONTACTS.empty().to_parquet(tmp_path / "empty.parquet")
    assert fcr([tmp_path / "empty.parquet"], centre=CENTRE).empty


def test_each_definition_names_its_window(tmp_path: Path) -> None:
    card = fcr([log(tmp_path, {"at_h": 0})], centre=CENTRE, span=WHOLE)
    card = card[card["period"] == "all"]
    assert "within 72 h of close" in only(card, "fcr_repeat_72h")["definition"]
    assert "within 30 d of close" in only(card, "fcr_repeat_30d")["definition"]
