"""Text from files is text, never HTML; colours have one home."""

from __future__ import annotations

import re

from dashboards import look
from dashboards.downloads import csv
from dashboards.look import Cell
from tests.dashboards.conftest import ROOT
from tests.dashboards.small_centre import agents


def test_a_sentence_escapes_what_stands_between_its_marks() -> None:
    assert look.marked("**<script>** & !!x!!") == '<b>&lt;script&gt;</b> &amp; <span class="bad">x</span>'


def test_a_sentence_without_marks_is_plain() -> None:
    assert look.plain("**Four** targets !!missed!!") == "Four targets missed"


def test_a_cell_escapes_its_text() -> None:
    assert "<i>" not in look._inside(Cell("<i>", small="<i>", under="<i>"))


def test_only_the_palette_names_a_colour() -> None:
    named = {
        path.name
        for path in (ROOT / "dashboards").glob("*.py")
        if re.search(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8"))
    }
    assert named == {"palette.py"}


def test_no_folder_called_pages() -> None:
    """Streamlit would take it for pages of its own."""
    assert not (ROOT / "pages").exists()


def test_a_csv_holds_every_row_and_opens_with_its_letters() -> None:
    frame = agents()
    text = csv(frame)
    assert text.startswith("\ufeff".encode())
    assert len(text.decode("utf-8-sig").splitlines()) == len(frame) + 1
