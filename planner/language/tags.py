"""Language tags: which of the languages that can be read is nearest to what a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from babel import Locale, UnknownLocaleError

from planner.language.catalogues import SOURCE, languages


def tidy(tag: str) -> str:
    """A tag with hyphens and the usual capitals.

    >>> tidy("PT_br"), tidy("zh-hant-TW")
    ('pt-BR', 'zh-Hant-TW')
    """
    first, *rest = tag.strip().replace("_", "-").split("-")
    return "-".join([first.lower(), *(p.upper() if len(p) == 2 else p.capitalize() for p in rest)])


def chain(tag: str) -> tuple[str, ...]:
    """The tag and what stands in for it, from the nearest to English.

    >>> chain("pt-BR")
    ('pt-BR', 'pt', 'en')
    """
    parts = tidy(tag).split("-")
    own = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return tuple(dict.fromkeys([*own, SOURCE]))


EUROPEAN = {"pt": "pt-PT"}  # CLDR's plain Portuguese is Brazil's; ours is Europe's


def locale_of(tag: str) -> Locale:
    """How numbers and dates are written for the tag; English where nothing is known of it."""
    for name in chain(tag):
        try:
            return Locale.parse(EUROPEAN.get(name, name), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("Babel knows English")


def nearest(tag: str, among: Sequence[str] | None = None) -> str | None:
    """The language of `among` (default: those with a catalogue) nearest to the tag; None for no relation.

    >>> nearest("pt-BR", ["de", "en", "pt"]), nearest("xx", ["de", "en"])
    ('pt', None)
    """
    known = languages() if among is None else among
    base = tidy(tag).split("-")[0]
    return next((name for name in chain(tag) if name in known and name.split("-")[0] == base), None)


def negotiated(wanted: Iterable[str | None]) -> str:
    """The first of the wanted tags that can be read, as asked for (pt-BR keeps its numbers); else English."""
    return next((tidy(tag) for tag in wanted if tag and nearest(tag)), SOURCE)
