"""One page: are we in contract? The same figures as the executive page, on A4 in landscape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.domain.centre import Centre
from planner.language import _
from planner.language.channels import channel_words
from planner.language.days import span, week
from planner.language.numbers import MISSING, NO_BREAK, number, points
from planner.language.words import counted, listed
from planner.reports.ahead_block import ahead_block
from planner.reports.engine import first_fitting, fits
from planner.reports.names import language_name, site_name
from planner.reports.paper import Cell, Head, block, chart, document, heading, say, table, two
from planner.reports.svg import spark
from planner.reports.why_chart import why_chart, why_question
from planner.scorecards.contract import Line
from planner.scorecards.contract_ahead import Ahead
from planner.scorecards.contract_costs import spent_rows
from planner.scorecards.contract_misses import worst_first
from planner.scorecards.contract_outlook import EVEN
from planner.scorecards.contract_page import ContractPage
from planner.scorecards.contract_periods import SHOWN
from planner.scorecards.contract_words import (
    about_words,
    chance_words,
    digits_of,
    limit_words,
    margin_words,
    meanings,
    short_span,
    span_name,
    state_of,
    value_words,
)


@dataclass(frozen=True)
class Room:
    """How much is shown: languages where promises are missed, size of letters, lines of each contract."""

    languages: int
    scale: float
    lines: int = 99


DARKEST = 0.08  # share; a miss this large has the full colour
ROOM = (
    Room(16, 1.0), Room(13, 0.95), Room(13, 0.9), Room(13, 0.84), Room(13, 0.76), Room(13, 0.7), Room(4, 0.7),
    Room(4, 0.7, 6), Room(3, 0.66, 3),
)  # fmt: skip
FITTING = 26  # rows of the contract and languages that usually fit at full size
SPARK = 15.0  # pixels, height of a sparkline at full size


@dataclass(frozen=True)
class OnePage:
    """What the page shows, and of what: the centre, its part in words, and where it comes from."""

    shown: ContractPage
    ahead: Ahead
    centre: Centre
    subject: str
    head: Head


def one_page(page: OnePage) -> bytes:
    """The page as PDF: one page, with fewer languages and smaller letters where there is much to show."""
    return first_fitting(one_page_documents(page), most_pages=1)


def fitting(page: OnePage) -> Room:
    """The most generous room in which the page is one, for documents that begin with it."""
    tries = zip(rooms(page), one_page_documents(page), strict=True)
    return next((room for room, html in tries if fits(html)), ROOM[-1])


def one_page_documents(page: OnePage) -> Iterator[str]:
    """The document, the most generous first."""
    for room in rooms(page):
        yield document(page.head, [one_page_body(page, room)], scale=room.scale)


def rooms(page: OnePage) -> Sequence[Room]:
    """The rooms worth trying, the most generous first."""
    rows = len(page.shown.lines) + len(page.shown.by_client)
    return ROOM[sum(rows + room.languages > FITTING for room in ROOM[:2]) :]  # a try takes a second


def one_page_body(page: OnePage, room: Room) -> str:
    """The page without its document."""
    shown = page.shown
    left = _misses(page, room.languages) + _cost(page)
    return (
        heading(_("Are we in contract?"), subject_line(page))
        + say(shown.answer)
        + contract_block(shown, room)
        + two(left, _why(page) + ahead_block(page.ahead))
    )


def subject_line(page: OnePage) -> str:
    """Period, part of the centre, contacts."""
    shown = page.shown
    parts = [
        short_span(shown.span) if shown.span.length == "week" else "",
        span(shown.span.first, shown.span.last),
        page.subject,
    ]
    if pd.notna(shown.contacts):
        parts.append(counted(int(shown.contacts), "{n} contact", "{n} contacts"))
    return " · ".join(part for part in parts if part)


def contract_block(shown: ContractPage, room: Room) -> str:
    """The contract of each client."""
    of_weeks = shown.span.length == "week"
    about = (
        _("{period} against target; line = last {n} weeks, dashed = target")
        if of_weeks
        else _("{period} against target; line = last {n} months, dashed = target")
    ).format(period=span_name(shown.span), n=SHOWN)
    about += "; " + _("chance = share of simulated paths that meet it in the first planned week")
    rows: list[list[Cell]] = []
    for client, lines in shown.by_client.items():
        if len(shown.by_client) > 1:
            rows.append([Cell(client, start=True, strong=True, across=len(_heads(shown)))])
        rows += [_line(line, shown, scale=room.scale) for line in _worst(lines, room.lines)]
    words = " ".join(f"**{name}:** {text}." for name, text in meanings(shown.lines).items())
    left_out = sum(len(lines) - len(_worst(lines, room.lines)) for lines in shown.by_client.values())
    if left_out:
        more = counted(
            left_out,
            "{n} line further from being missed left out",
            "{n} lines further from being missed left out",
        )
        words = f"{more}. {words}"
    return block(_("Contract"), about, table(_heads(shown), rows), foot=words)


def _worst(lines: Sequence[Line], most: int) -> list[Line]:
    """The lines that are missed, or nearest to it, in the contract's order; unknown ones give way first."""
    near = sorted(lines, key=lambda line: (not line.known, line.margin if line.known else 0.0))[:most]
    return [line for line in lines if line in near]


