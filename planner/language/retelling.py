"""What the rooms wrote into tables in English, told again in the spoken language."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache, reduce

from babel import Locale

from planner.language.days import day_and_year
from planner.language.numbers import MINUS, exact
from planner.language.room_words import NAMES, TEMPLATES
from planner.language.speech import _, spoken_locale
from planner.language.words import listed

NUMBER = re.compile(rf"[-{MINUS}+]?\d[\d,]*(\.\d+)?")
DAY = re.compile(r"[A-Z][a-z]{2} \d{1,2} [A-Z][a-z]{2} \d{4}")
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
CACHED = 4096  # texts taken apart; they are the same in every language

Parts = tuple[tuple[str, str], ...]  # the template's fields and what stands in them


def retold(text: str) -> str:
    """A room's text in the spoken language, its numbers, days and languages with it; else as it is.

    >>> retold("80 % in 20 s")
    '80 % in 20 s'
    """
    if spoken_locale().language == "en" or not text:
        return text
    whole = _(text)
    if whole != text:
        return whole
    if "; " in text and all(taken_apart(part) for part in text.split("; ")):
        return reduce(_joined, [retold(part) for part in text.split("; ")])
    found = taken_apart(text)
    if found is None:
        return text
    template, parts = found
    return _(template).format(**{name: _part(value) for name, value in parts})


def _joined(first: str, then: str) -> str:
    return _("{first}; {then}").format(first=first, then=then)


@lru_cache(maxsize=CACHED)
def taken_apart(text: str) -> tuple[str, Parts] | None:
    """The template a text was written by and what stands in its fields; None where there is none.

    >>> taken_apart("abandonment ≤ 5 %")
    ('abandonment ≤ {share} %', (('share', '5'),))
    """
    if text in NAMES:
        return text, ()
    for template, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return template, tuple(found.groupdict().items())
    return None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Templates as patterns, the one that says most first."""
    said = sorted(TEMPLATES, key=lambda text: -len(re.sub(r"\{\w+\}", "", text)))
    return tuple((text, re.compile(_pattern(text))) for text in said)


def _pattern(template: str) -> str:
    parts = re.split(r"\{(\w+)\}", template)
    return "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))


def _part(value: str) -> str:
    """What stands in a field: a number, a day, languages, weekdays, or words of a room."""
    if NUMBER.fullmatch(value):
        return exact(float(value.replace(",", "").replace(MINUS, "-")))
    if DAY.fullmatch(value):
        return day_and_year(datetime.strptime(value, "%a %d %b %Y").date())
    names = re.split(r", | and ", value)
    if all(name in _languages() for name in names):
        languages = spoken_locale().languages
        return listed([str(languages.get(_languages()[name], name)) for name in names])
    return _(value) if value in WEEKDAYS else retold(value)


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Languages by their English names."""
    return {str(name): str(tag) for tag, name in Locale("en").languages.items()}
