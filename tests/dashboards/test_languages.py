"""Languages under their own names."""

from __future__ import annotations

import unicodedata

import pytest

from dashboards.languages import LANGUAGE_NAMES, LEFT_TO_RIGHT, both_names, english_name, own_name

SAMPLE = ("es", "fr", "en", "es-MX", "de", "it", "pt-BR", "pl", "ar", "pt", "nl", "ro", "sv")


@pytest.mark.parametrize("tag", SAMPLE)
def test_every_language_of_the_sample_centre_is_known(tag: str) -> None:
    assert tag in LANGUAGE_NAMES


@pytest.mark.parametrize("tag", LANGUAGE_NAMES)
def test_a_name_written_leftward_is_kept_in_its_place(tag: str) -> None:
    leftward = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in LANGUAGE_NAMES[tag][0])
    assert own_name(tag).startswith(LEFT_TO_RIGHT) == leftward


def test_an_unknown_language_is_its_tag() -> None:
    assert both_names("xx") == english_name("xx") == "xx"
