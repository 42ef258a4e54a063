"""Single charts as pictures, made without a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.language import _
from planner.reports.engine import pdf, picture
from planner.reports.names import language_name
from planner.reports.one_page import subject_line
from planner.reports.pack import Pack
from planner.reports.paper import drawn
from planner.reports.quality_pages import by_subject, score_dots
from planner.reports.svg import Row
from planner.reports.why_chart import why_chart, why_question
from planner.scorecards.contract_promises import quality_promises


def why_rows(given: Pack) -> tuple[list[Row], str]:
    """The waterfall of the contract's first promise, and its words; no rows where nothing was explained."""
    shown = given.page.shown
    promise = shown.first.promise if shown.first else None
    return ([], "") if shown.why is None else (why_chart(shown.why, promise), why_question(shown.why))


def quality_rows(given: Pack) -> tuple[list[Row], str]:
    """Quality scores by language with their intervals, and their words; no rows without evaluations."""
    asked = quality_promises(given.page.centre.quality.targets, given.client)
    target = next((promise.limit for promise in asked if promise.measure == "quality_score"), None)
    rows = by_subject(given.card, "language")
    return score_dots(rows, "language", named=language_name, target=target), _("Quality score by language")


CHARTS: Mapping[str, Callable[[Pack], tuple[list[Row], str]]] = {"why": why_rows, "quality": quality_rows}


def chart_of(name: str, given: Pack) -> bytes | None:
    """A chart as PNG; None where there is nothing to draw."""
    rows, words = CHARTS[name](given)
    return png(rows, f"{words} · {subject_line(given.page)}") if rows else None


def png(rows: Sequence[Row], about: str) -> bytes:
    """The rows of a chart as a picture, under a line of words."""
    return picture(pdf(drawn(rows, about)))
