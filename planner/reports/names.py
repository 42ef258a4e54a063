"""Languages, sites and queues as the paper names them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain.centre import Centre
from planner.domain.language_names import LANGUAGE_NAMES
from planner.language.channels import channel_words
from planner.language.words import named_language
from planner.scorecards.rollups import ALL

FIRST_STRONG_ISOLATE, END = "\u2068", "\u2069"  # keep a name's letters together in any sentence


def language_name(tag: str) -> str:
    """Own name and that in the spoken language: Türkçe · Turkish; one where they are the same.

    >>> language_name("en")
    'English'
    """
    own, english = LANGUAGE_NAMES.get(tag) or _of_base(tag)
    spoken = named_language(tag) or english
    if own.casefold() == spoken.casefold():
        return own
    return f"{FIRST_STRONG_ISOLATE}{own}{END} · {FIRST_STRONG_ISOLATE}{spoken}{END}"


def _of_base(tag: str) -> tuple[str, str]:
    """A region that we have no name for stands in brackets behind its language."""
    base, _, region = tag.partition("-")
    own, english = LANGUAGE_NAMES.get(base, (base, base))
    return (f"{own} ({region})", f"{english} ({region})") if region else (own, english)


def site_name(centre: Centre, code: str) -> str:
    """The site's name."""
    return centre.sites[code].name if code in centre.sites else code


def queue_name(centre: Centre, key: Sequence[str]) -> str:
    """A queue in a row: 日本語 · Japanese, Manila, voice."""
    site, language, channel = key
    parts = [
        language_name(language) if language != ALL else "",
        site_name(centre, site) if site != ALL else "",
        channel_words(channel) if channel != ALL else "",
    ]
    return ", ".join(part for part in parts if part)
