"""All that the executive page and the paper show of one period, computed once from published tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from planner.domain.centre import Centre
from planner.language import _
from planner.scorecards.clients import card_of, clients_of, part_of, rows_of
from planner.scorecards.contract import Line, contract, quality_lines
from planner.scorecards.contract_costs import Cost, cost_of
from planner.scorecards.contract_misses import misses
from planner.scorecards.contract_outlook import coming_weeks, in_week
from planner.scorecards.contract_periods import SHOWN, Span, of_spans, through
from planner.scorecards.contract_why import Why, why
from planner.scorecards.contract_words import answer
from planner.scorecards.scope import Scope


@dataclass(frozen=True)
class Sources:
    """SCORECARD; SERVICE_CHECK by local day, EXPLAINED and COSTS, each possibly empty."""

    scorecard: pd.DataFrame
    check: pd.DataFrame
    explained: pd.DataFrame
    costs: pd.DataFrame


@dataclass(frozen=True)
class Asked:
    """Which part of the centre, for which client (None = all), and the periods up to the one shown."""

    scope: Scope
    client: str | None
    spans: Sequence[Span]

    @property
    def span(self) -> Span:
        """The period shown."""
        return self.spans[-1]


@dataclass(frozen=True)
class ContractPage:
    """The contract of each client, where it was missed, why, what it cost, and the answer in a sentence.

    `by_client` has one entry without a name where there is one client or none. `found` has a row a
    queue with the contract's first promise; `contacts` is NaN where unknown.
    """

    span: Span
    next_week: date | None
    contacts: float
    by_client: Mapping[str, tuple[Line, ...]]
    found: pd.DataFrame
    why: Why | None
    cost: Cost | None
    answer: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of every client."""
        return tuple(line for lines in self.by_client.values() for line in lines)

    @property
    def first(self) -> Line | None:
        """The contract's first promise."""
        return next((line for line in self.lines if line.promise is not None), None)


def contract_page(sources: Sources, centre: Centre, asked: Asked) -> ContractPage:
    """The page of one scope, client and period."""
    recent = of_spans(sources.scorecard, asked.spans[-SHOWN:])
    part = part_of(centre, asked.client)
    card, check = card_of(recent, part, whole=centre), rows_of(sources.check, part, whole=centre)
    weeks = coming_weeks(check)
    next_week = weeks[0] if weeks else None
    by_client = {
        name: _lines(recent, sources.check, centre, asked, client=client)
        for name, client in _clients(centre, asked.client)
    }
    first = next((line for lines in by_client.values() for line in lines if line.promise), None)
    narrow = Scope(asked.scope.site, asked.scope.language, first.channel if first else asked.scope.channel)
    measure = first.measure if first else "service_level"
    found = misses(card, part, narrow, measure=measure, spans=asked.spans)
    lines = [line for each in by_client.values() for line in each]
    offered = through(card, asked.scope, measure="offered", spans=[asked.span])["value"].iloc[0]
    explained = rows_of(sources.explained, part, whole=centre)
    costs = rows_of(sources.costs, part, whole=centre)
    return ContractPage(
        asked.span, next_week, float(offered), by_client, found,
        why(explained, narrow, measure=measure, span=asked.span), cost_of(costs, asked.scope, asked.span),
        answer(lines, found, span=asked.span, next_week=next_week),
    )  # fmt: skip


def _clients(centre: Centre, client: str | None) -> list[tuple[str, str | None]]:
    """Name and client of each contract: the one asked for, each of several, or the whole."""
    known = clients_of(centre)
    if client is not None or len(known) < 2:
        return [("", client if client is not None else known[0] if known else None)]
    return [(name or _("Without a client"), name) for name in known]


def _lines(
    card: pd.DataFrame, check: pd.DataFrame, centre: Centre, asked: Asked, *, client: str | None
) -> tuple[Line, ...]:
    part = part_of(centre, client)
    own, ahead = card_of(card, part, whole=centre), rows_of(check, part, whole=centre)
    weeks = coming_weeks(ahead)
    soon = in_week(ahead, weeks[0] if weeks else None)
    lines = contract(own, part, asked.scope, spans=asked.spans, ahead=soon)
    return (*lines, *quality_lines(own, part, asked.scope, spans=asked.spans, client=client))
