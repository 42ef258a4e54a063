"""Numbers, times and shares as the reader sees them. Missing is a dash, never 0."""

from __future__ import annotations

from datetime import date

import pandas as pd

NO_BREAK = "\u00a0"
MINUS = "\u2212"
MISSING = "–"

CHANNEL_NAMES = {
    "voice": "Voice",
    "chat": "Chat",
    "messaging": "Messaging",
    "email": "E-mail",
    "backoffice": "Back office",
}
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}


def number(value: float | None, digits: int = 0) -> str:
    """12,480 with a true minus.

    >>> number(-12480.4)
    '−12,480'
    """
    if value is None or pd.isna(value):
        return MISSING
    text = f"{value:,.{digits}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text.replace("-", MINUS)


def percent(share: float | None, digits: int = 1) -> str:
    """A share 0..1 as 77.6 %.

    >>> percent(0.776).replace(NO_BREAK, " ")
    '77.6 %'
    """
    if share is None or pd.isna(share):
        return MISSING
    return f"{number(share * 100, digits)}{NO_BREAK}%"


def points(difference: float | None, digits: int = 1) -> str:
    """A difference of two shares in percentage points, always with its sign.

    >>> points(-0.024), points(0.0001), points(0.031)
    ('−2.4', '±0', '+3.1')
    """
    return signed(None if difference is None else difference * 100, digits)


def signed(difference: float | None, digits: int = 1) -> str:
    """A difference with its sign; ±0 where rounding leaves nothing.

    >>> signed(2.04), signed(-3, 0)
    ('+2.0', '−3')
    """
    if difference is None or pd.isna(difference):
        return MISSING
    if round(abs(difference), digits) == 0:
        return "±0"
    return f"{'+' if difference > 0 else MINUS}{abs(difference):,.{digits}f}"


def chance(share: float | None) -> str:
    """A chance as a whole percent, "> 99 %" and "< 1 %" at the ends.

    >>> chance(0.995).replace(NO_BREAK, " "), chance(0.31).replace(NO_BREAK, " ")
    ('> 99 %', '31 %')
    """
    if share is None or pd.isna(share):
        return MISSING
    if share > 0.99:
        return f">{NO_BREAK}99{NO_BREAK}%"
    return f"<{NO_BREAK}1{NO_BREAK}%" if share < 0.01 else percent(share, 0)


def money(amount: float | None, currency: str) -> str:
    """An amount in thousands where it is large: € 453 k.

    >>> money(453_210, "EUR").replace(NO_BREAK, " "), money(2.7, "EUR").replace(NO_BREAK, " ")
    ('€ 453 k', '€ 2.70')
    """
    if amount is None or pd.isna(amount):
        return MISSING
    sign = CURRENCY_SIGNS.get(currency, currency)
    if abs(amount) >= 10_000:
        return f"{sign}{NO_BREAK}{number(amount / 1000)}{NO_BREAK}k"
    return f"{sign}{NO_BREAK}{number(amount, 0 if abs(amount) >= 100 else 2)}"


def day(moment: date) -> str:
    """Tue 24 Nov.

    >>> day(date(2026, 11, 24))
    'Tue 24 Nov'
    """
    return f"{moment:%a} {short_day(moment)}"


def short_day(moment: date) -> str:
    """24 Nov."""
    return f"{moment.day} {moment:%b}"


def long_day(moment: date) -> str:
    """24 Nov 2026."""
    return f"{short_day(moment)} {moment.year}"


def span(first: date, last: date) -> str:
    """From day to day, the year once: 16–22 Nov 2026.

    >>> span(date(2026, 9, 28), date(2026, 10, 4)), span(date(2026, 11, 16), date(2026, 11, 22))
    ('28 Sep – 4 Oct 2026', '16–22 Nov 2026')
    """
    if (first.year, first.month) == (last.year, last.month):
        return long_day(last) if first == last else f"{first.day}–{long_day(last)}"
    begin = short_day(first) if first.year == last.year else long_day(first)
    return f"{begin} – {long_day(last)}"


def week(monday: date) -> str:
    """The ISO week: W48.

    >>> week(date(2026, 11, 23))
    'W48'
    """
    return f"W{monday.isocalendar()[1]}"


def channel(name: str) -> str:
    """The channel's name on screen."""
    return CHANNEL_NAMES.get(name, name.replace("_", " ").capitalize())


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 queue, 12 queues.

    >>> counted(1, "queue"), counted(1200, "queue")
    ('1 queue', '1,200 queues')
    """
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["Arabic", "Dutch", "Polish"])
    'Arabic, Dutch and Polish'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
