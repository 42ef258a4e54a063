"""Counts with their noun, lists, and names of languages, in the spoken language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from planner.language.numbers import number
from planner.language.speech import ngettext, spoken_locale
from planner.language.tags import locale_of


def counted(count: int, one: str, many: str) -> str:
    """A count with its noun; the extraction finds both forms.

    >>> counted(1, "{n} queue", "{n} queues"), counted(1200, "{n} queue", "{n} queues")
    ('1 queue', '1,200 queues')
    """
    return ngettext(one, many, int(count)).format(n=number(count))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them; Spanish says e before an i.

    >>> listed(["Arabic", "Dutch", "Polish"])
    'Arabic, Dutch and Polish'
    """
    where = spoken_locale()
    if where.language != "en":
        text = str(format_list(list(names), style="standard", locale=where)) if names else ""
        spanish = where.language == "es"
        return re.sub(r" y (?=h?i(?!e))", " e ", text, flags=re.IGNORECASE) if spanish else text
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def sentence(*parts: str) -> str:
    """Whole sentences one after the other, empty ones left out."""
    return " ".join(part for part in parts if part)


def named_language(tag: str) -> str | None:
    """A language by its name in the spoken language (Spanisch (Mexiko)); None where CLDR has none."""
    try:
        known = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    return known.get_display_name(spoken_locale())


def own_name(tag: str) -> str:
    """A language of the interface as its speakers write it, with a capital.

    >>> own_name("pt"), own_name("fr")
    ('Português', 'Français')
    """
    name = locale_of(tag).get_display_name() if "-" in tag else locale_of(tag).get_language_name()
    return str(name)[:1].upper() + str(name)[1:]


def capital(text: str) -> str:
    """The text with a capital letter at its head, to stand at the head of a line.

    >>> capital("queue short"), capital("")
    ('Queue short', '')
    """
    return text[:1].upper() + text[1:]


def inside(text: str) -> str:
    """A label as it stands inside a sentence: a small letter at its head, but in German, where nouns keep it.

    >>> inside("Open disputes")
    'open disputes'
    """
    return text if spoken_locale().language == "de" else text[:1].lower() + text[1:]
