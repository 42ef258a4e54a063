"""Contact segments in languages and channels of the agent, in queues of the site."""

from tests.staffing.rules.hand import agents, broken, shift


def test_a_language_the_agent_does_not_speak_is_reported() -> None:
    assert broken(shift("2026-10-05 09:00", language="it")) == [("skills", "ana", "10-05")]


def test_a_channel_the_agent_does_not_serve_is_reported() -> None:
    only_voice = agents(channels="voice")
    assert broken(shift("2026-10-05 09:00", channel="chat"), people=only_voice) == [
        ("skills", "ana", "10-05")
    ]
    assert broken(shift("2026-10-05 09:00", channel="voice"), people=only_voice) == []


def test_a_queue_the_site_does_not_have_is_reported() -> None:
    both = agents(languages="es:native;it:fluent")
    assert broken(shift("2026-10-05 09:00", language="it", channel="chat"), people=both) == [
        ("skills", "ana", "10-05")
    ]
    assert broken(shift("2026-10-05 09:00", language="it", channel="voice"), people=both) == []
