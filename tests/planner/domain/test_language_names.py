"""Languages are known by tag, by English name and by their own, and a region is never guessed away."""

from __future__ import annotations

import pytest

from planner.domain.language_names import LANGUAGE_NAMES, tag_of


@pytest.mark.parametrize("tag", LANGUAGE_NAMES)
def test_every_language_is_found_by_tag_and_both_names(tag: str) -> None:
    own, english = LANGUAGE_NAMES[tag]
    assert [tag_of(text) for text in (tag, tag.upper(), own)] == [tag] * 3
    assert LANGUAGE_NAMES[tag_of(english.lower()) or ""][1] == english  # Norwegian has two tags


@pytest.mark.parametrize(
    ("text", "known", "meant"),
    [
        ("English", ("en-GB", "pt"), "en-GB"),
        ("English", ("en-GB", "en-US"), "en"),
        ("pt", ("pt-BR", "pt"), "pt"),
        ("pt-BR", ("pt",), "pt"),
        ("es-CO", (), "es-CO"),
        ("Sales", ("es",), None),
    ],
)
def test_of_the_known_languages_the_only_one_meant_is_taken(
    text: str, known: tuple[str, ...], meant: str | None
) -> None:
    assert tag_of(text, known) == meant
