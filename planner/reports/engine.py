"""HTML to PDF by WeasyPrint, PDF to PNG by pypdfium2. Both are optional: they come with the extra `report`.

Nothing is fetched: only what stands in the document itself (data addresses) is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from threading import Lock
from typing import Any

from planner.domain.problems import InputError, Problem
from planner.language import _
from planner.reports.fonts import faces

NEEDED = ("weasyprint", "pypdfium2")
SCALE = 2.0  # pixels a CSS pixel: 192 dpi, sharp on screens and slides
PX_A_POINT = 96 / 72
_ONE_AT_A_TIME = Lock()  # Pango and PDFium hold state of their own; readers of a dashboard come together


def lacking() -> str | None:
    """What must be installed before paper can be made; None when nothing is."""
    if any(find_spec(name) is None for name in NEEDED):
        return _(
            "Paper needs WeasyPrint and pypdfium2; install them with: pip install 'planner[report]' "
            "(and on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk)"
        )
    return None


@contextmanager
def _installed() -> Iterator[None]:
    """InputError says what to install where a library, or the system's Pango, is missing."""
    missing = lacking()
    if missing:
        raise InputError([Problem("no_paper", missing)])
    try:
        yield
    except OSError as error:  # WeasyPrint loads Pango when it is imported
        note = _("The system's Pango is missing ({error}); on Debian: {command}").format(
            error=error, command="apt-get install libpango-1.0-0 libpangoft2-1.0-0"
        )
        raise InputError([Problem("no_pango", note)]) from error


def pdf(html: str) -> bytes:
    """The document as PDF. The same document gives the same bytes: its date stands in its own head."""
    return first_fitting([html])


def first_fitting(documents: Iterable[str], *, most_pages: int | None = None) -> bytes:
    """The first document that takes at most so many pages, as PDF; the last one where none does."""
    rendered = None
    with _installed(), _ONE_AT_A_TIME:
        for html in documents:
            rendered = _rendered(html)
            if most_pages is None or len(rendered.pages) <= most_pages:
                break
        if rendered is None:
            raise ValueError("no document was given")
        return bytes(rendered.write_pdf(pdf_identifier=b"planner"))


def fits(html: str) -> bool:
    """Whether the document takes one page."""
    with _installed(), _ONE_AT_A_TIME:
        return len(_rendered(html).pages) == 1


def _rendered(html: str) -> Any:
    from weasyprint import HTML  # takes seconds, and Pango

    font_config, sheet = _fonts()
    return HTML(string=html, url_fetcher=_nothing_fetched()).render(
        font_config=font_config, stylesheets=[sheet]
    )


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The bundled fonts, unpacked once: they take most of the time of a page."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    config = FontConfiguration()
    return config, CSS(string=faces(), font_config=config, url_fetcher=_nothing_fetched())


def _nothing_fetched() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",))


def picture(content: bytes, *, page: int = 0) -> bytes:
    """A page of a PDF as PNG."""
    with _installed(), _ONE_AT_A_TIME:
        import pypdfium2

        with pypdfium2.PdfDocument(content) as document:
            image = document[page].render(scale=SCALE * PX_A_POINT).to_pil()
    made = BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()
