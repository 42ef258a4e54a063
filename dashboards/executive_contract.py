"""Executive: are we in contract?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from dashboards import filters, formats, look
from dashboards.contract_misses import misses_card
from dashboards.contract_paper import paper_buttons
from dashboards.contract_table import contract_card
from dashboards.cost_card import cost_card, curve, facts, facts_card
from dashboards.filters import Scope
from dashboards.outlook import simulated
from dashboards.planning_requirement import NO_REQUIREMENT
from dashboards.published import Published, paths_of
from dashboards.service_history import history_card
from dashboards.spent_card import spent_card
from dashboards.weeks_ahead import ahead_card, people_by_week
from dashboards.why_card import why_card
from planner.domain.quality_tables import COSTS, EXPLAINED
from planner.domain.tables import SERVICE_CHECK
from planner.language import _
from planner.scorecards.clients import clients_of, part_of
from planner.scorecards.contract_page import Asked, ContractPage, Sources, contract_page
from planner.scorecards.contract_periods import Span, full_spans


@dataclass(frozen=True)
class Chosen:
    """What the reader chose: a part of the centre, a client (None = all), and the weeks up to one."""

    scope: Scope
    client: str | None
    weeks: Sequence[Span]

    @property
    def asked(self) -> Asked:
        """The same, as the page is asked for."""
        return Asked(self.scope, self.client, self.weeks)

    @property
    def beyond(self) -> str:
        """What a card of whole sites adds where one client was chosen: its people serve all of them."""
        return "; " + _("all clients") if self.client is not None else ""


def page(plan: Published) -> None:
    """The contract last week, where it was missed and why, what the coming weeks will do and cost."""
    sources = sources_of(plan)
    with look.head("contract", _("Are we in contract?")):
        chosen = _choices(plan, sources.scorecard)
        if chosen is not None:
            paper_buttons(plan, chosen.asked)
    if chosen is None:
        look.about(plan.origin())
        look.nothing(
            _("No full week was scored"),
            _("History holds less than a week."),
            _("Import more history and plan again."),
        )
        return
    shown = contract_page(sources, plan.centre, chosen.asked)
    look.about(_line(plan, chosen, shown), plan.origin())
    look.say(shown.answer)
    contract_card(shown.by_client, span=shown.span, next_week=shown.next_week)
    columns = look.pair("below", 1, 1)
    with columns[0]:
        if len(shown.found) > 1:
            misses_card(shown.found, plan.centre, span=shown.span)
        else:
            history_card(sources.scorecard, shown.lines, chosen.scope, weeks=chosen.weeks)
    _ahead_and_cost(plan, chosen, check=sources.check, columns=columns, shown=shown)


def sources_of(plan: Published) -> Sources:
    """The tables the page is made from; those the plan does not have are empty."""
    return Sources(
        plan.table("SCORECARD"),
        simulated(plan) if plan.has("SERVICE_CHECK") else SERVICE_CHECK.empty().assign(start=pd.NaT),
        plan.table("EXPLAINED") if plan.has("EXPLAINED") else EXPLAINED.empty(),
        plan.table("COSTS") if plan.has("COSTS") else COSTS.empty(),
    )


def _choices(plan: Published, card: pd.DataFrame) -> Chosen | None:
    """Client, part of the centre and week; None where no week is full."""
    names = clients_of(plan.centre)
    client = filters.choose("client", names, every=_("All clients")) if len(names) > 1 else None
    scope = filters.scope(plan.centre, among=list(part_of(plan.centre, client).queues))
    weeks = full_spans(card, "week", last_day=plan.history_end)
    if not weeks:
        return None
    recent = [f"{week.first:%Y-%m-%d}" for week in reversed(weeks)]
    first = date.fromisoformat(filters.choose("week", recent, show=_week_words) or recent[0])
    return Chosen(scope, client, [week for week in weeks if week.first <= first])


def _week_words(text: str) -> str:
    monday = date.fromisoformat(text)
    return f"{formats.week(monday)}, {formats.long_day(monday)}"


def _line(plan: Published, chosen: Chosen, shown: ContractPage) -> str:
    span = shown.span
    parts = [
        _("Week {n}").format(n=formats.week_number(span.first)),
        formats.span(span.first, span.last),
        chosen.client or "",
        chosen.scope.words(plan.centre),
    ]
    if pd.notna(shown.contacts):
        parts.append(formats.counted(int(shown.contacts), "{n} contact", "{n} contacts"))
    return " · ".join(part for part in parts if part)


def _ahead_and_cost(
    plan: Published,
    chosen: Chosen,
    *,
    check: pd.DataFrame,
    columns: Sequence[DeltaGenerator],
    shown: ContractPage,
) -> None:
    """The coming weeks on the right; what they cost below on both sides, where people were planned."""
    left, right = columns
    scope = chosen.scope
    staffed, part = plan.has("REQUIREMENT"), part_of(plan.centre, chosen.client)
    people = people_by_week(plan, scope, part=part) if staffed else pd.DataFrame()
    if shown.cost is not None:
        with left:
            spent_card(shown.cost, plan.centre, span=shown.span)
    with right:
        if shown.why is not None:
            promise = shown.first.promise if shown.first is not None else None
            why_card(shown.why, promise, _why_about(chosen, shown))
        ahead_card(plan, scope, part=part, people=people, check=check)
    if not staffed:
        with right, look.card("facts", _("Cost and people"), fill=True):
            look.nothing(*NO_REQUIREMENT)
        return
    rows = curve(plan, scope)
    with left:
        cost_card(rows, plan.centre.currency, whose=chosen.beyond)
    with right:
        lines = facts(plan, scope, contacts=_first_contacts(plan, scope), rows=rows)
        facts_card(lines, week=plan.first_day, whose=chosen.beyond)


def _why_about(chosen: Chosen, shown: ContractPage) -> str:
    """Which promise, channel and week the waterfall is about."""
    first = shown.first
    parts = [
        first.promise.short if first is not None and first.promise is not None else "",
        formats.channel_words(first.channel) if first is not None and first.channel else "",
        _("week {n}").format(n=formats.week_number(chosen.weeks[-1].first)),
    ]
    return ", ".join(part for part in parts if part)


def _first_contacts(plan: Published, scope: Scope) -> pd.Series | None:
    """Contacts of the first planned week at the sites of the scope: p10, p50, p90."""
    weeks = paths_of(plan.folder, plan.plan_id).by_week(Scope(scope.site))
    full = weeks[weeks["days"] == 7]
    return full.iloc[0] if len(full) else None
