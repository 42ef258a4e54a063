"""Every catalogue fits the source: fields, marks, plural forms and spaces of each translation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from planner.language.catalogues import FOLDER
from planner.language.extract import extracted, missing

FIELD = re.compile(r"\{[^}]*\}")
FILES = sorted(FOLDER.glob("*.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem.replace("-", "_"))


def pairs(entry: Message) -> list[tuple[str, str]]:
    """English and translation of each form; the last English form stands for all further ones."""
    english = entry.id if isinstance(entry.id, (list, tuple)) else (entry.id,)
    forms = entry.string if isinstance(entry.string, (list, tuple)) else (entry.string,)
    return [(english[min(place, len(english) - 1)], form) for place, form in enumerate(forms) if form]


def translated(path: Path) -> list[tuple[str, str]]:
    return [pair for entry in read(path) if entry.id for pair in pairs(entry)]


def test_the_languages_of_the_house_have_a_catalogue() -> None:
    assert {path.stem for path in FILES} >= {"de", "es", "fr", "pt"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fields_and_marks_stay(path: Path) -> None:
    wrong = [
        (english, text)
        for english, text in translated(path)
        if sorted(FIELD.findall(english)) != sorted(FIELD.findall(text))
        or any(english.count(mark) != text.count(mark) for mark in ("**", "!!", "<b>", "<br>"))
    ]
    assert wrong == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_space_is_won_or_lost_at_the_ends(path: Path) -> None:
    ends = [(text[:1].isspace(), text[-1:].isspace()) for pair in translated(path) for text in pair]
    assert not any(begin or end for begin, end in ends)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_has_all_its_plural_forms_and_none_is_a_guess(path: Path) -> None:
    catalogue = read(path)
    for entry in catalogue:
        assert not (entry.id and entry.fuzzy), entry.id
        if isinstance(entry.id, (list, tuple)) and any(entry.string):
            assert len(entry.string) == catalogue.num_plurals, entry.id
            assert all(entry.string), entry.id


def test_extraction_finds_texts_of_every_kind_of_mark() -> None:
    found = extracted()
    assert found.get(("{n} queue", "{n} queues")) is not None
    assert found.get("W{n}", "short, of the year") is not None
    assert found.get("Who works when?") is not None
    assert found.get("{share} % in {seconds} s") is not None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_is_left_in_english(path: Path) -> None:
    """Every text that is marked today stands in the catalogue, and has its translation."""
    catalogue = read(path)
    known = {entry.id for entry in catalogue if entry.id}
    assert [entry.id for entry in extracted() if entry.id and entry.id not in known] == []
    assert missing(catalogue) == []
