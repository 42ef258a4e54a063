"""`planner report`: one page or a monthly pack of a published plan, as PDF, picture or workbook."""

from __future__ import annotations

import argparse
import os
import re
from argparse import Namespace
from datetime import date
from pathlib import Path

from planner.cli.published import CURRENT
from planner.domain.problems import InputError, Problem
from planner.exporters.scorecard_book import write_scorecards
from planner.language import languages, nearest, speaking
from planner.language.words import named_language
from planner.pipeline.reported import (
    Reported,
    book_of,
    client_asked,
    pack_of,
    page_of,
    plan_named,
    spans_until,
)
from planner.reports.charts import CHARTS, chart_of
from planner.reports.engine import lacking, picture
from planner.reports.one_page import one_page
from planner.reports.pack import pack
from planner.scorecards.contract_page import Asked, Sources
from planner.scorecards.contract_periods import Length
from planner.scorecards.scope import Scope
from planner.store import Store
from planner.store.atomic import write_file

WHAT = (
    "one page of the contract, or a monthly client pack, as PDF, picture or workbook, made without a browser"
)
MORE = """--week gives the page of a week, --month the pack of a month (its page alone as PNG); without either
the last full week. The same plan and period give the same bytes."""
SUFFIXES = (".pdf", ".png", ".xlsx")


def add(each: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    command = each.add_parser("report", help=WHAT, description=f"{WHAT[0].upper()}{WHAT[1:]}. {MORE}")
    command.add_argument("store", type=Path, metavar="STORE", help="the folder that keeps published plans")
    command.add_argument("--plan", default=CURRENT, metavar="ID", help="which plan; default: the current one")
    command.add_argument("--client", metavar="NAME", help="only this client's queues and targets")
    period = command.add_mutually_exclusive_group()
    period.add_argument("--month", type=month, metavar="2026-09", help="the pack of this month")
    period.add_argument("--week", type=week, metavar="2026-W40", help="the page of this week")
    command.add_argument(
        "--language", default="en", metavar="TAG", help="of texts, numbers and dates; default en"
    )
    command.add_argument("--chart", choices=list(CHARTS), help="a single chart instead, as PNG")
    command.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=f"ends in {', '.join(SUFFIXES)}"
    )
    command.set_defaults(run=run)


def month(text: str) -> date:
    """2026-09, for argparse."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"“{text}” is no month; write one such as 2026-09")
    return date.fromisoformat(f"{text}-01")


def week(text: str) -> date:
    """2026-W40, for argparse: its Monday."""
    try:
        return date.fromisoformat(f"{text}-1") if re.fullmatch(r"\d{4}-W\d{2}", text) else _no_week(text)
    except ValueError:
        return _no_week(text)


def _no_week(text: str) -> date:
    raise argparse.ArgumentTypeError(f"“{text}” is no week; write one such as 2026-W40")


def run(options: Namespace) -> None:
    """Make the report, write it, and say where it is."""
    _refuse(options)
    plan = plan_named(Store(options.store), None if options.plan == CURRENT else options.plan)
    sources = plan.sources()
    length: Length = "month" if options.month else "week"
    spans = spans_until(plan, sources.scorecard, length=length, first=options.month or options.week)
    asked = Asked(Scope(), client_asked(plan, options.client), spans)
    with speaking(options.language):
        _write(options, plan, asked, sources=sources)
    if options.language != "en" and nearest(options.language) is None:
        print(f"no texts in {options.language} yet, these are English; known: {', '.join(languages())}")
    print(options.out)


def _refuse(options: Namespace) -> None:
    """InputError for everything that can be known before the work begins."""
    out: Path = options.out
    wrong = []
    if out.suffix not in SUFFIXES:
        wrong.append(
            Problem("unknown_suffix", f"cannot be written; end it in {', '.join(SUFFIXES)}", str(out))
        )
    if not out.parent.is_dir() or not os.access(out.parent, os.W_OK):
        note = "cannot be written: its folder is missing or closed to you"
        wrong.append(Problem("no_folder", note, str(out)))
    if options.chart and out.suffix != ".png":
        wrong.append(Problem("chart_is_png", "holds a single chart; end it in .png", str(out)))
    missing = lacking()
    if out.suffix in (".pdf", ".png") and missing:
        wrong.append(Problem("no_paper", missing))
    if named_language(options.language) is None:
        wrong.append(
            Problem("unknown_language", f"“{options.language}” is no language; write a tag such as de")
        )
    if wrong:
        raise InputError(wrong)


def _write(options: Namespace, plan: Reported, asked: Asked, *, sources: Sources) -> None:
    out: Path = options.out
    if out.suffix == ".xlsx":
        _workbook(out, plan, asked, sources=sources)
        return
    content = _paper(options, plan, asked, sources=sources)
    write_file(out, lambda new: _save(new, content))


def _paper(options: Namespace, plan: Reported, asked: Asked, *, sources: Sources) -> bytes:
    """The PDF or PNG asked for."""
    if options.chart:
        made = pack_of(plan, asked, sources=sources)
        drawn = chart_of(options.chart, made)
        if drawn is None:
            note = f"the plan knows nothing to draw {options.chart} from in this period"
            raise InputError([Problem("nothing_to_draw", note)])
        return drawn
    if options.month and options.out.suffix == ".pdf":
        return pack(pack_of(plan, asked, sources=sources))
    content = one_page(page_of(plan, asked, sources=sources))
    return content if options.out.suffix == ".pdf" else picture(content)


def _save(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _workbook(out: Path, plan: Reported, asked: Asked, *, sources: Sources) -> None:
    """The contract, the period's scorecards and the tables of quality."""
    tables, about = book_of(plan, asked, sources=sources)
    write_scorecards(tables, out, about=about)
