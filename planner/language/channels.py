"""Names of channels in the spoken language."""

from __future__ import annotations

from planner.language.speech import _, message

NAMES = {
    "voice": message("Voice"),
    "chat": message("Chat"),
    "messaging": message("Messaging"),
    "email": message("E-mail"),
    "backoffice": message("Back office"),
}
IN_SENTENCES = {
    "voice": message("voice"),
    "chat": message("chat"),
    "messaging": message("messaging"),
    "email": message("e-mail"),
    "backoffice": message("back office"),
}


def channel(name: str) -> str:
    """The channel's name as a heading or row has it.

    >>> channel("email"), channel("video_call")
    ('E-mail', 'Video call')
    """
    return _(NAMES.get(name, name.replace("_", " ").capitalize()))


def channel_words(name: str) -> str:
    """The channel's name inside a sentence.

    >>> channel_words("email"), channel_words("video_call")
    ('e-mail', 'video call')
    """
    return _(IN_SENTENCES.get(name, name.replace("_", " ")))
