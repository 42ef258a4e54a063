"""Which queue a file means: with a plan one of its own, without one whatever the file names."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.centre import Centre, QueueKey
from planner.domain.language_names import plain_letters, tag_of
from planner.importers.plain.names import CHANNEL_WORDS
from planner.pipeline.plain.needed import Means, NotAQueue, Told

SITE, LANGUAGE, CHANNEL = "site", "all", "voice"  # where the file names none


def queues_of_plan(centre: Centre) -> Means:
    """The plan's queue that is meant: site by code or name, language by tag or name, channel by its words.

    What is not told is taken where the plan leaves no choice, and the channel is voice where there is one.
    """

    def means(told: Told) -> QueueKey:
        site = _site(told.site, centre)
        here = [queue.key for queue in centre.queues_at(site)]
        tags = list(dict.fromkeys(key.language for key in here))
        language = _language(told.language, tags, site)
        channels = [key.channel for key in here if key.language == language]
        return QueueKey(site, language, _channel(told.channel, channels, f"{language} at {site}"))

    return means


def _site(text: str, centre: Centre) -> str:
    names = {plain_letters(name): code for code, site in centre.sites.items() for name in (site.name, code)}
    found = names.get(plain_letters(text))
    if text and found is None:
        raise NotAQueue("site", f"“{text}” is no site of the plan; known: {', '.join(centre.sites)}")
    if found is None and len(centre.sites) > 1:
        raise NotAQueue("site", f"no column tells the site, and the plan has {', '.join(centre.sites)}")
    return found or next(iter(centre.sites))


def _language(text: str, tags: Sequence[str], site: str) -> str:
    found = tag_of(text, tags) if text else None
    listed = ", ".join(tags) or "no language"
    if text and found not in tags:
        raise NotAQueue("language", f"“{text}” is no language of {site}, which answers {listed}")
    if found is None and len(tags) != 1:
        raise NotAQueue("language", f"no column tells the language, and {site} answers {listed}")
    return found or tags[0]


def _channel(text: str, channels: Sequence[str], where: str) -> str:
    meant = CHANNEL_WORDS.get(text.casefold(), text.casefold()) if text else CHANNEL
    found = next((channel for channel in channels if channel.casefold() == meant), None)
    if found is None and not text and len(channels) == 1:
        found = channels[0]
    if found is None:
        listed = ", ".join(channels)
        said = f"“{text}” is no channel" if text else "no column tells the channel"
        raise NotAQueue("channel", f"{said} of {where}, which has {listed}")
    return found


def queues_as_told(told: Told) -> QueueKey:
    """A queue under the file's own names; languages under their tags where they have one."""
    language = tag_of(told.language) or told.language.replace(";", " ").replace(":", " ") or LANGUAGE
    channel = CHANNEL_WORDS.get(told.channel.casefold(), told.channel.casefold()) or CHANNEL
    return QueueKey(told.site or SITE, language, channel)
