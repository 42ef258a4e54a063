"""Segments become groups of queues; specialists stand before generalists."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planner.domain.centre import Blending, Handling, QueueKey
from planner.domain.problems import InputError
from staffing.simulation.routing import conversations_at_once, group_names, routing, served
from tests.staffing.simulation.centres import centre, queue

PT, ES = QueueKey("LIS", "pt", "voice"), QueueKey("LIS", "es", "voice")
CHAT, MAIL = QueueKey("LIS", "pt", "chat"), QueueKey("LIS", "pt", "email")
QUEUES = (queue(PT), queue(ES), queue(CHAT, handling=Handling(500, concurrency=3)), queue(MAIL))
CENTRE = centre(*QUEUES, blending=Blending(("pt",), 0.3))


def test_a_segment_of_several_languages_serves_every_queue_of_them() -> None:
    found = served([("pt;es", "voice"), ("pt;es", "voice;chat")], site="LIS", centre=CENTRE)
    assert [[q.key for q in group] for group in found] == [[PT, ES], [PT, CHAT, ES]]


def test_segments_outside_contact_form_no_group() -> None:
    schedule = pd.DataFrame(
        {
            "activity": ["contact", "break", "contact", "contact"],
            "language": ["pt", None, "es", "pt"],
            "channel": ["voice", None, "voice", "voice"],
        }
    )
    assert group_names(schedule) == [("es", "voice"), ("pt", "voice")]


def test_specialists_come_before_generalists() -> None:
    groups = served([("pt;es", "voice"), ("pt", "voice")], site="LIS", centre=CENTRE)
    worked, grouped = routing(groups, queues=QUEUES, centre=CENTRE)
    assert list(worked.groups[0]) == [1, 0]
    assert list(worked.groups[1]) == [0, -1]
    assert list(grouped.queues[0]) == [0, 1]


def test_only_voice_groups_of_a_blended_language_take_mail_in_idle_time() -> None:
    groups = served([("pt", "voice"), ("es", "voice"), ("pt", "chat")], site="LIS", centre=CENTRE)
    grouped = routing(groups, queues=QUEUES, centre=CENTRE)[1]
    assert list(grouped.idle_share) == [0.3, 0.0, 0.0]
    assert grouped.blended[0, 0] == 3


def test_the_agents_own_limit_counts_on_written_channels_only() -> None:
    schedule = pd.DataFrame(
        {"agent_id": ["a", "b", "a"], "language": "pt", "channel": ["chat", "chat", "voice"]}
    )
    agents = pd.DataFrame({"agent_id": ["a", "b"], "max_chats": [2.0, np.nan]})
    groups = {("pt", "chat"): [QUEUES[2]], ("pt", "voice"): [QUEUES[0]]}
    assert list(conversations_at_once(schedule, agents=agents, groups=groups)) == [2, 3, 1]


def test_an_unknown_queue_is_named() -> None:
    with pytest.raises(InputError, match="LIS are for sv voice"):
        served([("sv", "voice")], site="LIS", centre=CENTRE)
