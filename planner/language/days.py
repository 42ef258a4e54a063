"""Days, weeks and spans as the reader of the spoken language writes them.

English as the design asks (Tue 24 Nov), the others as CLDR has it; without commas and without the dots of
short names, so that tables and charts stay narrow.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_interval

from planner.language.speech import pgettext, spoken_locale

PATTERNS = {"MMMEd": "EEE d MMM", "MMMd": "d MMM", "yMMMd": "d MMM y", "yMMMEd": "EEE d MMM y"}
PLAIN = ("en", "pt")  # written as PATTERNS; CLDR has commas here, and figures for months there
FIXED = {"cccc": "cccc", "ccc": "ccc", "MMM": "MMM", "yMMM": "MMM y"}  # alike everywhere
CACHED = 8192  # days written, in all languages together


def day(moment: date) -> str:
    """Tue 24 Nov.

    >>> day(date(2026, 11, 24))
    'Tue 24 Nov'
    """
    return _shown(moment, "MMMEd")


def short_day(moment: date) -> str:
    """24 Nov."""
    return _shown(moment, "MMMd")


def long_day(moment: date) -> str:
    """24 Nov 2026."""
    return _shown(moment, "yMMMd")


def day_and_year(moment: date) -> str:
    """Tue 24 Nov 2026."""
    return _shown(moment, "yMMMEd")


def month(moment: date) -> str:
    """Nov 2026."""
    return _shown(moment, "yMMM")


def weekday(moment: date) -> str:
    """Tuesday.

    >>> weekday(date(2026, 11, 24))
    'Tuesday'
    """
    return _shown(moment, "cccc")


def short_weekday(moment: date) -> str:
    """Tue."""
    return _shown(moment, "ccc")


def _shown(moment: date, skeleton: str) -> str:
    return _written(date(moment.year, moment.month, moment.day), skeleton, str(spoken_locale()))


@lru_cache(maxsize=CACHED)
def _written(moment: date, skeleton: str, locale: str) -> str:
    where = Locale.parse(locale)
    known = FIXED | PATTERNS if where.language in PLAIN else FIXED
    pattern = known.get(skeleton) or where.datetime_skeletons[skeleton].pattern
    # Babel may give another language's short months where they stand alone (L), never inside a date (M)
    return _tidy(format_date(moment, pattern.replace("L", "M"), locale=where))


def _tidy(text: str) -> str:
    """Without commas, and without dots behind letters; the dot of a German 24. stays."""
    return re.sub(r"(?<=[^\W\d])\.", "", text).replace(",", "")


def span(first: date, last: date) -> str:
    """From day to day, the year once: 16–22 Nov 2026.

    >>> span(date(2026, 9, 28), date(2026, 10, 4)), span(date(2026, 11, 16), date(2026, 11, 22))
    ('28 Sep – 4 Oct 2026', '16–22 Nov 2026')
    """
    begin, end = date(first.year, first.month, first.day), date(last.year, last.month, last.day)
    if begin == end:
        return long_day(end)
    where = spoken_locale()
    if where.language not in PLAIN:
        return _tidy(format_interval(begin, end, "yMMMd", locale=where))
    if (begin.year, begin.month) == (end.year, end.month):
        return f"{begin.day}–{long_day(end)}"
    return f"{short_day(begin) if begin.year == end.year else long_day(begin)} – {long_day(end)}"


def week(monday: date) -> str:
    """The ISO week: W48.

    >>> week(date(2026, 11, 23))
    'W48'
    """
    return pgettext("short, of the year", "W{n}").format(n=week_number(monday))


def week_number(monday: date) -> int:
    """The number of the ISO week."""
    return monday.isocalendar()[1]


def numeric_pattern() -> str:
    """Day, month and year in figures, as tables drawn on a canvas ask for it: DD/MM/YYYY."""
    pattern = spoken_locale().date_formats["short"].pattern
    order = re.sub(r"y+", "YYYY", re.sub(r"M+", "MM", re.sub(r"d+", "DD", pattern)))
    return re.sub(r"[^DMY./-]", "", order)


def column_day() -> str:
    """How a table on a canvas, which knows no names, writes a day: Tue 24 Nov in English, else in figures."""
    return "ddd D MMM" if spoken_locale().language == "en" else numeric_pattern()


def calendar_names() -> dict[str, list[str]]:
    """Names as charts ask for them: days, shortDays (from Sunday), months, shortMonths (from January)."""
    return {kind: list(names) for kind, names in _names(str(spoken_locale())).items()}


@lru_cache(maxsize=64)
def _names(locale: str) -> dict[str, tuple[str, ...]]:
    sunday = [date(2026, 11, 22 + n) for n in range(7)]
    months = [date(2026, n, 1) for n in range(1, 13)]
    return {
        "days": tuple(_written(one, "cccc", locale) for one in sunday),
        "shortDays": tuple(_written(one, "ccc", locale) for one in sunday),
        "months": tuple(_tidy(format_date(one, "LLLL", locale=locale)) for one in months),
        "shortMonths": tuple(_written(one, "MMM", locale) for one in months),
    }
