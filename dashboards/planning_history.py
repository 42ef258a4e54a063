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
from planner.language import _, message

QUESTION = message("What is odd in the history?")


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
        return _("no contacts are known before the plan")
    return _("contacts offered, {days}, local days").format(
        days=formats.span(known.min().date(), known.max().date())
    )


def answer(findings: pd.DataFrame) -> str:
    """How many days do not teach as they came, and what was found most."""
    if findings.empty:
        return _("**Nothing odd was found.** Every known day teaches the forecast as it came.")
    parts = [done for way in SHAPING if (done := done_words(way, days_of(findings, way)))]
    queues = len(findings[["site", "language", "channel"]].drop_duplicates())
    if not parts:
        first = _("**Every known day teaches as it came.**")
        return f"{first} " + formats.counted(
            queues,
            "{n} queue has something you should know; it is below.",
            "{n} queues have something you should know; it is below.",
        )
    whose = formats.counted(queues, "{n} queue", "{n} queues")
    text = _("Of the days of {queues}, {parts}.").format(queues=whose, parts=formats.listed(parts))
    mine = len(findings[findings["decided_by"] != "the program"])
    hands = formats.counted(mine, "{n} finding a planner decided.", "{n} findings a planner decided.")
    return formats.sentence(text, hands if mine else "")


def done_words(way: str, days: int) -> str:
    """How many days were treated so; blank for none."""
    if not days:
        return ""
    return {
        "left out": formats.counted(days, "**{n}** is left out", "**{n}** are left out"),
        "weighs less": formats.counted(days, "**{n}** weighs less", "**{n}** weigh less"),
        "drawn in": formats.counted(
            days, "**{n}** is drawn in towards the usual", "**{n}** are drawn in towards the usual"
        ),
        "levelled": formats.counted(
            days, "**{n}** counts at today's level", "**{n}** count at today's level"
        ),
    }[way]
