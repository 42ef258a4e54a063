"""Numbers, shares and amounts as the reader of the spoken language sees them. Missing is a dash, never 0."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol, parse_pattern

from planner.language.speech import pgettext, spoken_locale

NO_BREAK = "\u00a0"
MINUS = "\u2212"
MISSING = "–"
CURRENCY_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£"}
THOUSANDS = (3, 3)  # digits of a group nearly everywhere; Hindi groups by two


def number(value: float | None, digits: int = 0) -> str:
    """12,480 with a true minus, its separators those of the language.

    >>> number(-12480.4)
    '−12,480'
    """
    if value is None or pd.isna(value):
        return MISSING
    return _written(f"{value:,.{digits}f}", spoken_locale())


def exact(value: float | None) -> str:
    """A number with the digits it was given with: 80, 7.5.

    >>> exact(7.5), exact(80.0)
    ('7.5', '80')
    """
    return MISSING if value is None or pd.isna(value) else _written(f"{value:,g}", spoken_locale())


def _written(text: str, locale: Locale) -> str:
    """A number in Python's writing (1,234.5) in that of the locale; a rounded nothing has no minus."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    if "e" in digits or not any(figure in digits for figure in "123456789"):
        return digits.translate(_separators(str(locale)))
    if _grouping(str(locale)) != THOUSANDS:
        whole, _, part = digits.replace(",", "").partition(".")
        digits = parse_pattern("#,##,##0").apply(int(whole), locale) + (f".{part}" if part else "")
    else:
        digits = digits.translate(_separators(str(locale)))
    return (MINUS if sign else "") + digits


@lru_cache(maxsize=64)
def _grouping(locale: str) -> tuple[int, int]:
    first, second = Locale.parse(locale).decimal_formats[None].grouping
    return first, second


@lru_cache(maxsize=64)
def _separators(locale: str) -> dict[int, str]:
    group = get_group_symbol(locale).replace(" ", NO_BREAK)
    return str.maketrans({",": group, ".": get_decimal_symbol(locale)})


def separators() -> str:
    """Decimal sign and sign between thousands, as charts ask for them.

    >>> separators()
    '.,'
    """
    found = _separators(str(spoken_locale()))
    return found[ord(".")] + found[ord(",")]


def percent(share: float | None, digits: int = 1) -> str:
    """A share 0..1 as 77.6 %.

    >>> percent(0.776).replace(NO_BREAK, " ")
    '77.6 %'
    """
    if share is None or pd.isna(share):
        return MISSING
    return with_percent(number(share * 100, digits))


def exact_percent(share: float | None) -> str:
    """A share 0..1 with the digits it was given with: 80 %, 7.5 %.

    >>> exact_percent(0.075).replace(NO_BREAK, " ")
    '7.5 %'
    """
    return MISSING if share is None or pd.isna(share) else with_percent(exact(share * 100))


def with_percent(written: str) -> str:
    """A written number with the sign where the language puts it: 12 %, in Turkish %12."""
    if spoken_locale().percent_formats[None].pattern.startswith("%"):
        return f"%{written}"
    return f"{written}{NO_BREAK}%"


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
    return f"{'+' if difference > 0 else MINUS}{number(abs(difference), digits)}"


def chance(share: float | None) -> str:
    """A chance as a whole percent, "> 99 %" and "< 1 %" at the ends.

    >>> chance(0.995).replace(NO_BREAK, " "), chance(0.31).replace(NO_BREAK, " ")
    ('> 99 %', '31 %')
    """
    if share is None or pd.isna(share):
        return MISSING
    if share > 0.99:
        return f">{NO_BREAK}{with_percent('99')}"
    return f"<{NO_BREAK}{with_percent('1')}" if share < 0.01 else percent(share, 0)


def money(amount: float | None, currency: str) -> str:
    """An amount in thousands where it is large: € 453 k.

    >>> money(453_210, "EUR").replace(NO_BREAK, " "), money(2.7, "EUR").replace(NO_BREAK, " ")
    ('€ 453 k', '€ 2.70')
    """
    if amount is None or pd.isna(amount):
        return MISSING
    sign = CURRENCY_SIGNS.get(currency, currency)
    if abs(amount) >= 10_000:
        text = pgettext("thousands of money", "{sign}\u00a0{amount}\u00a0k")
        return text.format(sign=sign, amount=number(amount / 1000))
    written = number(amount, 0 if abs(amount) >= 100 else 2)
    return pgettext("money", "{sign}\u00a0{amount}").format(sign=sign, amount=written)
