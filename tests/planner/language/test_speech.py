"""What is spoken: fallback, plural forms, threads of their own, a language added by one file."""

import os
from pathlib import Path
from threading import Thread

import pytest

from planner.language import (
    _,
    languages,
    message,
    nearest,
    negotiated,
    ngettext,
    pgettext,
    speak,
    speaking,
    spoken,
    spoken_locale,
)
from planner.language import catalogues as module

ITALIAN = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Queue {name}"
msgstr "Coda {name}"

msgctxt "of a shop"
msgid "Open"
msgstr "Aperto"

msgid "{n} queue"
msgid_plural "{n} queues"
msgstr[0] "{n} coda"
msgstr[1] "{n} code"

#, fuzzy
msgid "Guess"
msgstr "Forse"

msgid "Empty"
msgstr ""
"""
POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "{n} queue"
msgid_plural "{n} queues"
msgstr[0] "{n} kolejka"
msgstr[1] "{n} kolejki"
msgstr[2] "{n} kolejek"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "it.po").write_text(ITALIAN, encoding="utf-8")
    (tmp_path / "pl.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    return tmp_path


def test_a_file_is_a_language(folder: Path) -> None:
    assert languages() == ("en", "it", "pl")
    (folder / "pt_BR.po").write_text(ITALIAN, encoding="utf-8")
    assert "pt-BR" in languages()


def test_texts_come_from_the_catalogue_and_english_is_the_source() -> None:
    assert _("Queue {name}").format(name="A") == "Queue A"
    with speaking("it"):
        assert _("Queue {name}").format(name="A") == "Coda A"
        assert pgettext("of a shop", "Open") == "Aperto"
        assert pgettext("of a question", "Open") == "Open"
        assert _(message("never translated")) == "never translated"
    assert spoken() == "en"


def test_a_region_falls_back_to_its_language_and_keeps_its_numbers() -> None:
    with speaking("it-CH"):
        assert _("Queue {name}") == "Coda {name}"
        assert str(spoken_locale()) == "it_CH"


def test_fuzzy_and_empty_entries_are_english() -> None:
    with speaking("it"):
        assert (_("Guess"), _("Empty"), _("")) == ("Guess", "Empty", "")


def test_counts_take_their_form() -> None:
    # CLDR plural rules of Polish: 1 one; 2-4, 22 few; 5, 12, 112 many
    forms = {1: "kolejka", 2: "kolejki", 5: "kolejek", 12: "kolejek", 22: "kolejki", 112: "kolejek"}
    with speaking("pl"):
        found = {n: ngettext("{n} queue", "{n} queues", n).format(n=n) for n in forms}
    assert found == {n: f"{n} {form}" for n, form in forms.items()}
    assert ngettext("{n} queue", "{n} queues", 0) == "{n} queues"


def test_unknown_languages_are_english() -> None:
    with speaking("xx-YY"):
        assert _("Queue {name}") == "Queue {name}"
        assert spoken_locale().language == "en"


def test_each_thread_speaks_its_own() -> None:
    heard = []

    def other() -> None:
        heard.append(spoken())
        speak("pl")
        heard.append(spoken())

    with speaking("it"):
        thread = Thread(target=other)
        thread.start()
        thread.join()
        assert spoken() == "it"
    assert heard == ["en", "pl"]


def test_the_nearest_language_is_found() -> None:
    assert (nearest("it-CH"), nearest("de"), nearest("EN_gb")) == ("it", None, "en")
    assert negotiated(["de", None, "it-CH", "pl"]) == "it-CH"
    assert negotiated(["de", ""]) == "en"


def test_a_changed_file_is_read_again(folder: Path) -> None:
    with speaking("it"):
        assert _("Queue {name}") == "Coda {name}"
    path = folder / "it.po"
    path.write_text(ITALIAN.replace("Coda {name}", "Fila {name}"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    with speaking("it"):
        assert _("Queue {name}") == "Fila {name}"
