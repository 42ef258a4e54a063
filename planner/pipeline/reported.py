"""A published plan as reports take it: its tables, its centre, and the page of one period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from planner.config import load_plan
from planner.domain.centre import Centre
from planner.domain.problems import InputError, Problem
from planner.domain.quality_tables import CONTRACT, COSTS, EXPLAINED, QUALITY_TABLES
from planner.domain.table import Table
from planner.domain.tables import AGENTS, FORECAST_PATHS, QUEUE, REQUIREMENT, SCORECARD, SERVICE_CHECK
from planner.language import _
from planner.language.days import long_day
from planner.pipeline.from_data import with_settings
from planner.reports.one_page import OnePage
from planner.reports.pack import Pack
from planner.reports.paper import Head
from planner.scorecards.clients import card_of, clients_of, part_of, rows_of
from planner.scorecards.contract import contract_table
from planner.scorecards.contract_ahead import (
    Ahead,
    ahead,
    mean_contract_h,
    people_needed,
    told,
    weekly_contacts,
)
from planner.scorecards.contract_outlook import by_local_day
from planner.scorecards.contract_page import Asked, ContractPage, Sources, contract_page
from planner.scorecards.contract_periods import SHOWN, Length, Span, full_spans, of_spans
from planner.scorecards.scope import Scope
from planner.store import PlanInfo, Store, current, plans, read_plan

FACTS = ("DISPUTES", "SURVEYS", "INTRADAY")  # as they were given
WEEKLY = ("site", "language", "channel", "interval_start", "interval_min", "agents_rostered")


@dataclass(frozen=True)
class Reported:
    """A published plan: where it is kept, what it says of itself, and its centre."""

    store: Store
    info: PlanInfo
    centre: Centre

    def table(self, table: Table, *columns: str) -> pd.DataFrame:
        """A table of the plan, empty where it has none."""
        if not self.info.tables.get(table.name):
            return table.empty()
        return read_plan(self.store, self.info.plan_id, table.name, columns=columns or None)

    @property
    def last_day(self) -> date:
        """The last day that history reaches, by the end of its last interval."""
        start = pd.Timestamp(self.info.facts["history_to"])
        return (start + pd.Timedelta(minutes=self.centre.interval_min)).date()

    def sources(self) -> Sources:
        """What the contract's page is made from."""
        check = by_local_day(self.table(SERVICE_CHECK), self.centre)
        return Sources(self.table(SCORECARD), check, self.table(EXPLAINED), self.table(COSTS))


def reported(store: Store, info: PlanInfo) -> Reported:
    """The plan, opened; settings taken from data are those it was planned with."""
    plan = load_plan(info.yaml)
    if info.tables.get("HANDLING_FROM_DATA"):
        plan = with_settings(plan, read_plan(store, info.plan_id, "HANDLING_FROM_DATA"))
    return Reported(store, info, plan.centre)


def plan_named(store: Store, plan_id: str | None) -> Reported:
    """The plan of that id, or the current one; InputError names the last ones when it is not there."""
    info = (
        current(store) if plan_id is None else next((p for p in plans(store) if p.plan_id == plan_id), None)
    )
    if info is None:
        known = ", ".join(each.plan_id for each in plans(store)[:5]) or "none yet"
        note = f"has no plan {plan_id or ''}; the last ones: {known}".replace("  ", " ")
        raise InputError([Problem("unknown_plan", note, str(store.folder))])
    return reported(store, info)


def spans_until(plan: Reported, card: pd.DataFrame, *, length: Length, first: date | None) -> list[Span]:
    """The full weeks or months up to the one that begins on `first`, or to the last.

    InputError says which there are when that one is not.
    """
    spans = full_spans(card, length, last_day=plan.last_day)
    known = ", ".join(span.first.isoformat() for span in spans[-4:]) or "none"
    wanted = [span for span in spans if first is None or span.first <= first]
    if not wanted or (first is not None and wanted[-1].first != first):
        asked = first.isoformat() if first else "the last one"
        note = f"the {length} of {asked} was not scored in full; the last full ones begin on: {known}"
        raise InputError([Problem("unknown_period", note)])
    return wanted


def client_asked(plan: Reported, client: str | None) -> str | None:
    """The client, known to the plan; InputError names those there are."""
    known = clients_of(plan.centre)
    if client is not None and client not in known:
        note = f"“{client}” is no client of a queue; known: {', '.join(known) or 'none'}"
        raise InputError([Problem("unknown_client", note)])
    return client


def page_of(plan: Reported, asked: Asked, *, sources: Sources) -> OnePage:
    """The contract's page with the coming weeks, in the spoken language."""
    shown = contract_page(sources, plan.centre, asked)
    coming = _ahead(plan, asked, shown, check=sources.check)
    return OnePage(shown, coming, part_of(plan.centre, asked.client), subject(asked), head_of(plan))


