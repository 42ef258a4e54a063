"""Languages by their BCP 47 tags: how their speakers and how the English call them, and back again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

# BCP 47 tag: own name, English name
LANGUAGE_NAMES: dict[str, tuple[str, str]] = {
    "ar": ("العربية", "Arabic"),
    "bg": ("Български", "Bulgarian"),
    "ca": ("Català", "Catalan"),
    "cs": ("Čeština", "Czech"),
    "da": ("Dansk", "Danish"),
    "de": ("Deutsch", "German"),
    "el": ("Ελληνικά", "Greek"),
    "en": ("English", "English"),
    "en-GB": ("English (UK)", "English (UK)"),
    "en-US": ("English (US)", "English (US)"),
    "es": ("Español", "Spanish"),
    "es-MX": ("Español (México)", "Spanish (Mexico)"),
    "et": ("Eesti", "Estonian"),
    "fa": ("فارسی", "Persian"),
    "fi": ("Suomi", "Finnish"),
    "fr": ("Français", "French"),
    "fr-CA": ("Français (Canada)", "French (Canada)"),
    "he": ("עברית", "Hebrew"),
    "hi": ("हिन्दी", "Hindi"),
    "hr": ("Hrvatski", "Croatian"),
    "hu": ("Magyar", "Hungarian"),
    "id": ("Bahasa Indonesia", "Indonesian"),
    "it": ("Italiano", "Italian"),
    "ja": ("日本語", "Japanese"),
    "ko": ("한국어", "Korean"),
    "lt": ("Lietuvių", "Lithuanian"),
    "lv": ("Latviešu", "Latvian"),
    "ms": ("Bahasa Melayu", "Malay"),
    "nb": ("Norsk bokmål", "Norwegian"),
    "nl": ("Nederlands", "Dutch"),
    "nl-BE": ("Nederlands (België)", "Dutch (Belgium)"),
    "no": ("Norsk", "Norwegian"),
    "pl": ("Polski", "Polish"),
    "pt": ("Português", "Portuguese"),
    "pt-BR": ("Português (Brasil)", "Portuguese (Brazil)"),
    "ro": ("Română", "Romanian"),
    "ru": ("Русский", "Russian"),
    "sk": ("Slovenčina", "Slovak"),
    "sl": ("Slovenščina", "Slovene"),
    "sr": ("Српски", "Serbian"),
    "sv": ("Svenska", "Swedish"),
    "th": ("ไทย", "Thai"),
    "tl": ("Tagalog", "Tagalog"),
    "tr": ("Türkçe", "Turkish"),
    "uk": ("Українська", "Ukrainian"),
    "ur": ("اردو", "Urdu"),
    "vi": ("Tiếng Việt", "Vietnamese"),
    "zh": ("中文", "Chinese"),
}
TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")


def tag_of(text: str, known: Collection[str] = ()) -> str | None:
    """The tag that a text means, whether a tag or a name in English or its own language; None if none.

    Of `known` tags the one meant is taken where there is just one: with en-GB alone, English is en-GB.

    >>> tag_of("Portuguese (Brazil)"), tag_of("PT_br"), tag_of("Português"), tag_of("Billing")
    ('pt-BR', 'pt-BR', 'pt', None)
    """
    name = plain_letters(text)
    exact = [tag for tag in known if name in (plain_letters(tag), *_names_of(tag))]
    found = exact[0] if exact else _by_name().get(name) or _as_tag(text)
    if found is None or found in known or not known:
        return found
    near = [tag for tag in known if tag.partition("-")[0] == found.partition("-")[0]]
    return near[0] if len(near) == 1 else found


def plain_letters(text: str) -> str:
    """A text in small letters, without accents and with single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(bare.replace("_", " ").split())


def _names_of(tag: str) -> tuple[str, ...]:
    return tuple(plain_letters(name) for name in LANGUAGE_NAMES.get(tag, ()))


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    return {name: tag for tag in LANGUAGE_NAMES for name in _names_of(tag)}


def _as_tag(text: str) -> str | None:
    """A tag however it is written, of a language that we have a name for."""
    found = TAG.fullmatch(text.strip())
    if found is None or found[1].lower() not in LANGUAGE_NAMES:
        return None
    region = found[2]
    return found[1].lower() + (f"-{region.upper()}" if region else "")
