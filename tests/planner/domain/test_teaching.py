"""A planner's word reaches the queues it names and no others."""

from __future__ import annotations

from datetime import date

from planner.domain.teaching import Teaching

DAY = date(2026, 3, 10)


def test_all_means_every_queue() -> None:
    assert Teaching(DAY, DAY, False, "Ana", "outage").covers(("LIS", "pt", "voice"))


def test_a_named_site_language_or_channel_must_be_the_queues_own() -> None:
    word = Teaching(DAY, DAY, True, "Ana", "real", site="LIS", channel="voice")
    assert word.covers(("LIS", "pt", "voice"))
    assert not word.covers(("LIS", "pt", "chat"))
    assert not word.covers(("CAI", "pt", "voice"))
    assert not Teaching(DAY, DAY, True, "Ana", "real", language="es").covers(("LIS", "pt", "voice"))
