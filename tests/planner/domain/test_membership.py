"""Rows that are not the centre's are refused: codes, queues, contracts, hours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from planner.domain.centre import Centre, Contract, Handling, Queue, QueueKey, Site, Target
from planner.domain.membership import of_centre, open_within
from planner.domain.problems import InputError
from planner.domain.table import Table
from planner.domain.tables import AGENTS, EVENTS, VOLUME
from planner.domain.timegrid import OpeningHours, around_the_clock

OFFICE = OpeningHours("Europe/Lisbon", dict.fromkeys(range(5), ((540, 1140),)), closed=frozenset({"12-25"}))


def queue(site: str, language: str, channel: str, kind: str) -> Queue:
    return Queue(QueueKey(site, language, channel), kind, OFFICE, Target(), Handling(300))


QUEUES = [
    queue("LIS", "pt", "voice", "immediate"),
    queue("LIS", "pt", "chat", "concurrent"),
    queue("LIS", "pt", "email", "deferred"),
    queue("SVQ", "es", "voice", "immediate"),
]
CENTRE = Centre(
    "Two sites",
    30,
    {
        code: Site(code, code, "PT", "Europe/Lisbon", around_the_clock("Europe/Lisbon"))
        for code in ("LIS", "SVQ")
    },
    {q.key: q for q in QUEUES},
    {"full": Contract("full", 40, 5, (8.0,))},
    (),
)


def volume(channel: str, start: str, offered: int = 1, minutes: int = 30) -> pd.DataFrame:
    row = {"site": "LIS", "language": "pt", "channel": channel, "interval_start": start}
    return pd.DataFrame([row | {"interval_min": minutes, "offered": offered}])


def codes(table: Table, frame: pd.DataFrame) -> list[tuple[str, str | None]]:
    try:
        of_centre(table, CENTRE).check(frame)
    except InputError as refused:
        return [(problem.code, problem.column) for problem in refused.problems]
    return []


MONDAY, SATURDAY, CHRISTMAS = "2026-10-05T10:00+01:00", "2026-10-10T10:00+01:00", "2026-12-25T10:00Z"


@pytest.mark.parametrize("day", [SATURDAY, CHRISTMAS])
def test_only_an_immediate_channel_must_be_open_to_be_offered_contacts(day: str) -> None:
    assert codes(VOLUME, volume("voice", day)) == [("closed_volume", "offered")]
    assert codes(VOLUME, volume("voice", day, offered=0)) == []
    assert codes(VOLUME, volume("email", day)) == []
    assert codes(VOLUME, volume("chat", day)) == []
    assert codes(VOLUME, volume("voice", MONDAY)) == []


@pytest.mark.parametrize(
    ("start", "minutes", "is_open"),
    [
        ("2026-10-05T08:30+01:00", 30, False),
        ("2026-10-05T08:30+01:00", 60, True),
        ("2026-10-05T18:30+01:00", 30, True),
        ("2026-10-05T19:00+01:00", 60, False),
        ("2026-10-05T00:00+01:00", 1440, True),
        ("2026-10-10T00:00+01:00", 1440, False),
    ],
)
def test_an_interval_is_open_when_any_quarter_of_it_is(start: str, minutes: int, is_open: bool) -> None:
    assert (codes(VOLUME, volume("voice", start, minutes=minutes)) == []) is is_open


def test_open_within_agrees_with_every_minute_looked_at() -> None:
    starts = pd.date_range("2026-10-23", periods=400, freq="15min", tz="UTC")
    frame = pd.DataFrame({"interval_start": starts, "interval_min": [15, 30, 60, 15] * 100})

    def any_minute(start: pd.Timestamp, minutes: int) -> bool:
        clocks = [
            datetime.fromtimestamp(start.timestamp() + 60 * m, ZoneInfo("Europe/Lisbon"))
            for m in range(minutes)
        ]
        return any(c.weekday() < 5 and 9 <= c.hour < 19 for c in clocks)

    expected = [
        any_minute(start, minutes) for start, minutes in zip(starts, frame["interval_min"], strict=True)
    ]
    assert open_within(OFFICE, frame).tolist() == expected


@pytest.mark.parametrize("column", ["site", "language", "channel"])
def test_an_unknown_code_is_named_in_its_column(column: str) -> None:
    assert codes(VOLUME, volume("voice", MONDAY).assign(**{column: "xx"})) == [("unknown_value", column)]


def test_known_codes_may_still_be_no_queue() -> None:
    frame = volume("voice", MONDAY).assign(site="SVQ")
    with pytest.raises(InputError, match=r"SVQ · pt · voice is no queue in plan\.yaml; SVQ answers es voice"):
        of_centre(VOLUME, CENTRE).check(frame)


def test_an_agent_has_a_known_contract_known_channels_and_languages_that_can_be_read() -> None:
    agent = pd.DataFrame(
        [{"agent_id": "7", "site": "LIS", "contract": "full", "languages": "pt:native", "channels": "voice"}]
    )
    assert codes(AGENTS, agent) == []
    assert codes(AGENTS, agent.assign(languages="pt-BR:native; es; fil:basic", channels="voice; chat")) == []
    assert codes(AGENTS, agent.assign(contract="part")) == [("unknown_value", "contract")]
    assert codes(AGENTS, agent.assign(channels="voice;fax")) == [("unknown_value", "channels")]
    assert codes(AGENTS, agent.assign(languages="Portuguese")) == [("not_languages", "languages")]
    assert codes(AGENTS, agent.assign(languages="pt;;es")) == [("not_languages", "languages")]


def test_an_event_touches_languages_of_the_centre_or_all() -> None:
    event = pd.DataFrame(
        [{"name": "Sale", "kind": "sale", "first_day": "2026-11-27", "last_day": "2026-11-30"}]
    )
    assert codes(EVENTS, event) == []
    assert codes(EVENTS, event.assign(languages="")) == []
    assert codes(EVENTS, event.assign(languages="pt;es")) == []
    assert codes(EVENTS, event.assign(languages="pt;ro")) == [("unknown_value", "languages")]