def _heads(shown: ContractPage) -> list[Cell]:
    of_weeks = shown.span.length == "week"
    soon = _("Chance, {week}").format(week=week(shown.next_week)) if shown.next_week else _("Chance")
    return [
        Cell(_("Measure"), start=True),
        Cell(_("Target")),
        Cell(short_span(shown.span)),
        Cell(_("95 % interval")),
        Cell(_("Points")),
        Cell(_("State"), start=True),
        Cell(_("n")),
        Cell((_("{n} weeks") if of_weeks else _("{n} months")).format(n=SHOWN)),
        Cell(_("Weeks met") if of_weeks else _("Months met")),
        Cell(soon),
    ]


def _line(line: Line, shown: ContractPage, *, scale: float) -> list[Cell]:
    bad = line.known and not line.met
    met, known = line.kept
    unit = line.promise.unit if line.promise else "points" if line.measure == "nps" else "share"
    interval = MISSING
    if pd.notna(line.low) and pd.notna(line.high):
        interval = f"{value_words(line.low, unit)}–{value_words(line.high, unit)}".replace(
            f"{NO_BREAK}%–", "–"
        )
    state = state_of(line)
    return [
        Cell(line.name, start=True, small=about_words(line, shown.span)),
        Cell(limit_words(line.promise) if line.promise else MISSING),
        Cell(value_words(line.actual, unit, digits_of(line)), strong=True, bad=bad),
        Cell(interval),
        Cell(margin_words(line), bad=bad),
        Cell(f"▼{NO_BREAK}{state}" if bad else state, start=True, bad=bad),
        Cell(number(line.n) if line.n else MISSING),
        Cell(drawing=spark(line.history, line.promise.limit if line.promise else None, height=SPARK * scale)),
        Cell(_("{met} of {n}").format(met=met, n=known) if line.promise and known else MISSING),
        Cell(chance_words(line) or MISSING, bad=line.chance.share is not None and line.chance.share < EVEN),
    ]


def _misses(page: OnePage, most: int) -> str:
    """The grid of misses: points now, and under them how often of late."""
    found = page.shown.found
    if found.empty:
        return ""
    languages = worst_first(found)
    sites = [code for code in page.centre.sites if code in set(found["site"])]
    by_place = {(row.language, row.site): row for row in found.itertuples()}
    rows = [
        [Cell(language_name(tag), start=True), *(_tile(by_place.get((tag, code))) for code in sites)]
        for tag in languages[:most]
    ]
    about = _("{targets}, {channels}: points against target; small = periods missed of the last {n}").format(
        targets=listed(sorted(found["promise"].unique())),
        channels=listed([channel_words(name) for name in found["channel"].unique()]), n=SHOWN,
    )  # fmt: skip
    rest = len(languages) - most
    more = counted(
        rest, "{n} language with smaller misses left out", "{n} languages with smaller misses left out"
    )
    heads = [Cell(), *(Cell(site_name(page.centre, code), start=True) for code in sites)]
    return block(
        _("Where do we miss?"), about, table(heads, rows, tiles=True), foot=f"{more}." if rest > 0 else ""
    )


def _tile(row: object) -> Cell:
    if row is None:
        return Cell()
    margin, often = row.margin, f"{row.missed}/{row.known}"  # type: ignore[attr-defined]
    return Cell(points(margin), small=often, strength=min(max(-margin, 0) / DARKEST, 1))


def _why(page: OnePage) -> str:
    split, first = page.shown.why, page.shown.first
    if split is None:
        note = _("No plan of these days is known, so that the gap cannot be split; import INTRADAY.")
        return block(_("Why was service not as planned?"), note, "")
    promise = first.promise if first else None
    about = _("dashed = {target}; n = {n} contacts; each factor put to its actual value, all orders averaged")
    words = about.format(target=promise.short if promise else "", n=number(split.offered))
    return block(why_question(split), words, chart(why_chart(split, promise)))


def _cost(page: OnePage) -> str:
    cost = page.shown.cost
    if cost is None:
        return ""
    rows = [
        [
            Cell(row.name, start=True, small=row.note),
            Cell(row.planned),
            Cell(row.actual, strong=True),
            Cell(row.difference),
        ]
        for row in spent_rows(cost, page.centre.currency)
    ]
    heads = [Cell("", start=True), Cell(_("Plan")), Cell(_("Actual")), Cell(_("Difference"))]
    if cost.planned is None:
        about = _("{period}; no plan of these days is known").format(period=span_name(page.shown.span))
    else:
        about = _("{period}; plan and actual of {n} of {all} queues, whose plan is known").format(
            period=span_name(page.shown.span), n=number(cost.queues), all=number(cost.all_queues)
        )
    return block(_("What did it take, against plan?"), about, table(heads, rows))
