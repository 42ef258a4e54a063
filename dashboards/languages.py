"""Languages under their own name and in English, for readers who speak only one of the two."""

from __future__ import annotations

from planner.domain.language_names import LANGUAGE_NAMES as LANGUAGE_NAMES

LEFT_TO_RIGHT = "\u200e"  # keeps "العربية · Arabic" in this order in tables drawn on a canvas
SHORT = 26  # letters that a narrow column holds
WRITTEN_LEFTWARD = ("ar", "fa", "he", "ur")


def _names(tag: str) -> tuple[str, str]:
    """Own and English name; a region we do not know stands in brackets, a language as its tag."""
    base, _, region = tag.partition("-")
    mark = LEFT_TO_RIGHT if base in WRITTEN_LEFTWARD else ""
    if tag in LANGUAGE_NAMES:
        own, english = LANGUAGE_NAMES[tag]
        return mark + own, english
    own, english = LANGUAGE_NAMES.get(base, (base, base))
    return (f"{mark}{own} ({region})", f"{english} ({region})") if region else (mark + own, english)


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
    """The language in English, as it stands in sentences.

    >>> english_name("pt-AO")
    'Portuguese (AO)'
    """
    return _names(tag)[1]


def both_names(tag: str) -> str:
    """Own name, then English: Türkçe · Turkish; one of them where they are the same.

    >>> both_names("en")
    'English'
    """
    own, english = _names(tag)
    return own if own == english else f"{own} · {english}"
