"""Message catalogues: one gettext .po file per language, read as they are and kept by file."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "catalogues"
SOURCE = "en"

Key = tuple[str | None, str]  # context, text in English


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language: forms of each text, and which form a count takes."""

    texts: Mapping[Key, tuple[str, ...]]
    form_of: Callable[[int], int]

    def text(self, key: Key) -> str | None:
        """The translation, or None where there is none."""
        forms = self.texts.get(key)
        return forms[0] if forms else None

    def counted(self, key: Key, count: int) -> str | None:
        """The translation in the form that the count takes, or None where there is none."""
        forms = self.texts.get(key)
        return forms[self.form_of(count)] if forms else None


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """Tags of the languages that can be read: English and each catalogue's, sorted by tag."""
    files = (FOLDER if folder is None else folder).glob("*.po")
    return tuple(sorted({SOURCE, *(path.stem.replace("_", "-") for path in files)}))


def catalogue_of(tag: str) -> Catalogue | None:
    """The catalogue of exactly this tag; None where there is no file."""
    for name in (tag, tag.replace("-", "_")):
        path = FOLDER / f"{name}.po"
        if path.is_file():
            return _read(path, path.stat().st_mtime_ns)
    return None


@lru_cache(maxsize=32)
def _read(path: Path, changed_ns: int) -> Catalogue:  # noqa: ARG001  a changed file is read again
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem.replace("-", "_"))
    texts = {}
    for entry in catalogue:
        english = entry.id[0] if isinstance(entry.id, (list, tuple)) else entry.id
        forms = entry.string if isinstance(entry.string, (list, tuple)) else (entry.string,)
        if english and not entry.fuzzy and all(forms):
            texts[entry.context, english] = tuple(str(form) for form in forms)
    return Catalogue(texts, gettext.c2py(catalogue.plural_expr))
