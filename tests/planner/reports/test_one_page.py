"""Paper of the small invented centre: one page, its numbers, its letters, its bytes."""

from __future__ import annotations

import re
from ctypes import create_string_buffer
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planner.domain.tables import QUEUE
from planner.language import speaking
from planner.language.numbers import percent
from planner.pipeline.reported import Reported, pack_of, page_of, plan_named, spans_until
from planner.reports.engine import lacking, picture
from planner.reports.fonts import STACK
from planner.reports.one_page import one_page, one_page_documents
from planner.reports.pack import pack
from planner.scorecards.contract_page import Asked
from planner.scorecards.scope import Scope
from planner.store import Store
from tests.dashboards.small_centre import write_store

pytestmark = pytest.mark.skipif(lacking() is not None, reason="the extra report is not installed")
pypdfium2 = pytest.importorskip("pypdfium2")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """The small centre's plan."""
    folder = tmp_path_factory.mktemp("paper")
    write_store(folder)
    return plan_named(Store(folder), None)


@pytest.fixture(scope="module")
def asked(plan: Reported) -> Asked:
    """Its last full week."""
    return Asked(Scope(), None, spans_until(plan, plan.sources().scorecard, length="week", first=None))


@pytest.fixture(scope="module")
def english(plan: Reported, asked: Asked) -> bytes:
    """The page in English."""
    return one_page(page_of(plan, asked, sources=plan.sources()))


def words(content: bytes) -> list[str]:
    """The text of each page, spaces made plain."""
    with pypdfium2.PdfDocument(content) as document:
        found = [page.get_textpage().get_text_bounded() for page in document]
    return [re.sub(r"\s+", " ", text) for text in found]


def test_the_page_is_one_and_holds_the_tables_numbers(plan: Reported, asked: Asked, english: bytes) -> None:
    (text,) = words(english)
    page = page_of(plan, asked, sources=plan.sources())
    assert "Are we in contract?" in text
    for line in page.shown.lines:
        assert percent(line.actual).replace("\u00a0", " ") in text, line.name
        assert f"{line.n:,.0f}" in text, line.name
    card = plan.sources().scorecard
    last = card[
        (card["measure"] == "service_level") & (card["period_start"] == pd.Timestamp(asked.span.first))
    ]
    arabic = last[(last[[*QUEUE]] == ["CAI", "ar", "voice"]).all(axis=1)]["value"].iloc[0]
    assert f"−{(0.8 - arabic) * 100:.1f}" in text


def test_the_same_plan_gives_the_same_bytes(plan: Reported, asked: Asked, english: bytes) -> None:
    assert one_page(page_of(plan, asked, sources=plan.sources())) == english


def test_names_of_any_script_have_their_letters(english: bytes) -> None:
    """Arabic and Japanese are drawn with fonts that have them; a missing letter is glyph 0 or .notdef."""
    (text,) = words(english)
    assert "日本語" in text
    assert any("\u0600" <= c <= "\u06ff" or "\ufb50" <= c <= "\ufeff" for c in text)
    fonts = fonts_of(english)
    assert any("Plex-Sans-Arabic" in name.replace(" ", "-") or "Arabic" in name for name in fonts), fonts
    assert any("CJK" in name for name in fonts), fonts


def fonts_of(content: bytes) -> set[str]:
    """Names of the fonts that the texts of the first page are set in."""
    raw = pypdfium2.raw
    found = set()
    with pypdfium2.PdfDocument(content) as document:
        for each in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            font = raw.FPDFTextObj_GetFont(each.raw)
            size = raw.FPDFFont_GetBaseFontName(font, None, 0)
            name = create_string_buffer(size)
            raw.FPDFFont_GetBaseFontName(font, name, size)
            found.add(name.value.decode())
    return found


def test_a_page_with_much_to_show_is_still_one(plan: Reported, asked: Asked) -> None:
    """Four clients with every line: letters, languages and met lines give way, the page and misses do not."""
    page = page_of(plan, asked, sources=plan.sources())
    lines = page.shown.lines
    crowded = replace(page.shown, by_client={f"Client {n}": lines for n in range(4)})
    content = one_page(replace(page, shown=crowded))
    (text,) = words(content)
    assert "Client 3" in text
    assert text.count("▼") == 4 * sum(line.known and not line.met for line in lines)
    assert "left out" in text


def test_a_language_written_leftward_turns_the_page(plan: Reported, asked: Asked) -> None:
    """No catalogue is needed: direction, numbers and dates follow the language."""
    with speaking("he"):
        html = next(one_page_documents(page_of(plan, asked, sources=plan.sources())))
    assert '<html lang="he" dir="rtl">' in html
    with speaking("de"):
        german = next(one_page_documents(page_of(plan, asked, sources=plan.sources())))
    assert 'dir="ltr"' in german
    first = page_of(plan, asked, sources=plan.sources()).shown.lines[0]
    assert f"{first.actual * 100:.1f}".replace(".", ",") in german


def test_the_picture_is_a_png_of_the_page(english: bytes) -> None:
    made = picture(english)
    assert made.startswith(b"\x89PNG")
    width, height = (int.from_bytes(made[at : at + 4]) for at in (16, 20))
    assert width / height == pytest.approx(297 / 210, abs=0.01)


def test_what_a_planner_wrote_is_no_html(plan: Reported, asked: Asked) -> None:
    page = page_of(plan, asked, sources=plan.sources())
    html = next(one_page_documents(replace(page, subject="<script>alert(1)</script> & Co")))
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in html


def test_the_pack_tells_quality_resolution_service_and_what_it_means(plan: Reported, asked: Asked) -> None:
    """A week stands for the month: the small centre was scored by week."""
    texts = words(pack(pack_of(plan, asked, sources=plan.sources())))
    everything = " ".join(texts)
    for question in ("Are we in contract?", "How good are the answers?", "Is the contact resolved the first time?",
                     "How were customers served?", "What the figures mean"):  # fmt: skip
        assert question in everything
    assert "n = 9" in everything  # Japanese has nine evaluations: no figure
    assert "Plex" in STACK


def test_a_folder_without_fonts_gives_paper_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.reports import fonts

    monkeypatch.setattr(fonts, "FOLDER", Path("/nowhere"))
    assert fonts.faces.__wrapped__() == ""
