"""The contract as a table people read: one row a promise, a client's promises under its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from dashboards import charts, formats, look
from dashboards.look import Cell
from planner.language import _
from planner.scorecards.contract import Line, contract_table
from planner.scorecards.contract_outlook import EVEN
from planner.scorecards.contract_periods import SHOWN, Span
from planner.scorecards.contract_words import (
    about_words,
    chance_words,
    digits_of,
    limit_words,
    margin_words,
    meanings,
    short_span,
    state_of,
    value_words,
)


def contract_card(by_client: Mapping[str, Sequence[Line]], *, span: Span, next_week: date | None) -> None:
    """The contract of each client, with the meanings of its measures below."""
    about = _(
        "this week against target; line = last {n} weeks, dashed = target; n = contacts, evaluations or "
        "answers; chance = share of simulated paths that meet it in the first planned week"
    ).format(n=SHOWN)
    everything = [line for lines in by_client.values() for line in lines]
    with look.card("contract", _("Contract"), about, data=contract_data(by_client)):
        look.table(_heads(span, next_week), _rows(by_client, span))
        look.foot(" ".join(f"**{name}:** {words}." for name, words in meanings(everything).items()))


def contract_data(by_client: Mapping[str, Sequence[Line]]) -> pd.DataFrame:
    """The contract of every client as a table to take away: shares 0..1, times in s."""
    parts = [
        contract_table(lines).assign(client=client or "all") for client, lines in by_client.items() if lines
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def _heads(span: Span, next_week: date | None) -> list[Cell]:
    soon = _("Chance, {week}").format(week=formats.week(next_week)) if next_week else _("Chance")
    return [
        Cell(_("Measure"), "left"),
        Cell(_("Target")),
        Cell(short_span(span)),
        Cell(_("Points")),
        Cell(_("State"), "left"),
        Cell(_("n")),
        Cell(_("{n} weeks").format(n=SHOWN)),
        Cell(_("Weeks met")),
        Cell(soon),
    ]


def _rows(by_client: Mapping[str, Sequence[Line]], span: Span) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for client, lines in by_client.items():
        if len(by_client) > 1:
            rows.append([Cell(client, "left", strong=True), *[Cell()] * (len(_heads(span, None)) - 1)])
        rows += [_row(line, span) for line in lines]
    return rows


def _row(line: Line, span: Span) -> list[Cell]:
    bad = line.known and not line.met
    met, known = line.kept
    past = [value for value in line.history if pd.notna(value)]
    limit = line.promise.limit if line.promise else None
    unit = line.promise.unit if line.promise else "points" if line.measure == "nps" else "share"
    weeks = _("last {n} weeks").format(n=len(past))
    return [
        Cell(line.name, "left", small=about_words(line, span)),
        Cell(limit_words(line.promise) if line.promise else _("none set")),
        Cell(
            value_words(line.actual, unit, digits_of(line)), strong=True, bad=bad, hint=interval_words(line)
        ),
        Cell(margin_words(line), bad=bad),
        Cell(f"▼{formats.NO_BREAK}{state_of(line)}" if bad else state_of(line), "left", bad=bad),
        Cell(formats.number(line.n) if line.n else formats.MISSING),
        Cell(weeks, picture=charts.spark(past, limit)) if len(past) > 1 else Cell(),
        Cell(_("{met} of {n}").format(met=met, n=known) if line.promise and known else formats.MISSING),
        _chance_cell(line),
    ]


def interval_words(line: Line) -> str:
    """The 95 % interval of the value, where it has one."""
    if pd.isna(line.low) or pd.isna(line.high):
        return ""
    low, high = formats.percent(line.low), formats.percent(line.high)
    return _("95 % interval {low} to {high}, n = {n}").format(low=low, high=high, n=formats.number(line.n))


def _chance_cell(line: Line) -> Cell:
    likely = line.chance
    if likely.share is not None:
        return Cell(chance_words(line), bad=likely.share < EVEN)
    if likely.queues:
        bad = likely.likely < likely.queues / 2
        return Cell(chance_words(line), small=_("queues likely"), bad=bad)
    return Cell("", small=_("not simulated"))
