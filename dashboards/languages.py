"""Languages under their own name and in the language of the interface, for readers of only one of them."""

from __future__ import annotations

from planner.domain.language_names import LANGUAGE_NAMES as LANGUAGE_NAMES
from planner.language import spoken_locale
from planner.language.words import named_language

LEFT_TO_RIGHT = "\u200e"  # keeps "العربية · Arabic" in this order in tables drawn on a canvas
SHORT = 26  # letters that a narrow column holds
WRITTEN_LEFTWARD = ("ar", "fa", "he", "ur")


def _names(tag: str) -> tuple[str, str]:
    """Own name and that in the spoken language.

    A region we do not know stands in brackets, a language as its tag.
    """
    base, _, region = tag.partition("-")
    mark = LEFT_TO_RIGHT if base in WRITTEN_LEFTWARD else ""
    if tag in LANGUAGE_NAMES:
        own, english = LANGUAGE_NAMES[tag]
        return mark + own, _spoken_name(tag, english)
    own, english = LANGUAGE_NAMES.get(base, (base, base))
    name = _spoken_name(base, english)
    return (f"{mark}{own} ({region})", f"{name} ({region})") if region else (mark + own, name)


def _spoken_name(tag: str, english: str) -> str:
    if spoken_locale().language == "en":
        return english
    return named_language(tag) or english


def own_name(tag: str) -> str:
    """The language as its speakers write it, left to right in any row.

    >>> own_name("ja")
    '日本語'
    """
    return _names(tag)[0]


def short_names(tag: str) -> str:
    """Both names where they are short, else the own name alone, for narrow columns.

    >>> short_names("es-MX")
    'Español (México)'
    """
    return both_names(tag) if len(both_names(tag)) <= SHORT else own_name(tag)


def english_name(tag: str) -> str:
    """The language in the spoken language, as it stands in sentences.

    >>> english_name("pt-AO")
    'Portuguese (AO)'
    """
    return _names(tag)[1]


def both_names(tag: str) -> str:
    """Own name, then the reader's: Türkçe · Turkish; one of them where they are the same.

    >>> both_names("en")
    'English'
    """
    own, english = _names(tag)
    return own if own.casefold() == english.casefold() else f"{own} · {english}"
