"""Countries and their parts by the codes that `holidays` knows."""

from __future__ import annotations

from collections.abc import Sequence

import holidays

from planner.domain.problems import InputError, Problem


def country_codes(countries: Sequence[str], subdivision: str | None) -> tuple[str, ...]:
    """Codes such as CA-ON, the subdivision with the first country; InputError names what nobody knows."""
    known = holidays.list_supported_countries(include_aliases=True)
    codes = [country.strip().upper() for country in countries]
    wrong = [Problem("unknown_country", _unknown(code, known)) for code in codes if code not in known]
    if subdivision and not codes:
        wrong.append(Problem("no_country", "--subdivision needs its --country"))
    if wrong:
        raise InputError(wrong)
    if not subdivision:
        return tuple(codes)
    return (f"{codes[0]}-{_part(codes[0], subdivision, known[codes[0]])}", *codes[1:])


def _unknown(code: str, known: dict[str, list[str]]) -> str:
    near = ", ".join(sorted(each for each in known if each[:1] == code[:1] and len(each) == 2))
    return f"“{code}” is no country whose holidays are known; write its two letters, such as {near or 'CA'}"


def _part(country: str, subdivision: str, parts: Sequence[str]) -> str:
    found = [part for part in parts if part.casefold() == subdivision.strip().casefold()]
    if not found:
        listed = ", ".join(parts) or "none"
        note = f"“{subdivision}” is no part of {country} whose holidays are known; known: {listed}"
        raise InputError([Problem("unknown_subdivision", note)])
    return found[0]
