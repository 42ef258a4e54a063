"""What is one contact: hand-made logs for transfers, double submissions, bots, families and the log's edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from planner.domain.centre import QueueKey
from planner.domain.quality import FcrReading, Quality
from planner.domain.tables import CONTACTS
from planner.scorecards.contact_log import Span
from planner.scorecards.fcr import FirstContact, first_contact
from tests.planner.scorecards.centres import centre, only

PT, MAIL = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "pt", "email")
CENTRE = centre(PT, MAIL)
BEGIN = pd.Timestamp("2026-06-01T08:00:00Z")
WHOLE = Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def told(folder: Path, *rows: dict, reading: FcrReading | None = None, span: Span = WHOLE) -> FirstContact:
    """What a log tells whose rows begin `at_s` seconds after BEGIN and last 300 s; one customer, voice."""
    made = []
    for number, row in enumerate(rows):
        values = {
            "contact_id": f"C{number}",
            "customer_id": "K",
            "reason": "payment",
            **PT._asdict(),
            "lasts_s": 300,
        } | row
        arrived = BEGIN + pd.Timedelta(seconds=values.pop("at_s"))
        ended = arrived + pd.Timedelta(seconds=values.pop("lasts_s"))
        made.append({"arrived_at": arrived, "answered_at": arrived, "ended_at": ended} | values)
    path = folder / "log.parquet"
    CONTACTS.check(pd.DataFrame(made)).to_parquet(path)
    asked = replace(CENTRE, quality=Quality(fcr=reading or FcrReading()))
    return first_contact([path], centre=asked, span=span)


def sums(found: FirstContact) -> pd.Series:
    weeks = found.resolution[found.resolution["period"] == "week"]
    return weeks.drop(columns=["period", "period_start"]).sum(numeric_only=True)


def test_parts_of_one_conversation_are_one_contact(tmp_path: Path) -> None:
    """Two parts 30 s apart, the second passed on; the contact ends with its last part."""
    found = sums(
        told(
            tmp_path,
            {"at_s": 0, "conversation_id": "x", "escalated": False},
            {"at_s": 330, "conversation_id": "x", "escalated": True, "customer_id": None},
        )
    )
    assert (found["answered"], found["joined"], found["anchors_7d"], found["resolved_7d"]) == (1, 1, 1, 1)
    assert (found["n_no_escalation"], found["yes_no_escalation"], found["unknown"]) == (1, 0, 0)


def test_the_same_conversation_days_later_is_a_repeat(tmp_path: Path) -> None:
    """A thread that goes on is no transfer: it was closed in between."""
    found = sums(
        told(tmp_path, {"at_s": 0, "conversation_id": "x"}, {"at_s": 90_000, "conversation_id": "x"})
    )
    assert (found["answered"], found["joined"], found["anchors_7d"], found["resolved_7d"]) == (2, 0, 1, 0)


@pytest.mark.parametrize(("at_s", "contacts"), [(200, 1), (360, 1), (361, 2)])
def test_a_marked_transfer_begins_within_a_minute_of_the_close(
    tmp_path: Path, at_s: int, contacts: int
) -> None:
    found = sums(told(tmp_path, {"at_s": 0}, {"at_s": at_s, "transferred": True, "reason": "refund"}))
    assert found["answered"] == contacts


def test_a_contact_soon_after_without_a_mark_is_a_repeat(tmp_path: Path) -> None:
    found = sums(told(tmp_path, {"at_s": 0, "transferred": False}, {"at_s": 310, "transferred": False}))
    assert (found["answered"], found["resolved_7d"]) == (2, 0)


def test_a_transfer_passed_on_twice_is_one_contact(tmp_path: Path) -> None:
    parts = [{"at_s": 310 * n, "transferred": n > 0} for n in range(4)]
    found = sums(told(tmp_path, *parts))
    assert (found["answered"], found["joined"]) == (1, 3)


def test_a_mail_sent_twice_within_minutes_is_one_contact_and_a_call_is_not(tmp_path: Path) -> None:
    """Sent at 0 and 8 min and again at 15 min: each within ten minutes of the one before."""
    mails = [{"at_s": 60 * minute, **MAIL._asdict(), "lasts_s": 7200} for minute in (0, 8, 15)]
    found = sums(told(tmp_path, *mails))
    assert (found["answered"], found["joined"], found["resolved_7d"]) == (1, 2, 1)
    later = sums(told(tmp_path, mails[0], {**mails[1], "at_s": 601}))
    assert (later["answered"], later["resolved_7d"]) == (2, 0)
    calls = sums(told(tmp_path, {"at_s": 0}, {"at_s": 480}))
    assert calls["answered"] == 2


def test_a_mail_about_another_reason_is_another_contact(tmp_path: Path) -> None:
    mail = {"at_s": 0, **MAIL._asdict()}
    assert sums(told(tmp_path, mail, {**mail, "at_s": 60, "reason": "refund"}))["answered"] == 2


def test_what_a_bot_closed_has_a_row_of_its_own_and_a_person_after_it_is_its_repeat(tmp_path: Path) -> None:
    found = told(tmp_path, {"at_s": 0, "handled_by": "bot", "answered_at": pd.NaT}, {"at_s": 9000})
    card = found.scorecard[found.scorecard["period"] == "all"]
    bot = only(card, "fcr_repeat_7d_bot")
    assert (bot["value"], bot["n"]) == (0, 1)
    assert "fcr_repeat_7d" not in set(card["measure"])  # the person's contact is no anchor
    assert only(card, "fcr_repeat_24h_bot")["value"] == 0


def test_a_bot_named_by_its_agent_id_or_channel_is_a_bot(tmp_path: Path) -> None:
    rows = {"at_s": 0, "agent_id": "BOT-1"}, {"at_s": 9000, "agent_id": "A1", "customer_id": "L"}
    for name in ("BOT-1", "voice"):
        found = told(tmp_path, *rows, reading=FcrReading(bot=(name,)))
        by = found.resolution[found.resolution["period"] == "week"].groupby("handled_by")["answered"].sum()
        assert by.to_dict() == ({"bot": 1, "person": 1} if name == "BOT-1" else {"bot": 2})


def test_a_bot_that_hands_over_contained_nothing(tmp_path: Path) -> None:
    parts = (
        {"at_s": 0, "handled_by": "bot", "conversation_id": "x"},
        {"at_s": 320, "handled_by": "person", "conversation_id": "x"},
    )
    found = told(tmp_path, *parts).resolution
    assert set(found["handled_by"]) == {"person"}
    left = {**parts[1], "answered_at": pd.NaT}
    assert sums(told(tmp_path, parts[0], left))["answered"] == 0


def test_reasons_of_one_family_are_one_reason(tmp_path: Path) -> None:
    rows = {"at_s": 0, "reason": "card"}, {"at_s": 9000, "reason": "invoice"}
    assert sums(told(tmp_path, *rows))["resolved_7d"] == 2
    found = told(tmp_path, *rows, reading=FcrReading(families={"card": "payment", "invoice": "payment"}))
    assert (sums(found)["anchors_7d"], sums(found)["resolved_7d"]) == (1, 0)
    assert set(found.resolution["reason"]) == {"payment"}


def test_the_net_variant_counts_only_what_the_first_line_can_resolve(tmp_path: Path) -> None:
    rows = {"at_s": 0}, {"at_s": 9000}, {"at_s": 0, "reason": "complaint", "customer_id": "L"}
    found = told(tmp_path, *rows, reading=FcrReading(net_reasons=("complaint",))).scorecard
    card = found[found["period"] == "all"]
    assert (only(card, "fcr_repeat_7d")["value"], only(card, "fcr_repeat_7d_net")["value"]) == (0.5, 1)


def test_the_first_days_of_a_log_give_no_anchors(tmp_path: Path) -> None:
    """Nobody knows who called the day before the log began: 7 days for a 7-day window, and 7 for 30."""
    day = 86_400
    rows = [{"at_s": day * n, "customer_id": f"K{n}"} for n in (0, 2, 4, 6, 7, 8)]
    found = sums(told(tmp_path, *rows, span=Span(BEGIN.to_pydatetime(), WHOLE.until)))
    assert [int(found[f"anchors_{w}"]) for w in ("24h", "72h", "7d", "30d")] == [5, 4, 2, 2]


def test_each_site_s_own_last_contact_ends_its_windows(tmp_path: Path) -> None:
    """A log told until a day after the contact leaves 7 days open, whatever other sites still tell."""
    rows = [{"at_s": 0, "customer_id": "A"}, {"at_s": 90_000, "customer_id": "B"}]
    found = sums(told(tmp_path, *rows, span=Span(WHOLE.since, None)))
    assert (found["anchors_24h"], found["open_24h"]) == (1, 1)
    assert (found["anchors_7d"], found["open_7d"]) == (0, 2)


def test_the_matrix_of_channels_and_the_median_time(tmp_path: Path) -> None:
    """K calls and mails 2 h after the close, L mails 4 h after, M stays away."""
    rows = []
    for customer, back_h in (("K", 2), ("L", 4), ("M", None)):
        rows.append({"at_s": 0, "customer_id": customer})
        if back_h:
            rows.append({"at_s": 300 + 3600 * back_h, "customer_id": customer, **MAIL._asdict()})
    found = told(tmp_path, *rows).repeats.set_index(["site", "language", "reason", "channel", "next_channel"])
    mailed = found.loc[("all", "all", "all", "voice", "email")]
    assert (mailed["anchors"], mailed["repeats"], mailed["median_h"]) == (3, 2, 3)
    whole = found.loc[("LIS", "pt", "payment", "all", "all")]
    assert (whole["anchors"], whole["repeats"]) == (3, 2)


def test_a_client_is_told_by_its_queues(tmp_path: Path) -> None:
    queues = {
        key: replace(queue, client="Brand" if key == PT else None) for key, queue in CENTRE.queues.items()
    }
    path = tmp_path / "log.parquet"
    told(tmp_path, {"at_s": 0}, {"at_s": 0, **MAIL._asdict(), "customer_id": "L"})
    found = first_contact([path], centre=replace(CENTRE, queues=queues), span=WHOLE).resolution
    by = found[found["period"] == "month"].groupby("client", dropna=False)["answered"].sum()
    assert by["Brand"] == 1
    assert by.sum() == 2
