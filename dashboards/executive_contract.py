"""Executive: are we in contract?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
from streamlit.delta_generator import DeltaGenerator

from dashboards import filters, formats, look
from dashboards.contract_misses import misses, misses_card
from dashboards.contract_table import JUST, Kept, contract, contract_card, definitions, watched
from dashboards.cost_card import cost_card, curve, facts, facts_card
from dashboards.filters import Scope
from dashboards.languages import english_name
from dashboards.outlook import simulated
from dashboards.planning_requirement import NO_REQUIREMENT
from dashboards.published import Published, paths_of
from dashboards.scores import full_weeks, weekly
from dashboards.service_history import history_card
from dashboards.weeks_ahead import ahead_card, people_by_week
from planner.domain.tables import SERVICE_CHECK

NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def page(plan: Published) -> None:
    """The contract last week, where it was missed, what the coming weeks will do and cost."""
    card = plan.table("SCORECARD")
    with look.head("contract", "Are we in contract?"):
        scope = filters.scope(plan.centre)
        weeks = full_weeks(card, plan.history_end)
        week = _week(weeks)
    if week is None:
        look.about(plan.origin())
        look.nothing(
            "No full week was scored",
            "History holds less than a week.",
            "Import more history and plan again.",
        )
        return
    look.about(_line(plan, card, scope, week=week), plan.origin())
    check = simulated(plan) if plan.has("SERVICE_CHECK") else SERVICE_CHECK.empty().assign(start=pd.NaT)
    ahead = first_week(check)
    known = [monday for monday in weeks if monday <= week]
    lines = contract(card, plan.centre, scope, weeks=known, ahead=ahead)
    lines += watched(card, scope, weeks=known)
    measure = _first_measure(lines)
    found = misses(card, plan.centre, _of_first(lines, scope), measure=measure, week=week)
    next_week = ahead["start"].min().date() if len(ahead) else None
    look.say(answer(lines, found, week=week, next_week=next_week))
    contract_card(lines, week=week, next_week=next_week, meanings=definitions(card))
    columns = look.pair("below", 1, 1)
    with columns[0]:
        if len(found) > 1:
            misses_card(found, plan.centre, week=week)
        else:
            history_card(card, lines, scope, weeks=known)
    _ahead_and_cost(plan, scope, check=check, columns=columns)


def _week(weeks: Sequence[date]) -> date | None:
    """The week shown: the last full one, unless ?week= says another Monday."""
    recent = [f"{monday:%Y-%m-%d}" for monday in reversed(weeks)]
    if not recent:
        return None
    chosen = filters.choose("week", recent, show=_week_words)
    return date.fromisoformat(chosen or recent[0])


def _week_words(text: str) -> str:
    monday = date.fromisoformat(text)
    return f"{formats.week(monday)}, {formats.long_day(monday)}"


def _line(plan: Published, card: pd.DataFrame, scope: Scope, *, week: date) -> str:
    offered = weekly(card, scope, measure="offered", weeks=[week])["value"].iloc[0]
    contacts = f" · {formats.number(offered)} contacts" if pd.notna(offered) else ""
    span = formats.span(week, week + timedelta(days=6))
    return f"Week {formats.week(week)[1:]} · {span} · {scope.words(plan.centre)}{contacts}"


def first_week(check: pd.DataFrame) -> pd.DataFrame:
    """The simulated rows of the first planned week."""
    weeks = check[check["level"] == "week"]
    return weeks[weeks["start"] == weeks["start"].min()]


def _first_measure(lines: Sequence[Kept]) -> str:
    """The contract's first promise, whose misses are mapped."""
    return next((line.promise.measure for line in lines if line.promise), "service_level")


def _of_first(lines: Sequence[Kept], scope: Scope) -> Scope:
    """The scope narrowed to the channel of the contract's first promise."""
    channel = next((line.channel for line in lines if line.promise), scope.channel)
    return Scope(scope.site, scope.language, channel)


def _ahead_and_cost(
    plan: Published, scope: Scope, *, check: pd.DataFrame, columns: Sequence[DeltaGenerator]
) -> None:
    """The coming weeks on the right; what they cost below on both sides, where people were planned."""
    left, right = columns
    staffed = plan.has("REQUIREMENT")
    people = people_by_week(plan, scope) if staffed else pd.DataFrame()
    with right:
        coming = paths_of(plan.folder, plan.plan_id).by_week(scope)
        ahead_card(plan, scope, weeks=coming, people=people, check=check)
    if not staffed:
        with right, look.card("facts", "Cost and people", fill=True):
            look.nothing(*NO_REQUIREMENT)
        return
    rows = curve(plan, scope)
    with left:
        cost_card(rows, plan.centre.currency)
    with right:
        lines = facts(plan, scope, contacts=_first_contacts(plan, scope), rows=rows)
        facts_card(lines, week=plan.first_day)


def _first_contacts(plan: Published, scope: Scope) -> pd.Series | None:
    """Contacts of the first planned week at the sites of the scope: p10, p50, p90."""
    weeks = paths_of(plan.folder, plan.plan_id).by_week(Scope(scope.site))
    full = weeks[weeks["days"] == 7]
    return full.iloc[0] if len(full) else None


def answer(lines: Sequence[Kept], found: pd.DataFrame, *, week: date, next_week: date | None) -> str:
    """How many targets were met, the worst miss and where, and the chance of it next week.

    `found` has a row a queue with the contract's first promise: margin.
    """
    measured = [line for line in lines if line.known]
    if not measured:
        return f"Nothing with a target was measured in week {formats.week(week)[1:]}."
    met = sum(line.met for line in measured)
    text = f"**{_counted(met)} of {_counted(len(measured)).lower()} targets met.**"
    missed = [line for line in measured if not line.met]
    if missed:
        text += f" {_miss(min(missed, key=lambda line: line.margin))}"
    first = measured[0]
    return " ".join(part for part in (text, _where(first, found), _next(first, next_week)) if part)


def _counted(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _miss(line: Kept) -> str:
    words = line.promise.short if line.promise else line.name
    by = formats.number(-line.margin * 100, 2 if abs(line.margin) < JUST else 1)
    return f"{formats.channel(line.channel or '')} misses {words} by !!{by} points!!."


def _where(line: Kept, found: pd.DataFrame) -> str:
    """How many queues miss the contract's first promise, and the worst of them."""
    if line.promise is None or len(found) < 2:
        return ""
    below = found[found["margin"] < 0]
    words = f"{line.promise.short} ({formats.channel(line.channel or '').lower()})"
    if below.empty:
        return f"Every queue met {words}."
    worst = below.loc[below["margin"].idxmin()]
    least = f"{english_name(worst['language'])} by {formats.number(-worst['margin'] * 100, 1)}"
    return f"{words} is missed in {len(below)} of {formats.counted(len(found), 'queue')}, worst {least}."


def _next(line: Kept, next_week: date | None) -> str:
    if next_week is None or line.promise is None:
        return ""
    when = f"Week {formats.week(next_week)[1:]}"
    if line.chance is not None:
        share = formats.chance(line.chance)
        return f"{when} meets it with a chance of {f'!!{share}!!' if line.chance < 0.5 else share}."
    if line.queues:
        if line.likely == line.queues:
            return f"In {when.lower()}, every queue will probably meet it."
        queues = formats.counted(line.queues, "queue")
        return f"In {when.lower()}, {line.likely} of {queues} will probably meet it."
    return ""
