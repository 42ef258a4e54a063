"""What is spoken now, and texts in it.

The language is a context variable: each thread (a reader's rerun, a report, a test) has its own, and
nothing is read before somebody speaks another language than English.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from babel import Locale

from planner.language.catalogues import SOURCE, Catalogue, Key, catalogue_of
from planner.language.tags import chain, locale_of, tidy


@dataclass(frozen=True)
class Voice:
    """A language as it is spoken: its tag, how it writes numbers and dates, its texts, nearest first."""

    tag: str
    locale: Locale
    catalogues: tuple[Catalogue, ...]

    def first(self, found_in: Callable[[Catalogue], str | None]) -> str | None:
        """What the nearest catalogue that has it says."""
        return next((text for text in map(found_in, self.catalogues) if text is not None), None)


ENGLISH = Voice(SOURCE, Locale(SOURCE), ())
_VOICE: ContextVar[Voice] = ContextVar("voice", default=ENGLISH)


def speak(tag: str) -> None:
    """From here on this thread speaks the language of the tag; pt-BR falls back to pt, then to English."""
    _VOICE.set(_voice(tag))


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Inside, the language of the tag is spoken.

    >>> with speaking("pt-BR"):
    ...     spoken()
    'pt-BR'
    """
    before = _VOICE.set(_voice(tag))
    try:
        yield
    finally:
        _VOICE.reset(before)


def _voice(tag: str) -> Voice:
    names = chain(tag)
    own = names[: names.index(SOURCE)]  # English has its texts in the source
    found = (catalogue_of(name) for name in own)
    return Voice(tidy(tag), locale_of(tag), tuple(one for one in found if one is not None))


def spoken() -> str:
    """The tag of the language that is spoken now."""
    return _VOICE.get().tag


def spoken_locale() -> Locale:
    """How the language that is spoken now writes numbers, dates and lists."""
    return _VOICE.get().locale


def _(text: str) -> str:
    """The text in the language that is spoken now; the text itself where it has no translation.

    Write `_("{n} queues are short").format(n=n)`: no f-string inside, no half sentences.
    """
    return _found((None, text))


def pgettext(context: str, text: str) -> str:
    """As `_`, for a short text that means two things: `context` says which, to the translator."""
    return _found((context, text))


def _found(key: Key) -> str:
    voice = _VOICE.get()
    if not voice.catalogues or not key[1]:
        return key[1]
    return voice.first(lambda catalogue: catalogue.text(key)) or key[1]


def ngettext(one: str, many: str, count: int) -> str:
    """The text in the form that the count takes; both forms may name it: `"{n} queue", "{n} queues"`.

    >>> ngettext("{n} queue", "{n} queues", 12).format(n=12)
    '12 queues'
    """
    found = _VOICE.get().first(lambda catalogue: catalogue.counted((None, one), count))
    return found or (one if count == 1 else many)


def message(text: str) -> str:
    """The text as it stands, marked for translators: for constants, which `_(NAME)` translates when shown."""
    return text
