"""Planning: what is odd in the history, and does it teach the forecast?"""

from __future__ import annotations

import pandas as pd

from dashboards import filters, formats, look
from dashboards.filters import Scope
from dashboards.findings_card import SHAPING, days_of, findings_card, findings_table, grouped
from dashboards.forecast_languages import on_calendar
from dashboards.published import Published, history_days
from dashboards.teaching_form import teaching_cards
from planner.domain.forecast_tables import FINDINGS

QUESTION = "What is odd in the history?"
DONE = {
    "left out": "left out",
    "weighs less": "weigh less",
    "drawn in": "are drawn in towards the usual",
    "levelled": "count at today's level",
}


def page(plan: Published) -> None:
    """What was found in the history, what the forecast does with it, and the switch to decide otherwise."""
    with look.head("history", QUESTION):
        scope = filters.scope(plan.centre)
    days = on_calendar(history_days(plan.folder, plan.plan_id), scope)
    look.about(f"{scope.words(plan.centre)} · {_reach(days)}", plan.origin())
    findings = _findings(plan, scope)
    found = grouped(findings, plan.centre)
    look.say(answer(findings))
    findings_card(found, days)
    if len(found):
        findings_table(found)
    teaching_cards(plan, scope, found)


def _findings(plan: Published, scope: Scope) -> pd.DataFrame:
    return scope.of(plan.table("FINDINGS")) if plan.has("FINDINGS") else FINDINGS.empty()


def _reach(days: pd.DataFrame) -> str:
    known = days.dropna(subset=["offered"])["day"] if len(days) else pd.Series(dtype="datetime64[us]")
    if known.empty:
        return "no contacts are known before the plan"
    return f"contacts offered, {formats.span(known.min().date(), known.max().date())}, local days"


def answer(findings: pd.DataFrame) -> str:
    """How many days do not teach as they came, and what was found most."""
    if findings.empty:
        return "**Nothing odd was found.** Every known day teaches the forecast as it came."
    parts = [
        f"**{formats.number(count)}** {'are ' if way == 'left out' else ''}{DONE[way]}"
        for way in SHAPING
        if (count := days_of(findings, way))
    ]
    whose = formats.counted(len(findings[["site", "language", "channel"]].drop_duplicates()), "queue")
    if not parts:
        return f"**Every known day teaches as it came.** {whose} have something you should know; it is below."
    text = f"Of the days of {whose}, {formats.listed(parts)}."
    mine = findings[findings["decided_by"] != "the program"]
    return text + (f" {formats.counted(len(mine), 'finding')} a planner decided." if len(mine) else "")
