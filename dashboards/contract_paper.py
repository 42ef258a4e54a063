"""The contract page to take away: one page of paper as PDF or picture, and its scorecards as a workbook.

Everything is made when its button is pressed, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboards.published import Published
from planner.exporters.scorecard_book import write_scorecards
from planner.language import _, speaking, spoken
from planner.pipeline.reported import book_of, page_of, plan_named
from planner.reports.engine import lacking, picture
from planner.reports.one_page import one_page
from planner.scorecards.contract_page import Asked
from planner.store import Store

PDF, PNG = "application/pdf", "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paper_buttons(plan: Published, asked: Asked) -> None:
    """PDF, picture and workbook; where paper cannot be made, what to install."""
    language, missing = spoken(), lacking()
    name = f"contract-{asked.span.first:%Y-%m-%d}"
    with st.popover(_("Take away"), width="content"):
        if missing:
            st.caption(missing)
        else:
            _button(_("One page, PDF"), f"{name}.pdf", PDF, lambda: paper(plan, asked, language))
            _button(_("One page, picture"), f"{name}.png", PNG, lambda: picture(paper(plan, asked, language)))
        _button(_("Scorecards, Excel"), f"{name}.xlsx", XLSX, lambda: workbook(plan, asked, language))


def _button(label: str, file: str, kind: str, make: Callable[[], bytes]) -> None:
    st.download_button(
        label, make, file, kind, key=f"take-{file[-3:]}", on_click="ignore", width="stretch", type="tertiary"
    )


def paper(plan: Published, asked: Asked, language: str) -> bytes:
    """The page as PDF."""
    opened = plan_named(Store(Path(plan.folder)), plan.plan_id)
    with speaking(language):  # the button is pressed in another thread, which speaks English
        return one_page(page_of(opened, asked, sources=opened.sources()))


def workbook(plan: Published, asked: Asked, language: str) -> bytes:
    """The contract, the week's scorecards and the tables of quality as an Excel workbook."""
    opened = plan_named(Store(Path(plan.folder)), plan.plan_id)
    with speaking(language), TemporaryDirectory() as folder:
        path = Path(folder) / "scorecards.xlsx"
        tables, about = book_of(opened, asked, sources=opened.sources())
        write_scorecards(tables, path, about=about)
        return path.read_bytes()