def subject(asked: Asked) -> str:
    """The client's name, or all of them."""
    return asked.client if asked.client is not None else _("all clients")


def head_of(plan: Reported) -> Head:
    """Title and origin of the paper; it is dated as the plan is, so that it can be made again."""
    made = plan.info.made_at
    origin = _("{centre} · plan {id}, made {day}, {time} UTC").format(
        centre=plan.centre.name, id=plan.info.plan_id, day=long_day(made.date()), time=f"{made:%H:%M}"
    )
    if plan.centre.synthetic:
        origin += " · " + _("synthetic sample: every row is invented")
    return Head(_("Are we in contract?"), origin, made)


def _ahead(plan: Reported, asked: Asked, shown: ContractPage, *, check: pd.DataFrame) -> Ahead:
    part, whole, scope = part_of(plan.centre, asked.client), plan.centre, asked.scope
    agents = plan.table(AGENTS)
    needed = rows_of(plan.table(REQUIREMENT, *WEEKLY), part, whole=whole)
    weekly_h = mean_contract_h(agents, whole, scope.site)
    people = people_needed(needed, whole, scope, weekly_h=weekly_h) if len(needed) else pd.DataFrame()
    contacts = weekly_contacts(rows_of(plan.table(FORECAST_PATHS), part, whole=whole), scope)
    lines = told(shown.lines if len(shown.by_client) == 1 else [])
    mine = rows_of(check, part, whole=whole)
    weeks = ahead(contacts, people, check=mine, lines=lines, scope=scope)
    return Ahead(lines, weeks, _roster(agents, scope, whole=part is whole))


def _roster(agents: pd.DataFrame, scope: Scope, *, whole: bool) -> int | None:
    """People on the roster where whole sites are meant; None where queues or a client were picked."""
    if not whole or scope.language or scope.channel or agents.empty:
        return None
    return len(agents) if scope.site is None else int((agents["site"] == scope.site).sum())


def pack_of(plan: Reported, asked: Asked, *, sources: Sources) -> Pack:
    """The pack of one month, in the spoken language."""
    part, whole = part_of(plan.centre, asked.client), plan.centre
    card = card_of(of_spans(sources.scorecard, [asked.span]), part, whole=whole)
    explained = rows_of(sources.explained, part, whole=whole)
    return Pack(page_of(plan, asked, sources=sources), card, explained, asked.client)


def book_of(
    plan: Reported, asked: Asked, *, sources: Sources
) -> tuple[list[tuple[Table, pd.DataFrame]], dict[str, object]]:
    """The sheets of a workbook: CONTRACT, SCORECARD of the period, the tables of quality; and of what it is.

    All of the client alone. Facts as they were given are left out, and single days.
    """
    part, whole = part_of(plan.centre, asked.client), plan.centre
    shown = contract_page(sources, plan.centre, asked)
    lines = {name or asked.client or "all": each for name, each in shown.by_client.items()}
    contract = pd.concat([contract_table(each).assign(client=name) for name, each in lines.items()])
    card = card_of(of_spans(sources.scorecard, [asked.span]), part, whole=whole)
    known = [table for table in QUALITY_TABLES if plan.info.tables.get(table.name)]
    others = [(table, _of_client(plan.table(table), part, whole)) for table in known]
    about: dict[str, object] = {
        "centre": plan.centre.name,
        "plan": plan.info.plan_id,
        "client": asked.client or "all",
        "period": f"{asked.span.length} of {asked.span.first.isoformat()}",
    }
    sheets = [(CONTRACT, CONTRACT.check(contract)), (SCORECARD, card), *for_people(others)]
    return sheets, about


def for_people(tables: Sequence[tuple[Table, pd.DataFrame]]) -> list[tuple[Table, pd.DataFrame]]:
    """The tables as a workbook holds them: without facts as given, empty tables and single days.

    SCORECARD keeps the weeks of the last quarter; years of weeks fill a sheet and nobody leafs through it.
    """
    shown = [(table, frame) for table, frame in tables if table.name not in FACTS and len(frame)]
    return [
        (table, _last_quarter(frame) if table is SCORECARD else _without_days(frame))
        for table, frame in shown
    ]


def _last_quarter(card: pd.DataFrame) -> pd.DataFrame:
    """The scorecard without weeks before the last thirteen; months and the whole stay."""
    weeks = card["period"] == "week"
    latest = np.sort(card.loc[weeks, "period_start"].unique())[-SHOWN:]
    return card[~weeks | card["period_start"].isin(latest)]


def _without_days(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["period"] != "day"] if "period" in frame.columns else frame


def _of_client(frame: pd.DataFrame, part: Centre, whole: Centre) -> pd.DataFrame:
    """The rows that speak of the client; a table that tells no queue is left out where there are several."""
    if len(part.queues) == len(whole.queues):
        return frame
    by_queue = set(QUEUE) <= set(frame.columns)
    return rows_of(frame, part, whole=whole) if by_queue else frame[:0]
