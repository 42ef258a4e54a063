"""Extraction: `python -m planner.language.extract` brings the catalogues up to date with the source.

It reads every marked text of the program, writes `messages.pot`, and updates each .po: translations that
still hold are kept, new texts are added empty, guesses (fuzzy) are not made, texts gone from the source are
dropped. What is missing is printed by language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from planner.language.catalogues import FOLDER

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = FOLDER.parent / "messages.pot"
PACKAGES = ("dashboards", "planner")
KEYWORDS = {
    "_": None,
    "message": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "counted": (2, 3),  # formats.counted(count, "{n} queue", "{n} queues")
}
WIDTH = 110
FIRST_DAY = datetime(2026, 11, 22, tzinfo=UTC)


def extracted(root: Path = ROOT) -> Catalog:
    """Every marked text of the source, with the files it stands in."""
    found = Catalog(project="planner", charset="utf-8", fuzzy=False)
    for package in PACKAGES:
        for file, _line, text, comments, context in _messages(root / package):
            found.add(text, locations=[(f"{package}/{file}", 0)], auto_comments=comments, context=context)
    return found


def _messages(folder: Path) -> Iterator[tuple]:
    methods, options = [("**.py", "python")], {"**.py": {"encoding": "utf-8"}}
    yield from sorted(
        extract_from_dir(folder, methods, options, KEYWORDS, strip_comment_tags=True),
        key=lambda found: (found[0], found[1]),
    )


def updated(path: Path, template: Catalog) -> Catalog:
    """The catalogue of a .po file with the texts of the template."""
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem.replace("-", "_"))
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    """Texts without a translation, or with some of their forms only."""
    return [
        str(entry.id)
        for entry in catalogue
        if entry.id and (not entry.string or not all(_forms(entry.string)) or entry.fuzzy)
    ]


def _forms(string: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


def written(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue so that the same texts give the same file, on whatever day."""
    catalogue.creation_date = catalogue.revision_date = FIRST_DAY
    catalogue.header_comment = "# Texts of planner. See docs/translating.md."
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, sort_output=False, omit_header=False, include_lineno=False)


def main() -> None:
    """Update the template and every catalogue, and say what is missing."""
    template = extracted()
    written(TEMPLATE, template)
    for path in sorted(FOLDER.glob("*.po")):
        catalogue = updated(path, template)
        written(path, catalogue)
        print(f"{path.stem}: {len(missing(catalogue))} of {len(catalogue)} texts are not translated")


if __name__ == "__main__":
    main()
